"""From ``{path: text}`` to a folder: plan, path safety, atomic writes, the manifest of what is ours."""
