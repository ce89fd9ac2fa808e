"""What customers think of products, and what others say to it."""
