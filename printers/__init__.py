"""From typed AST nodes to text, one file a language over the layout algebra of doc/."""
