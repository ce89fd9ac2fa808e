"""The chapter on Django, done as it stands: a new project, its clients, a page that compiles, and a method that is called."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.harness.tools import ROOT, node
from tests.harness.typescript import bundle, compile_typescript

CHAPTER = (ROOT / "docs" / "django.md").read_text()
BOOKS = 25
SOWING = f"""
from books.models import Book
Book.objects.bulk_create(Book(title=f"Book {{n:02}}", author="Ada", price="9.50") for n in range({BOOKS}))
"""
CALL = """
import { API } from "./api";

const api = new API(process.argv[2]!);
const page = await api.shop.books.list({ page: 2 });
const made = await api.shop.books.create({ title: "Notes", author: "Ada", price: "7.00" });
console.log(JSON.stringify({ count: page.count, titles: page.results.map((book) => book.title), made: made.in_stock }));
"""


def blocks(language: str) -> list[str]:
    """The chapter's examples in a language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", CHAPTER, re.DOTALL)


def run(command: Sequence[str], folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the chapter's first part makes, with some books in it."""
    folder = tmp_path_factory.mktemp("bookshop")
    run([sys.executable, "-m", "django", "startproject", "bookshop", "."], folder)
    manage = [sys.executable, "manage.py"]
    run([*manage, "startapp", "books"], folder)
    models, views, urls, settings, *_ = blocks("python")
    (folder / "books" / "models.py").write_text(models)
    (folder / "books" / "views.py").write_text(views)
    (folder / "bookshop" / "urls.py").write_text(urls)
    with (folder / "bookshop" / "settings.py").open("a") as file:
        file.write(settings)
    (folder / "frontend").mkdir()
    run([*manage, "makemigrations", "books"], folder)
    run([*manage, "migrate"], folder)
    run([*manage, "shell", "-c", SOWING], folder)
    run([*manage, "generate_api"], folder)
    return folder


@pytest.fixture
def server(project: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "manage.py", "runserver", "--noreload", str(port)]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    process = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def test_what_the_chapter_lists_is_there(project: Path) -> None:
    for path in ("openapi/schemas/shop.yaml", "openapi/clients/typescript/index.ts", "openapi/clients/typescript/shop/hooks.ts",
                 "openapi/clients/python/shop/client.py", "openapi/archive/latest/metadata.json", "frontend/api/index.ts"):
        assert (project / path).is_file(), path
    run([sys.executable, "manage.py", "generate_api", "--check"], project)


def test_the_page_compiles(project: Path) -> None:
    frontend = project / "frontend"
    pages = {re.search(r"// (app/\S+)", text)[1]: text for text in blocks("tsx")}  # type: ignore[index]  # each says where
    assert set(pages) == {"app/page.tsx", "app/books.tsx"}
    for path, text in pages.items():
        (frontend / path).parent.mkdir(exist_ok=True)
        (frontend / path).write_text(text)
    (frontend / "api" / "page.ts").write_text("export * from '../app/page';")  # what is compiled begins at .ts files
    assert compile_typescript(frontend, ["api"], options={"jsx": "react-jsx", "target": "es2017", "lib": ["dom", "esnext"]}) == []


def test_a_method_is_called(project: Path, server: str) -> None:
    frontend = project / "frontend"
    (frontend / "call.ts").write_text(CALL)
    bundle(frontend / "call.ts", frontend / "call.mjs")
    said = json.loads(run([node(), "call.mjs", server], frontend))
    assert said == {"count": BOOKS, "titles": [f"Book {number}" for number in range(20, BOOKS)], "made": True}
