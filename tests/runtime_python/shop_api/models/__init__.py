"""Models by tag."""
