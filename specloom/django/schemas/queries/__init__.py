"""Querysets that fetch what a schema reads of its model, all of it at once and nothing else.

Related objects of which there is one are joined, others are prefetched, each with the columns that are read of them. The number
of queries depends on the schema alone (on the depth of the data too where a schema is nested in itself), never on the rows.
"""

from __future__ import annotations

from .reading import afrom_queryset as afrom_queryset
from .reading import from_queryset as from_queryset
from .reading import prefetch_for as prefetch_for
from .reading import queryset as queryset
