"""The commands of ``manage.py``: arguments here, what they do in ``specloom.django.commands``."""
