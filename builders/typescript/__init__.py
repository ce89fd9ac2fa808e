"""TypeScript: typed nodes, and the builders that make them of the IR."""
