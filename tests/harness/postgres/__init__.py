"""A PostgreSQL server for the tests: the machine's, or npm's where it has none, alive for as long as the tests run."""
