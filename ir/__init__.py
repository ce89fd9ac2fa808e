"""What an API is. Knows no programming language and no OpenAPI: both ends depend on this, this depends on neither."""
