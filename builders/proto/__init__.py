"""From the IR to proto3: messages, enums and services as nodes, numbered by a lock so that no number ever moves."""
