"""Views that drf-spectacular has something to say about, or that crash; only some tests install it."""
