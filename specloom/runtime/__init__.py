"""Support files copied byte for byte into generated clients: real source, linted and tested in its own language."""
