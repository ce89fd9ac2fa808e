"""Turns API descriptions into client code people would have written by hand."""
