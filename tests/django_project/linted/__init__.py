"""Models for code that the rules of validate_openapi look at; it has no routes of its own."""
