"""Times what reading begins with, from file to plain data: ``python -m benchmarks.loading SPEC``; prints seconds."""

from __future__ import annotations

import sys
import time

from specloom.reading.files import open_source
from specloom.reading.limits import Limits
from specloom.reading.loading import decode, parse


def main(spec: str) -> float:
    """Opens, decodes and parses a document; the rest of the phase ``read`` is the check with its repairs."""
    limits = Limits()
    began = time.perf_counter()
    opened = open_source(spec, (), limits)
    text = opened.data if isinstance(opened.data, str) else decode(opened.data, opened.file)
    parse(text, opened.file, limits)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(main(sys.argv[1]))
