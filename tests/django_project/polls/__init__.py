"""An app of single views: classes and functions."""
