"""Categories, brands and attributes: where products stand, who makes them, and what can be said of them."""
