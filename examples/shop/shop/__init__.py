"""The project: its settings, its addresses, and what all its apps share."""
