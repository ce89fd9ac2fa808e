"""The tree of what was written."""

from __future__ import annotations

from specloom.terminal.tree import tree


def test_folders_come_first_and_deep_ones_are_counted() -> None:
    paths = ["index.ts", "users/client.ts", "users/_utils/a.ts", "users/_utils/deep/b.ts", "api/x.ts"]
    assert list(tree(paths)) == [
        "├── api/",
        "│   └── x.ts",
        "├── users/",
        "│   ├── _utils/  2 files",
        "│   └── client.ts",
        "└── index.ts",
    ]


def test_deeper_on_demand() -> None:
    assert list(tree(["a/b/c.ts"], depth=3)) == ["└── a/", "    └── b/", "        └── c.ts"]
    assert list(tree(["a/b/c.ts"], depth=1)) == ["└── a/  1 file"]
