"""``python -m specloom``: the command line."""

from specloom.cli import main

main()
