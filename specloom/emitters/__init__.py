"""From the IR to ``{path: text}``, a file a language: decides files and options, builds nothing itself."""
