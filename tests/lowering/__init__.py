"""Tests of lowering: from a checked document to the IR."""
