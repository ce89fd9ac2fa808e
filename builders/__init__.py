"""From the IR to typed AST nodes, one folder a language; what all languages share (names, parameters) lies beside them."""
