"""Enumerations of the Library API."""

from .base import OpenStrEnum


class Genre(OpenStrEnum):
    FICTION = "fiction"
    """Made up"""
    NON_FICTION = "non-fiction"
    """Not made up"""
    SCI_FI = "sci_fi"
    """Made up, with rockets"""
