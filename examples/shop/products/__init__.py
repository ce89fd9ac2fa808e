"""What the shop sells: things, downloads and bundles, with their photos and what lies in the warehouses."""
