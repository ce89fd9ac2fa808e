"""Models that only PostgreSQL can have: every field of django.contrib.postgres, and columns that it is strict about."""
