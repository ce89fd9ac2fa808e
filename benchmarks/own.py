"""One run of specloom in a process of its own: ``python -m benchmarks.own SPEC LANGUAGE... OUT``; prints phases as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(spec: str, languages: list[str], out: str) -> dict[str, float]:
    """Generates with every option on; seconds by phase. ``start`` is importing specloom, ``all`` the whole of it."""
    began = time.perf_counter()
    import specloom
    from specloom.emitters.registry import find_emitter

    options = {
        "typescript": {"zod": True, "fetchers": True, "hooks": True, "package_files": True},
        "python": {"package_files": True},
        "go": {},
        "proto": {},
        "proto alone": {"compile": False},
    }
    targets = [
        specloom.Target(emitter, Path(out) / emitter, find_emitter(emitter).options_type.model_validate(options[name]))
        for name in languages
        for emitter in [name.partition(" ")[0]]
    ]
    seconds = {"start": time.perf_counter() - began}
    result = specloom.generate(spec, targets=targets)
    for part in (result.seconds, *(target.seconds for target in result.targets)):
        for phase, value in part.items():
            seconds[phase] = seconds.get(phase, 0) + value
    return {**seconds, "all": time.perf_counter() - began}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2:-1], sys.argv[-1])))
