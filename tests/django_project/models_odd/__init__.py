"""Models with what apps add to Django: fields with objects of their own, relations of their own, names of all kinds."""
