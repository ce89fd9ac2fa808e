"""Schemas as source accept and refuse what the running ones do, and are written as other generated files are."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

import specloom
from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from specloom.django.schemas.generating import schema_of_model, schemas_context, schemas_document, schemas_named, schemas_source
from specloom.django.schemas.generating.validators import left_behind
from specloom.ir.diagnostics import Severity, SpecloomError
from tests.django_project.models_shop.models import Category, Customer, Order, Product, Tag

LABELS = [
    "models_zoo.Texts", "models_zoo.Numbers", "models_zoo.Times", "models_zoo.Others", "models_zoo.Chosen", "models_zoo.Cage",
    "models_zoo.Keeper", "models_zoo.Note", "models_zoo.Animal", "models_zoo.Chip", "models_shop.Country",
    "models_shop.Customer", "models_shop.Regular", "models_shop.Profile", "models_shop.Category", "models_shop.Product",
    "models_shop.Order", "models_shop.Line", "auth.User",
]  # fmt: skip

DIFFERENCES: dict[tuple[str, str], tuple[str, object]] = {
    ("Texts", "email"): ("EmailValidator", "no address"),
    ("Texts", "url"): ("URLValidator", "no address"),
    ("Texts", "short"): ("no_dragons", "dragon"),
    ("Texts", "no_digits"): ("RegexValidator", "1"),  # an inverse match, which JSON Schema's pattern is not
    ("Numbers", "called"): ("MinValueValidator", 4),  # a limit that is known only when it is asked for
    ("Times", "not_before"): ("MinValueValidator(2020-01-01)", "2019-12-31"),  # JSON Schema bounds numbers, not dates
    ("Others", "file"): ("FileName", "x" * 101),  # of an address the storage knows which part is the name
    ("Others", "image"): ("FileName", "x" * 101),
    ("Customer", "photo"): ("FileName", "x" * 101),
    ("Regular", "photo"): ("FileName", "x" * 101),
    ("Chosen", "rate"): ("its choices", "1.6"),  # decimals: any number of zeros, in a number or a text
    ("User", "email"): ("EmailValidator", "no address"),
}
"""Fields whose validators no document can say, with the validator that stays behind and a value that shows it.

Besides, a key of a related object is also read from an object in its place (``{"pk": 1}``) where the model is known; and a
pattern that ends in ``$`` lets a newline at the end through in Python, and only there.
"""

VALUES: list[object] = [
    None, True, False, 0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 21, 25, -1, 32767, 32768, -32768, -32769, 2147483647, 2147483648,
    2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**30, 0.0, 0.5, 1.0, 1.5, 2.5, 0.01, 0.001, -1.25, 99999.999, 1e300,
    "", "a", "abc", "A", "ABC", "A\n", "é", "１２", "a b", "a-b", "owl", "meat", "s", "gold", "dragon", "true", "1", "-1", " 1 ",
    "1.5", "2.50", "123456.78", "1234567.1", "0.001", "1e3", "NaN", "1_000", "1,2", "1,2\n", "a@b.de", "http://x.de", "/etc",
    "2020-01-01", "2019-12-31", "2020-13-01", "2020-01-01T00:00:00Z", "2020-01-01 12:00", "12:00", "25:00", "P1D", "1 00:00:00",
    "12345678-1234-5678-1234-567812345678", "12345678123456781234567812345678", "127.0.0.1", "256.0.0.1", "::1",
    "::ffff:1.2.3.4", "AAAA", "AAA", "AA==", "AA AA", "A" * 136, "A" * 140, *("x" * n for n in (2, 3, 5, 10, 11, 20, 21, 30, 31)),
    *("x" * n for n in (12, 13, 40, 41, 50, 51, 200, 201, 254, 255)), [], [1], ["a"], [None], [2**63], [[]], {}, {"a": None},
]  # fmt: skip
JSON = st.sampled_from(VALUES) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
    max_leaves=4,
)


def run_source(text: str) -> ModuleType:
    module = ModuleType("generated_schemas")
    sys.modules[module.__name__] = module
    exec(compile(text, "schemas.py", "exec"), module.__dict__)
    return module


def generated(*schemas: type[BaseModel]) -> ModuleType:
    text, _ = schemas_source(schemas, schemas_context(schemas))
    return run_source(text)


def refused(schema: type[BaseModel], data: object) -> set[tuple[int | str, ...]]:
    """The fields that a schema refuses; what of a list or a nested object it is about is in it, not what of a union."""
    try:
        schema.model_validate(data)
    except ValidationError as error:
        return {each["loc"][:1] for each in error.errors()}
    return set()


class Pair:
    """A running schema of a model and the generated one."""

    def __init__(self, label: str) -> None:
        self.running = schema_of_model(apps.get_model(label))
        self.generated: type[BaseModel] = getattr(generated(self.running), self.running.__name__)
        self.name = apps.get_model(label).__name__
        self.fields = list(self.running.model_fields)

    def differing(self, data: dict[str, object]) -> set[str]:
        """Fields that one of them refuses alone."""
        return {str(loc[0]) for loc in refused(self.running, data) ^ refused(self.generated, data)}


@pytest.fixture(scope="module")
def pairs() -> dict[str, Pair]:
    return {label: Pair(label) for label in LABELS}


@pytest.mark.parametrize("label", LABELS)
def test_each_value_for_each_field_is_accepted_by_both_or_by_none(label: str, pairs: dict[str, Pair]) -> None:
    pair = pairs[label]
    known = {field for model, field in DIFFERENCES if model == pair.name}
    for value in VALUES:
        assert pair.differing(dict.fromkeys(pair.fields, value)) - known == set(), value
    assert pair.differing({}) == set()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_both_accept_and_refuse_the_same(data: st.DataObject, pairs: dict[str, Pair]) -> None:
    pair = pairs[data.draw(st.sampled_from(LABELS))]
    value = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(pair.fields, JSON)))
    known = {field for model, field in DIFFERENCES if model == pair.name}
    assert pair.differing(value) - known == set()
    assert refused(pair.generated, value) <= refused(pair.running, value), "what is generated is never the stricter one"


@pytest.mark.parametrize(("model", "field"), DIFFERENCES)
def test_what_differs_does_and_is_told(model: str, field: str, pairs: dict[str, Pair]) -> None:
    pair = next(pair for pair in pairs.values() if pair.name == model)
    validator, value = DIFFERENCES[model, field]
    assert pair.differing({field: value}) == {field}
    told = [found.message for found in left_behind([pair.running])]
    assert f"{model}Schema.{field} is not checked by {validator} in what is generated" in told


def test_nothing_else_is_told(pairs: dict[str, Pair]) -> None:
    found = list(left_behind([pair.running for pair in pairs.values()]))
    told = {each.message.partition(" ")[0] for each in found if each.code == "validator-not-carried"}
    assert told - {"OthersSchema.ip", "OthersSchema.ip6"} == {f"{model}Schema.{field}" for model, field in DIFFERENCES}
    keys = {each.message.partition(":")[0] for each in found if each.code == "key-not-read-from-object"}
    assert {"OrderSchema", "LineSchema", "UserSchema"} <= keys
    assert not keys & {"TextsSchema", "NumbersSchema"}
    assert {each.severity for each in found} == {Severity.INFO}


class TagSchema(BaseSchema[Tag]):
    """What a product is sorted by."""

    config = SchemaConfig(model=Tag, fields=["id", "name"])


class TreeSchema(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"name": Infer, "parent": Self, "children": [Self]})


class ProductSchema(BaseSchema[Product]):
    """What is sold."""

    model_config = ConfigDict(extra="forbid")
    config = SchemaConfig(
        model=Product,
        fields={
            "name": InferExcept(title="Called", max_length=60, alias="called"),
            "config": Infer,
            "json": Infer,
            "tags": [TagSchema],
            "category": {"name": Infer, "parent": {"name": Infer, "id": Infer}},
        },
    )


class CustomerSchema(BaseSchema[Customer]):
    config = SchemaConfig(model=Customer, fields={"name": Infer, "level": Infer, "orders": ["OrderSchema"]})


class OrderSchema(BaseSchema[Order]):
    config = SchemaConfig(model=Order, fields={"note": Infer, "customer": CustomerSchema})

    @field_validator("note")
    @classmethod
    def polite(cls, value: str | None) -> str | None:
        if value == "rude":
            raise ValueError("no")
        return value


NESTED: list[tuple[type[BaseModel], object]] = [
    (TreeSchema, {"name": "a", "parent": {"name": "b"}, "children": [{"name": "c", "children": []}]}),
    (TreeSchema, {"name": "a", "parent": {"name": ""}, "children": [{"name": "c", "children": [{}]}]}),
    (ProductSchema, {"called": "n", "tags": [{"name": "t"}], "category": {"name": "c", "parent": {"name": "p"}}}),
    (ProductSchema, {"called": "n" * 61, "tags": [{}], "category": {"name": "c", "parent": {}}, "price": 1}),
    (ProductSchema, {"name": "n", "json": None, "category": {"name": "c"}}),
    (CustomerSchema, {"name": "n", "level": "gold", "orders": [{"customer": {"name": "n"}}]}),
    (CustomerSchema, {"name": "n", "level": "silver", "orders": [{"customer": {"name": ""}}]}),
]


@pytest.mark.parametrize(("schema", "value"), NESTED)
def test_nested_and_circular_schemas(schema: type[BaseModel], value: object) -> None:
    made: type[BaseModel] = getattr(generated(schema), schema.__name__)

    def locations(of: type[BaseModel]) -> set[tuple[int | str, ...]]:
        try:
            of.model_validate(value)
        except ValidationError as error:  # what of the union of all JSON values refuses null is no place
            return {each["loc"][:1] if each["loc"][0] == "json" else each["loc"] for each in error.errors()}
        return set()

    assert locations(made) == locations(schema)
    if not locations(schema):
        plain = schema.model_validate(value).model_dump(mode="json", by_alias=True)
        assert made.model_validate(value).model_dump(mode="json", by_alias=True) == plain


def test_validators_of_the_class_are_told() -> None:
    assert any("polite" in found.message for found in left_behind([OrderSchema]))


def test_words_titles_and_enumerations_are_carried() -> None:
    module = generated(ProductSchema, schema_of_model(Customer))
    made, customer = module.ProductSchema, module.CustomerSchema
    assert made.__doc__ == "What is sold."
    assert made.model_fields["name"].title == "Called"
    assert made.model_config["extra"] == "forbid"
    assert customer.model_fields["name"].title == "full name"
    assert customer.model_fields["name"].description == "As on the card."
    assert customer(name="n", photo="p").level is module.Level.PLAIN
    assert [(member.name, member.value) for member in module.Level] == [("GOLD", "gold"), ("PLAIN", "plain")]


def test_defaults_are_carried() -> None:
    schemas = [schema_of_model(apps.get_model("models_zoo.Defaults"))]
    text, _ = schemas_source(schemas, schemas_context(schemas))
    made = run_source(text).DefaultsSchema()
    assert (made.plain, made.decimal, made.listed, made.nullable) == ("lion", Decimal("1.50"), [], 3)
    assert made.blob == b"\xff\x00"
    assert made.called is None, "what the project's own function gives is not known elsewhere"
    with pytest.raises(ValidationError, match="called"):
        type(made)(called=None)
    assert "own default gives" in text


@pytest.mark.parametrize("label", LABELS)
def test_the_generated_schema_has_the_same_representation(label: str, pairs: dict[str, Pair]) -> None:
    pair = pairs[label]

    def types(schema: type[BaseModel]) -> dict[str, Any]:
        (found,) = [each for each in schemas_context([schema]).schemas.values() if each.name == pair.running.__name__]
        assert found.kind == "object"
        return {prop.name: (prop.required, prop.title, prop.description) for prop in found.properties}

    assert types(pair.generated) == types(pair.running)


def test_the_document_is_one() -> None:
    document = schemas_document([schema_of_model(apps.get_model(label)) for label in LABELS])
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert list(document["components"]["schemas"]) == sorted(document["components"]["schemas"])


def test_the_names_of_two_schemas_of_one_name_differ() -> None:
    class Elsewhere(BaseSchema[Tag]):
        config = SchemaConfig(model=Tag, fields=["name"], name="TagSchema")

    Elsewhere.__module__ = "elsewhere.schemas"
    api = schemas_context([TagSchema, Elsewhere])
    assert len(api.schemas) == 2


@pytest.mark.parametrize("language", ["typescript", "go", "proto"])
def test_other_languages_are_what_their_emitters_make(language: str, tmp_path: Path) -> None:
    options = {"compile": False} if language == "proto" else {}
    said = run("models_shop.Order", "models_shop.Product", f"--{language}", tmp_path / "out", "--verbose")
    if language in ("typescript", "go"):
        options["client"] = False
    made = specloom.emit(schemas_context(schemas_named(["models_shop.Order", "models_shop.Product"])), language, **options)
    assert "created" in said
    assert {path: (tmp_path / "out" / path).read_text() for path in made} == dict(made)


def run(*arguments: object) -> str:
    out, error = StringIO(), StringIO()
    call_command("generate_schemas", *map(str, arguments), stdout=out, stderr=error)
    return out.getvalue() + error.getvalue()


def failing(*arguments: object) -> tuple[int, str]:
    out, error = StringIO(), StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("generate_schemas", *map(str, arguments), stdout=out, stderr=error)
    return caught.value.returncode, out.getvalue() + error.getvalue()


def test_the_module_is_written_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "schemas.py"
    assert "1 created" in run("models_shop.Order", f"{__name__}.ProductSchema", "--output", path)
    module = run_source(path.read_text())
    assert issubclass(module.OrderSchema, BaseModel)
    assert issubclass(module.ProductSchema, BaseModel)
    run("models_shop.Order", f"{__name__}.ProductSchema", "--output", path, "--check")
    assert failing("models_shop.Order", "--output", path, "--check")[0] == 1
    run("models_shop.Tag", "--output", tmp_path / "tags.py")
    assert path.exists(), "the module of another run stays"
    path.write_text(path.read_text() + "# mine\n")
    code, said = failing("models_shop.Order", "--output", path)
    assert (code, "schemas.py" in said) == (2, True)
    run("models_shop.Order", "--output", path, "--force")
    assert "# mine" not in path.read_text()


def test_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "go").mkdir()
    (tmp_path / "go" / "models.go").write_text("package mine\n")
    failing("models_shop.Order", "--output", tmp_path / "schemas.py", "--go", tmp_path / "go")
    assert not (tmp_path / "schemas.py").exists()


def test_a_stub_has_every_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(__file__).read_text()
    start, end = source.index("class TagSchema"), source.index("NESTED: list")
    head = """
from __future__ import annotations
from typing import Self
from pydantic import ConfigDict, field_validator
from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from tests.django_project.models_shop.models import Category, Customer, Order, Product, Tag
"""
    (tmp_path / "stubbed_schemas.py").write_text(head + source[start:end])
    monkeypatch.syspath_prepend(tmp_path)
    run("stubbed_schemas", "--stubs")
    run("stubbed_schemas", "--stubs", "--check")
    tree = ast.parse((tmp_path / "stubbed_schemas.pyi").read_text())
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    for schema in schemas_named(["stubbed_schemas"]):
        fields = {
            each.target.id: (ast.unparse(each.annotation), not (each.value and "..." in ast.unparse(each.value)))
            for each in classes[schema.__name__].body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        }
        own = {name for name in fields if name != "config" or name in schema.model_fields}
        assert own == set(schema.model_fields)
        assert {name for name in own if fields[name][1]} == {n for n, info in schema.model_fields.items() if info.is_required()}
        assert not any("Any" in fields[name][0] for name in own)
    assert list(classes) == [
        "TagSchema", "TreeSchema", "ProductSchemaCategoryParent", "ProductSchemaCategory", "ProductSchema", "CustomerSchema",
        "OrderSchema",
    ]  # fmt: skip
    assert "polite" in ast.unparse(classes["OrderSchema"])


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert "created" in run("models_shop.Order", "--output", tmp_path / "out" / "schemas.py", "--dry-run")
    assert list(tmp_path.iterdir()) == []


def test_an_app_is_all_its_models_and_a_model_may_be_written_small(tmp_path: Path) -> None:
    names = [schema.__name__ for schema in schemas_named(["models_shop", "models_shop.order", "models_shop.Order"])]
    assert names == [f"{model.__name__}Schema" for model in apps.get_app_config("models_shop").get_models()]
    run("models_shop", "--output", tmp_path / "schemas.py")
    assert all(f"class {name}(" in (tmp_path / "schemas.py").read_text() for name in names)


def test_models_of_one_name_are_told_apart_by_their_apps() -> None:
    names = [schema.__name__ for schema in schemas_named(["auth.Group", "models_graph.Group", "auth.User"])]
    assert names == ["AuthGroupSchema", "ModelsGraphGroupSchema", "UserSchema"]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    names = ("models_shop.Ordr", "models_shp", "models_shop.Order", "nowhere.schemas.X")
    code, said = failing(*names, "--output", tmp_path / "s.py")
    assert code == 2
    assert "models_zoo.Texts" not in said, "a project may have hundreds of models"
    for word in ("did you mean 'Order'?", "did you mean 'models_shop'?", "nowhere.schemas.X", "3 errors"):
        assert word in said
    assert list(tmp_path.iterdir()) == []


def test_what_is_answered_has_every_field(tmp_path: Path) -> None:
    for mode in ("validation", "serialization"):
        run("models_shop.Order", "--typescript", tmp_path / mode, "--mode", mode)
    text = {mode: (tmp_path / mode / "common" / "models.ts").read_text() for mode in ("validation", "serialization")}
    assert "?:" in text["validation"]
    assert "?:" not in text["serialization"]
    assert not list(tmp_path.rglob("client.ts"))


def test_ordered_models_have_no_order_that_nobody_named() -> None:
    assert "_order" not in schema_of_model(apps.get_model("models_zoo.Ordered")).model_fields


def test_a_module_of_schemas_is_all_its_schemas() -> None:
    names = [schema.__name__ for schema in schemas_named([__name__])]
    assert names == ["TagSchema", "TreeSchema", "ProductSchema", "CustomerSchema", "OrderSchema"]


@pytest.mark.parametrize(("arguments", "word"), [
    (lambda path: ["models_shop.Ordr", "--output", path / "s.py"], "did you mean 'Order'?"),
    (lambda path: ["nowhere.Order", "--output", path / "s.py"], "neither a model nor an app nor a schema"),
    (lambda path: [f"{__name__}.TagShema", "--output", path / "s.py"], "did you mean 'TagSchema'?"),
    (lambda path: ["models_shop.models", "--output", path / "s.py"], "models_shop"),
    (lambda path: ["models_shop.Order", "--stubs"], "stubs are of modules"),
    (lambda path: ["models_shop.Order"], "nothing says where to write"),
    (lambda path: ["models_shop.Order", "--output", path], "is no Python file"),
    (lambda path: ["models_shop.Order", "--output", path / "s.py", "--go", path], "two outputs have the same folder"),
    (lambda path: ["models_shop.Order", "--go", path / "go", "--zod"], "zod"),
])  # fmt: skip
def test_bad_input_is_told_in_words(arguments: Callable[[Path], list[object]], word: str, tmp_path: Path) -> None:
    code, said = failing(*arguments(tmp_path))
    assert (code, word in said) == (2, True), said
    assert list(tmp_path.iterdir()) == []


def test_a_type_that_json_has_no_word_for_is_told() -> None:
    class Fine(BaseSchema[Tag]):
        config = SchemaConfig(model=Tag, fields=["name"])

    class Calling(BaseSchema[Tag]):
        config = SchemaConfig(model=Tag, fields={"name": InferExcept(annotation=Callable[[], int])})

    with pytest.raises(SpecloomError, match=r"Calling: .*CallableSchema"):
        schemas_document([Fine, Calling])
