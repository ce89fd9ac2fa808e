"""Signing in and out, by session and by token, and passwords that were forgotten."""
