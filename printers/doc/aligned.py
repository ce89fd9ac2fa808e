"""Aligned rows: cells padded to columns, as Go's ``text/tabwriter`` does it for gofmt."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines. Widths are counted in characters, and a column is followed by one blank.

    At a column, neighbouring rows that all have a later cell share the width of the widest; a row's last cell never widens. A
    column that is empty in all of them takes no room. A row with a cell that spans lines aligns by its first line with the
    rows above, and by nothing with those below; what follows that cell is apart by one blank.
    """
    if len(rows) <= 1:
        return [" ".join([cell for cell in row if cell]) for row in rows]
    if "\n" in "".join(["".join(row) for row in rows]):
        return _with_long_rows(rows)
    if len({len(row) for row in rows}) == 1:
        return _even(rows)
    lines = [""] * len(rows)
    _column(rows, lines, 0, 0, len(rows))
    return lines


def _even(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with as many cells each, which share every column."""
    *columns, last = zip(*rows, strict=True)
    padded: list[Sequence[str]] = []
    for column in columns:
        width = max(map(len, column))
        if width:
            padded.append([cell.ljust(width + 1) for cell in column])
    return ["".join(cells) for cells in zip(*padded, last, strict=True)]


def _with_long_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    run: list[Sequence[str]] = []
    for row in rows:
        long = next((at for at, cell in enumerate(row) if "\n" in cell), None)
        if long is None:
            run.append(row)
            continue
        first, rest = row[long].split("\n", 1)
        *above, begun = aligned([*run, (*row[:long], first)])
        lines += [*above, begun + "\n" + " ".join([rest, *(cell for cell in row[long + 1 :] if cell)])]
        run.clear()
    return lines + aligned(run)


def _column(rows: Sequence[Sequence[str]], lines: list[str], column: int, start: int, stop: int) -> None:
    row = start
    while row < stop:
        if len(rows[row]) == column + 1:
            lines[row] += rows[row][column]
            row += 1
            continue
        end = row
        width = 0
        while end < stop and len(rows[end]) > column + 1:
            width = max(width, len(rows[end][column]))
            end += 1
        if width:
            for at in range(row, end):
                lines[at] += rows[at][column].ljust(width + 1)
        _column(rows, lines, column + 1, row, end)
        row = end
