"""What the printer makes of nodes: imports, escapes, parentheses, comments."""

from __future__ import annotations

import pytest

from specloom.builders.typescript import nodes as ts
from specloom.printers.typescript import print_expression, print_file, print_type
from specloom.printers.width import columns

PRODUCT = ts.symbol("Product", "products/models")
HTTP = ts.symbol("HttpClient", "http")
PATH = ts.symbol("path", "http")
Z = ts.package("z", "zod")


def test_mentioning_a_symbol_imports_it() -> None:
    text = print_file(
        ts.file(
            "shop/client.ts",
            ts.export_const("a", ts.call(ts.ref(PATH)), type=ts.type_ref(HTTP)),
            ts.export_const("b", ts.ref(Z), type=ts.type_ref(PRODUCT)),
        )
    )
    assert text.startswith(
        'import { z } from "zod";\n\n'
        'import { path, type HttpClient } from "../http";\n'
        'import type { Product } from "../products/models";\n\n'
    )


def test_a_symbol_of_the_same_file_is_not_imported() -> None:
    assert print_file(ts.file("products/models.ts", ts.export_type("A", ts.type_ref(PRODUCT)))) == "export type A = Product;\n"


def test_an_imported_name_that_is_declared_here_gets_another() -> None:
    text = print_file(ts.file("a.ts", ts.export_type("Product", ts.array_of(ts.type_ref(PRODUCT)))))
    assert text == (
        'import type { Product as ProductsProduct } from "./products/models";\n\n'
        "export type Product = ProductsProduct[];\n"
    )


@pytest.mark.parametrize("ending", ["", ".js", ".ts"])
def test_import_endings(ending: str) -> None:
    text = print_file(ts.file("a/b/c.ts", ts.export_type("A", ts.type_ref(PRODUCT))), import_ending=ending)
    assert f'from "../../products/models{ending}";' in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('say "hi"', "'say \"hi\"'"),
        ("it's", '"it\'s"'),
        ("a\nb\u2028", '"a\\nb\\u2028"'),
        ("\0", '"\\x00"'),
        ("back\\slash", '"back\\\\slash"'),
        ("\ud800", '"\\ud800"'),
        ("\u202e", '"\\u202e"'),
        ("🙂", '"🙂"'),
    ],
)
def test_strings(value: str, text: str) -> None:
    assert print_expression(ts.string(value)) == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("a/b", "/a\\/b/"), ("[/]", "/[/]/"), ("", "/(?:)/"), ("\n", "/\\n/"), ("\\\n", "/\\n/"), ("\\/", "/\\//")],
)
def test_regular_expressions(pattern: str, text: str) -> None:
    assert print_expression(ts.regex(pattern)) == text


def test_templates_keep_what_they_are_given() -> None:
    made = ts.template("`${x}\\", ts.name("id"), "\n", tag=ts.name("path"))
    assert print_expression(made) == "path`\\`\\${x}\\\\${id}\\n`"


def test_property_names_are_quoted_where_they_must_be() -> None:
    made = ts.obj(*((key, ts.NULL) for key in ("a", "a-b", "1", "", "class", "ключ", "__proto__")))
    assert print_expression(made) == (
        '{\n  a: null,\n  "a-b": null,\n  "1": null,\n  "": null,\n  class: null,\n  ключ: null,\n  ["__proto__"]: null,\n}'
    )
    assert print_type(ts.object_type(ts.prop(404, ts.STRING), ts.prop("__proto__", ts.STRING))) == (
        "{ 404: string; __proto__: string }"
    )


@pytest.mark.parametrize(
    ("type", "text"),
    [
        (ts.array_of(ts.union_of(ts.STRING, ts.NULL_TYPE)), "(string | null)[]"),
        (ts.array_of(ts.keyof(ts.type_name("T"))), "(keyof T)[]"),
        (ts.union_of(ts.function_type([], ts.VOID), ts.STRING), "(() => void) | string"),
        (ts.array_of(ts.typeof("x")), "(typeof x)[]"),
        (ts.keyof(ts.union_of(ts.STRING, ts.NUMBER)), "keyof (string | number)"),
        (ts.indexed(ts.typeof("x"), ts.keyof(ts.typeof("x"))), "(typeof x)[keyof typeof x]"),
        (ts.tuple_of(ts.TupleElement(ts.union_of(ts.STRING, ts.NUMBER), optional=True)), "[(string | number)?]"),
    ],
)
def test_parentheses_of_types(type: ts.Type, text: str) -> None:
    assert print_type(type) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (ts.binary(ts.binary(ts.name("a"), "??", ts.name("b")), "||", ts.name("c")), "(a ?? b) || c"),
        (ts.member(ts.await_(ts.name("a")), "b"), "(await a).b"),
        (ts.call(ts.arrow([], ts.NULL)), "(() => null)()"),
        (ts.arrow([], ts.obj(("a", ts.NULL))), "() => ({ a: null })"),
        (ts.arrow([], ts.as_const(ts.obj(("a", ts.NULL)))), "() => ({ a: null }) as const"),
        (ts.unary("-", ts.number(-1)), "-(-1)"),
        (ts.binary(ts.name("a"), "-", ts.binary(ts.name("b"), "-", ts.name("c"))), "a - (b - c)"),
        (ts.member(ts.name("a"), "b", "c-d", optional=True), 'a?.b?.["c-d"]'),
    ],
)
def test_parentheses_of_expressions(value: ts.Expression, text: str) -> None:
    assert print_expression(value) == text


def test_nothing_in_a_comment_ends_it_or_is_a_tag() -> None:
    comment = ts.doc("Ends */ here. @see {@link x}\n@deprecated\r\nbell\x07", tags=[ts.tag("throws", ts.Link("APIError"))])
    text = print_file(ts.file("a.ts", ts.export_type("A", ts.STRING, doc=comment)))
    assert text == (
        "/**\n * Ends *\\/ here. \\@see {\\@link x}\n * \\@deprecated\n * bell\n *\n"
        " * @throws {@link APIError}\n */\nexport type A = string;\n"
    )


def test_a_comment_stands_on_one_line_where_it_fits() -> None:
    short, long = "x" * 73, "x" * 74
    assert f"/** {short} */\n" in print_file(ts.file("a.ts", ts.export_type("A", ts.STRING, doc=ts.doc(short))))
    assert f"/**\n * {long}\n */\n" in print_file(ts.file("a.ts", ts.export_type("A", ts.STRING, doc=ts.doc(long))))
    inside = ts.interface("A", [ts.prop("a", ts.STRING, doc=ts.doc("x" * 71)), ts.prop("b", ts.STRING, doc=ts.doc("x" * 72))])
    text = print_file(ts.file("a.ts", inside))
    assert f"  /** {'x' * 71} */\n" in text
    assert f"  /**\n   * {'x' * 72}\n   */\n" in text


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("日本", 4), ("é", 1), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("©", 1), ("1️⃣", 2)])
def test_width(text: str, width: int) -> None:
    assert columns(text) == width
