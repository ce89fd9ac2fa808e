"""A shop with every kind of relation, for the tests of schemas of models."""
