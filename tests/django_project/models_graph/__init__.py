"""Models that hang together in every way there is, for counting the queries that reading them takes."""
