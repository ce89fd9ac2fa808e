"""How customers pay, and what the payment gateway tells."""
