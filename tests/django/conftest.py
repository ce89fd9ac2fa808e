"""What every test of specloom.django has."""
