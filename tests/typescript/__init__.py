"""Tests of the TypeScript builders and printer."""
