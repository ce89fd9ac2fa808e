"""From the IR to Python: Pydantic models, typed dicts, enumerations, async and sync clients, as libcst nodes."""
