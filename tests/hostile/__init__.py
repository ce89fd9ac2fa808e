"""Hostile strings in every slot of a document: the output keeps the shape it has for harmless ones."""
