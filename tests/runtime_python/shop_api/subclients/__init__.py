"""Operations by tag."""
