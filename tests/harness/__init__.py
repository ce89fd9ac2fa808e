"""What several test folders share: the outside compilers and formatters, the real documents, the lock files."""
