"""From the cart to delivery."""
