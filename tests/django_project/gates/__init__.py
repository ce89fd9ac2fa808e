"""Views of every kind that a zone's policies have to reach, and what policies are made of; only some tests install it."""
