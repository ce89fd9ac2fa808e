"""What the bookkeeping's program needs of the shop: it is copied there, and needs neither Django nor the shop's models."""
