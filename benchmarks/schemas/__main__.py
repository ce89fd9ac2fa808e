"""Rows read, dumped and validated: ``python -m benchmarks.schemas [ROUNDS]``; prints seconds by case and contender as JSON."""

from __future__ import annotations

import json
import sys

from .settings import fill, set_up

if __name__ == "__main__":
    set_up()
    fill()
    from .reading import main

    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
