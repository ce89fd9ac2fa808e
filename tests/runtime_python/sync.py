"""Makes the sync text of async code: the one description both clients come from."""

from __future__ import annotations

import re

_CHANGES = (
    (r"AsyncIterator\[(\w+)\]", r"Iterator[\1]"),
    (r"AsyncGenerator\[(\w+), None\]", r"Generator[\1, None, None]"),
    (r"Awaitable\[(Response\[\w+\]|\w+)\]", r"\1"),
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\bAsync(HTTP|Paging)\b", r"Sync\1"),
    (r"\basync_http\b", "sync_http"),
    (r"httpx\.AsyncClient", "httpx.Client"),
    (r"asyncio\.sleep", "time.sleep"),
    (r"asyncio\.Lock", "threading.Lock"),
    (r"\ba(iter_bytes|close|read)\b", r"\1"),
    (r"\bwalk_async\b", "walk"),
    (r"\basync (client|code)\b", r"sync \1"),
    (r"import asyncio\n", "import threading\nimport time\n"),
    (r"import AsyncGenerator, Awaitable, Callable", "import Callable, Generator"),
    (r"import AsyncGenerator, AsyncIterator, Sequence", "import Generator, Iterator, Sequence"),
    (r"class ProductsClient", "class SyncProductsClient"),
)


def sync_text(text: str) -> str:
    for pattern, replacement in _CHANGES:
        text = re.sub(pattern, replacement, text)
    return text
