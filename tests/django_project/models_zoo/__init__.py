"""A zoo of models: every field class of Django, every kind of relation, and the odd ones."""
