"""The one who is signed in."""
