"""Parts of specloom alone: types of one's own, one builder, one printer, another formatter."""

from __future__ import annotations

import ast
from collections.abc import Callable

import specloom
from specloom.builders.typescript import nodes as ts
from specloom.builders.typescript.types import TypeMapper
from specloom.emitters.typescript import TypeScriptEmitter, TypeScriptOptions
from specloom.ir.types import ArrayType, ScalarType
from specloom.printers.typescript import print_file, print_type
from tests.harness.emitting import SHOP


def test_a_format_becomes_a_type_of_ones_own_in_both_languages() -> None:
    api = specloom.load(SHOP)
    typescript = specloom.emit(api, "typescript", zod=True, formats={"decimal": "decimal.js:Decimal"})
    assert 'import type { Decimal } from "decimal.js";' in typescript["products/models.ts"]
    assert "price: Decimal;" in typescript["products/models.ts"]
    assert any("z.custom<Decimal>()" in text for text in typescript.values())
    python = specloom.emit(api, "python", formats={"decimal": "shop.money:Money"})
    assert "from shop.money import Money" in python["models/products.py"]
    assert "price: Money" in python["models/products.py"]


def test_a_branded_string_is_a_node() -> None:
    branded = ts.intersection_of(ts.STRING, ts.object_type(ts.prop("__brand", ts.literal("decimal"), readonly=True)))
    files = TypeScriptEmitter(formats={"decimal": branded}).emit(specloom.load(SHOP), TypeScriptOptions())
    assert 'price: string & { readonly __brand: "decimal" };' in files["products/models.ts"]


def test_a_type_mapper_alone_makes_types_and_overriding_leaves_it_as_it_was() -> None:
    types = TypeMapper({})
    changed = types.override({"decimal": ts.type_ref(ts.package("Decimal", "decimal.js"))})
    decimals = ArrayType(items=ScalarType(type="string", format="decimal"))
    assert print_type(types(decimals)) == "string[]"
    assert print_type(changed(decimals)) == "Decimal[]"
    made = print_file(ts.file("x/prices.ts", ts.export_type("Prices", changed(decimals))))
    assert made == 'import type { Decimal } from "decimal.js";\n\nexport type Prices = Decimal[];\n'


def test_black_changes_nothing_and_another_package_brings_another_formatter(outside_python: Callable[[str], str]) -> None:
    api = specloom.load(SHOP)
    assert dict(specloom.emit(api, "python", formatter="black")) == dict(specloom.emit(api, "python"))
    shown = outside_python(
        f"""
import specloom
files = specloom.emit(specloom.load({str(SHOP)!r}), "python", formatter="shouting")
print(files["models/products.py"])
"""
    )
    assert shown.startswith("# FORMATTED\n")
    ast.parse(shown)
