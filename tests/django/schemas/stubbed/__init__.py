"""A module of schemas, and one that uses them: what type checkers look at."""
