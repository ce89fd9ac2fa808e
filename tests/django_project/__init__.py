"""A small Django project in which the tests of specloom.django run."""
