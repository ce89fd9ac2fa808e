"""What is written of schemas of models, done as it stands: modules, what a shell shows, commands, frameworks, and the tables."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

import pytest
from django.contrib.contenttypes import fields as contenttypes
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres import fields as postgres
from django.db import models
from django.db.models.fields import proxy
from pydantic import TypeAdapter, ValidationError

from specloom.django import schemas
from specloom.django.schemas import shape_of
from specloom.django.schemas.fields import MISSING
from tests.harness.tools import ROOT

TEXTS = {
    "README.md": (ROOT / "README.md").read_text().partition("\n## Schemas of Django models\n")[2].partition("\n## ")[0],
    "docs/schemas.md": (ROOT / "docs" / "schemas.md").read_text(),
}
SETTINGS = """
INSTALLED_APPS += ["rest_framework", "drf_spectacular", "specloom.django", "store"]
ROOT_URLCONF = "store.urls"
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
ALLOWED_HOSTS = ["*"]
"""
URLS = """
urlpatterns = []
"""
SHELL = """
import doctest
import sys

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext

names = {"connection": connection, "CaptureQueriesContext": CaptureQueriesContext}
exec("from store.models import *; from store.schemas import *", names)
test = doctest.DocTestParser().get_doctest(sys.stdin.read(), names, "shell", None, 0)
runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS | doctest.REPORT_NDIFF)
runner.run(test)
print(f"tried {runner.summarize(verbose=False).attempted}")
sys.exit(runner.failures > 0)
"""

CLIENT = """
import sys
import schemas
print(schemas.UserSchema(name="Anna", initial="A").model_dump_json())
assert not {"django", "specloom"} & set(sys.modules)
"""


def blocks(text: str) -> list[tuple[str, str]]:
    """The examples of a text with their languages, in order."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def files(text: str) -> dict[str, str]:
    """The modules that the examples in Python are: each says in its first line where it belongs."""
    found: dict[str, str] = {}
    for language, code in blocks(text):
        if language == "python":
            path = re.match(r"# (\S+\.py)\n", code)
            assert path is not None, f"an example does not say which file it is: {code}"
            assert path[1] not in found
            found[path[1]] = code
    return found


class Project:
    """A Django project with the modules of one text."""

    def __init__(self, folder: Path, text: str) -> None:
        self.folder = folder
        self.text = text
        self.run([sys.executable, "-m", "django", "startproject", "site_", "."])
        for path, code in {"store/__init__.py": "", "store/urls.py": URLS, **files(text)}.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(code)
        with (folder / "site_" / "settings.py").open("a") as file:
            file.write(SETTINGS)
        self.run([sys.executable, "manage.py", "makemigrations", "store"])
        self.run([sys.executable, "manage.py", "migrate"])

    def run(self, command: Sequence[str], stdin: str | None = None) -> str:
        """What a command shows; it has to succeed."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "site_.settings",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT)]),
        }
        done = subprocess.run(command, cwd=self.folder, env=environment, input=stdin, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def python(self, code: str) -> str:
        """What code shows, once Django is set up."""
        return self.run([sys.executable, "-c", f"import django\ndjango.setup()\n{code}"])


@pytest.fixture(scope="module", params=TEXTS)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of each text, after what its shell does."""
    return Project(tmp_path_factory.mktemp("store"), TEXTS[request.param])


def test_a_shell_shows_what_is_written(project: Project) -> None:
    lines = "\n".join(code for language, code in blocks(project.text) if language == "pycon")
    assert project.run([sys.executable, "-c", SHELL], stdin=lines) == f"tried {lines.count('>>> ')}\n"


def test_the_commands_do_what_is_written(project: Project) -> None:
    for language, code in blocks(project.text):
        if language == "sh":
            project.run(["sh", "-euc", code])
    stub = (project.folder / "store" / "schemas.pyi").read_text()
    assert "    name: str" in stub
    assert re.search(r"\n\nclass UserSchema\w+\(", stub), "nested fields are a class of their own"
    shown = project.run(["sh", "-euc", f"cd client && env -u PYTHONPATH python -c '{CLIENT}'"])
    assert json.loads(shown)["level"] == "plain"


@pytest.mark.parametrize("name", TEXTS)
def test_every_example_is_of_a_kind_that_is_tried(name: str) -> None:
    assert {language for language, _ in blocks(TEXTS[name])} == {"python", "pycon", "sh"}


def test_every_public_name_is_in_the_table_of_names() -> None:
    text = (ROOT / "docs" / "migrating.md").read_text().partition("\n## From django2pydantic\n")[2]
    assert set(schemas.__dir__()) - set(re.findall(r"\w+", text)) == set()
    names = [line.split(" | ")[0] for line in text.partition("### What is otherwise")[0].splitlines() if line.startswith("| ")]
    there = {
        "BaseSchema", "FieldTypeRegistry", "Infer", "InferExcept", "InferredField", "ModelFields", "ModelFieldsCompact",
        "SchemaConfig",
    }
    assert there - set(re.findall(r"\w+", "\n".join(names))) == set()
    assert there <= set(schemas.__dir__())


ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in TEXTS["docs/schemas.md"].splitlines() if line.startswith("|")
]
TYPES = {name: row[1] for row in ROWS if len(row) == 3 for name in re.findall(r"`(\w+)`", row[0])}
PLAIN: dict[str, dict[str, object]] = {
    "CharField": {"max_length": 5}, "DecimalField": {"max_digits": 5, "decimal_places": 2}, "FilePathField": {"path": "/"},
}
TO_OTHERS = {
    "CompositePrimaryKey", "ForeignKey", "ForeignObject", "GeneratedField", "ManyToManyField", "OneToOneField", "OrderWrt",
}


def test_every_field_class_is_in_the_table_of_types() -> None:
    abstract = {"Field", "RangeField", "ContinuousRangeField"}
    gone = {"CITextField", "CICharField", "CIEmailField"}  # since Django 5.1
    found = {
        name for space in (models, proxy, postgres, contenttypes) for name, kind in vars(space).items()
        if isinstance(kind, type) and issubclass(kind, models.Field)
    }
    assert found - abstract - gone - set(TYPES) == set()
    assert {name for name in TYPES if name.endswith("Field")} - found == {"SearchVectorField", "SchemaField"}


@pytest.mark.parametrize("name", sorted(
    name for name, kind in vars(models).items()
    if isinstance(kind, type) and issubclass(kind, models.Field) and name not in {"Field", *TO_OTHERS}
))
def test_a_field_has_the_type_that_the_table_says(name: str) -> None:
    kind = getattr(models, name)
    if name == "NullBooleanField":  # which Django keeps for old migrations
        kind = models.BooleanField
    field = kind(**PLAIN.get(name, {}))
    field.set_attributes_from_name("it")
    annotation: object = shape_of(field).annotation
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = get_args(annotation)[0]
    shown = getattr(annotation, "__name__", None) or repr(annotation)
    assert f"`{shown}`" in TYPES[name]


def test_the_table_of_required_fields_is_true() -> None:
    start = next(at for at, row in enumerate(ROWS) if row[:2] == ["field", "null"]) + 2
    defaults: dict[str, object] = {"": MISSING, "`None`": None, '`""`': ""}
    for at, (_, null, blank, required, default, kind) in enumerate(ROWS[start:start + 10]):
        options: dict[str, Any] = {"null": null == "yes", "blank": blank == "yes"}
        field: models.Field[Any, Any] = (
            models.CharField(max_length=5, **options) if at < 4 else models.DateField(**options) if at < 8
            else models.ManyToManyField(ContentType, blank=options["blank"])
        )
        field.set_attributes_from_name("it")
        shape = shape_of(field)
        assert (shape.required, shape.default) == (required == "yes", defaults[default])
        adapter: TypeAdapter[Any] = TypeAdapter(cast(Any, shape.annotation))
        assert takes(adapter, None) == ("None" in kind)
        assert at >= 4 or takes(adapter, "") == ("at least one letter" not in kind)


def takes(adapter: TypeAdapter[Any], value: object) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def test_rest_framework_answers_with_schemas(tmp_path: Path) -> None:
    project = Project(tmp_path, TEXTS["docs/schemas.md"])
    shown = project.python("""
import json
from django.test import Client
from store.models import User
user = User.objects.create(name="Anna")
user.orders.create(total="12.50")
one, all, newest = (Client().get(f"/api/users/{path}").json() for path in (f"{user.pk}/", "", "newest/"))
bodies = ({"name": "Zoe"}, {"name": "", "email": "x"})
sent = [Client().post("/api/users/", body, content_type="application/json") for body in bodies]
print(json.dumps([one, all, newest, [[each.status_code, each.json()] for each in sent]]))
""")
    one, everybody, newest, [[added, zoe], refused] = json.loads(shown)
    assert (added, zoe["name"], refused[0], set(refused[1])) == (201, "Zoe", 400, {"name", "email"})
    assert (one["name"], one["orders"][0]["total"], everybody, newest) == ("Anna", "12.50", [one], [one])
    project.run([sys.executable, "manage.py", "spectacular", "--fail-on-warn", "--validate", "--file", "openapi.yaml"])
    written = (tmp_path / "openapi.yaml").read_text()
    assert written.count("$ref: '#/components/schemas/UserSchema'") == 4


def test_django_ninja_and_fastapi_take_schemas(project: Project) -> None:
    shown = project.python("""
import json
from fastapi.testclient import TestClient as FastAPIClient
from ninja.testing import TestClient as NinjaClient
from store.api import api, app
ninja, fastapi = NinjaClient(api), FastAPIClient(app)
added = ninja.post("/users", json={"name": "Zoe"})
refused = ninja.post("/users", json={"name": ""})
listed = fastapi.get("/users")
print(json.dumps([added.status_code, added.json(), refused.status_code, listed.status_code, listed.json()[-1]]))
""")
    status, added, refused, listing, last = json.loads(shown)
    assert (status, refused, listing) == (200, 422, 200)
    assert added == last
    assert (added["name"], added["level"], added["orders"]) == ("Zoe", "plain", [])
