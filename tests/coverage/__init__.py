"""The coverage list: each row a small document, what becomes of it in each language shown in docs/coverage.md."""
