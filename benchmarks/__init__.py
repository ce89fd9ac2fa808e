"""Times specloom and its peers on large real documents: ``make bench``. Never part of the tests."""
