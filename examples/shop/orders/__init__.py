"""Orders, from checkout to delivery."""
