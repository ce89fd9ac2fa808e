"""Go: the printer writes gofmt's bytes, nodes and values keep their shape."""
