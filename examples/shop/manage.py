#!/usr/bin/env python
"""Runs the project's commands: ``python manage.py seed``, ``runserver``, ``spectacular``, ``generate_api``."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    execute_from_command_line(sys.argv)
