"""Models, by tag."""
