"""Operations, by tag."""
