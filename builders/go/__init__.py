"""From the IR to Go: structs, enums, unions and a client over the standard library, as typed AST nodes."""
