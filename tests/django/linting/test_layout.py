"""What a fix writes and what it leaves: the text around it stays byte for byte, whatever the file looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from .conftest import Case

METHODS = '''
from rest_framework import serializers


class ThingSerializer(serializers.Serializer):
    total   =   serializers.SerializerMethodField( )   # how many

    # A comment above.
    def get_total( self,obj ):  # a comment behind
        """Doc."""

        return len( obj )    ;


'''


def test_only_the_annotation_is_new(case: Case) -> None:
    case.write(serializers=METHODS)
    before = case.text("serializers")
    case.fix()
    assert case.text("serializers") == before.replace("( self,obj ):", "( self,obj ) -> int:")


@pytest.mark.parametrize("change", [
    lambda text: text.replace(b"\n", b"\r\n"),
    lambda text: text.replace(b"    ", b"\t"),
    lambda text: b"\xef\xbb\xbf" + text,
    lambda text: text.rstrip(b"\n"),
    lambda text: b"# -*- coding: latin-1 -*-\n" + text.replace(b"how many", b"combi\xe9n"),
    lambda text: b"\x0c\n" + text,
])  # fmt: skip
def test_line_endings_tabs_marks_and_encodings_stay(case: Case, change: object) -> None:
    assert callable(change)
    case.write(serializers=METHODS)
    path = case.path("serializers")
    before = change(path.read_bytes())
    path.write_bytes(before)
    fixed = case.fix()
    assert [found.code for found in fixed.findings] == ["untyped-method-field"]
    assert path.read_bytes() == before.replace(b"( self,obj ):", b"( self,obj ) -> int:")
    assert "+    def get_total( self,obj ) -> int:" in fixed.files[0].diff(case.folder).replace("\t", "    ")


def test_a_signature_of_several_lines(case: Case) -> None:
    case.write(serializers="""
        from rest_framework import serializers


        class ThingSerializer(serializers.Serializer):
            total = serializers.SerializerMethodField()

            def get_total(
                self,
                obj,  # the thing
            ):
                return 1
        """)
    before = case.text("serializers")
    case.fix()
    assert case.text("serializers") == before.replace("    ):\n", "    ) -> int:\n")


def test_a_body_on_the_line_of_its_signature(case: Case) -> None:
    case.write(serializers="""
        from rest_framework import serializers


        class ThingSerializer(serializers.Serializer):
            total = serializers.SerializerMethodField()
            def get_total(self, obj): return 1
        """)
    case.fix()
    assert "    def get_total(self, obj) -> int: return 1\n" in case.text("serializers")


def test_a_second_run_changes_nothing(case: Case) -> None:
    case.write(serializers=METHODS)
    assert len(case.fix().files) == 1
    once = case.path("serializers").read_bytes()
    assert case.fix().files == ()
    assert case.path("serializers").read_bytes() == once


def test_a_second_run_in_the_same_process_changes_nothing(case: Case) -> None:
    """What runs is older than what stands on the disk then."""
    from specloom.django.linting import find_targets, fix, lint

    case.write(serializers=METHODS)
    targets = find_targets(files=[case.path("serializers")])
    assert len(fix(lint(targets)).files) == 1
    assert lint(targets).findings == ()


def test_a_file_that_has_changed_meanwhile_is_left_alone(case: Case) -> None:
    from specloom.django.linting import fix

    case.write(serializers=METHODS, more=METHODS)
    report = case.lint()
    assert len(report.findings) == 2
    path = case.path("serializers")
    changed = "# mine\n" + path.read_text()
    path.write_text(changed)
    fixed = fix(report)
    assert [problem.code for problem in fixed.problems] == ["file-changed"]
    assert [file.path for file in fixed.files] == [case.path("more")]
    assert path.read_text() == changed
    assert "-> int" in case.text("more")


def test_all_files_or_none(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from specloom.django.linting import fix
    from specloom.ir.diagnostics import SpecloomError
    from specloom.writing import disk

    case.write(serializers=METHODS, more=METHODS, others=METHODS)
    report = case.lint()
    files = {path: path.read_bytes() for path in case.folder.iterdir() if path.suffix == ".py"}
    entries = sorted(case.folder.iterdir())
    replace = disk.replace

    def fails(source: str, destination: str) -> None:
        if destination.endswith("serializers.py") and source.endswith("new"):
            raise OSError(28, "No space left on device", destination)
        replace(source, destination)

    monkeypatch.setattr(disk, "replace", fails)
    with pytest.raises(SpecloomError) as raised:
        fix(report)
    assert raised.value.diagnostics[0].code == "disk-full"
    assert {path: path.read_bytes() for path in files} == files
    assert sorted(case.folder.iterdir()) == entries


def test_permissions_stay(case: Case) -> None:
    case.write(serializers=METHODS)
    case.path("serializers").chmod(0o755)
    case.fix()
    assert case.path("serializers").stat().st_mode & 0o777 == 0o755


def test_a_dry_run_writes_nothing_and_shows_a_diff(case: Case) -> None:
    from specloom.django.linting import fix

    case.write(serializers=METHODS)
    before = case.text("serializers")
    [file] = fix(case.lint(), write=False).files
    assert case.text("serializers") == before == file.before.decode()
    diff = file.diff(case.folder).splitlines(keepends=True)
    assert diff[0] == "--- a/serializers.py\n"
    assert [line for line in diff if line.startswith("+")][1:] == ["+    def get_total( self,obj ) -> int:  # a comment behind\n"]


IMPORTS = [
    # into the line that is there
    ("from drf_spectacular.utils import extend_schema\n",
     "from drf_spectacular.utils import extend_schema, extend_schema_field\n"),
    ("from drf_spectacular.utils import inline_serializer\n",
     "from drf_spectacular.utils import extend_schema_field, inline_serializer\n"),
    ("from drf_spectacular.utils import OpenApiExample, extend_schema  # noqa\n",
     "from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field  # noqa\n"),
    ("from drf_spectacular.utils import (\n    OpenApiExample,\n    extend_schema_view,\n)\n",
     "from drf_spectacular.utils import (\n    OpenApiExample,\n    extend_schema_field,\n    extend_schema_view,\n)\n"),
    ("from drf_spectacular.utils import (\n    OpenApiExample,\n    extend_schema,  # why\n)\n",
     "from drf_spectacular.utils import (\n    OpenApiExample,\n    extend_schema,  # why\n    extend_schema_field,\n)\n"),
    ("from drf_spectacular.utils import (OpenApiExample,\n                                   extend_schema)\n",
     "from drf_spectacular.utils import (OpenApiExample,\n                                   extend_schema,\n"
     "                                   extend_schema_field)\n"),
    # sorted into its group
    ("import os\n\nfrom django.db import models\nfrom rest_framework import serializers\n\nfrom .models import Thing\n",
     "import os\n\nfrom django.db import models\nfrom drf_spectacular.utils import extend_schema_field\n"
     "from rest_framework import serializers\n\nfrom .models import Thing\n"),
    ("from rest_framework import serializers\nfrom .models import Thing\n",
     "from drf_spectacular.utils import extend_schema_field\n"
     "from rest_framework import serializers\nfrom .models import Thing\n"),
    ('"""Doc."""\n\nfrom django import forms\n',
     '"""Doc."""\n\nfrom django import forms\nfrom drf_spectacular.utils import extend_schema_field\n'),
    ("import os\n\nx = 1\n", "import os\n\nfrom drf_spectacular.utils import extend_schema_field\n\nx = 1\n"),
    ("from __future__ import annotations\n\nx = 1\n",
     "from __future__ import annotations\n\nfrom drf_spectacular.utils import extend_schema_field\n\nx = 1\n"),
    ("from .models import Thing\n", "from drf_spectacular.utils import extend_schema_field\n\nfrom .models import Thing\n"),
    ("x = 1\n", "from drf_spectacular.utils import extend_schema_field\n\nx = 1\n"),
    ('"""Doc."""\nx = 1\n', '"""Doc."""\n\nfrom drf_spectacular.utils import extend_schema_field\n\nx = 1\n'),
    ("# A licence.\n\nimport rest_framework\n# about it\nfrom rest_framework import serializers\n",
     "# A licence.\n\nimport rest_framework\nfrom drf_spectacular.utils import extend_schema_field\n# about it\n"
     "from rest_framework import serializers\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), IMPORTS)
def test_imports_stand_where_a_person_would_put_them(before: str, after: str) -> None:
    from specloom.django.linting.edits import Need
    from specloom.django.linting.importing import with_imports

    need = Need("drf_spectacular.utils", "extend_schema_field")
    once = with_imports(cst.parse_module(before), [need, need])
    assert once.code == after
    assert with_imports(once, [need]).code == after


ARGUMENTS = [
    ("f()", "f(child=X)"), ("f(a)", "f(a, child=X)"), ("f(a=1, b=2)", "f(a=1, b=2, child=X)"), ("f( a )", "f( a, child=X )"),
    ("f(\n    a=1,\n)", "f(\n    a=1,\n    child=X,\n)"), ("f(\n    a=1\n)", "f(\n    a=1,\n    child=X\n)"),
    ("f(\n    a=1,  # one\n    b=2,  # two\n)", "f(\n    a=1,  # one\n    b=2,  # two\n    child=X,\n)"),
    ("f(\n    a=1  # one\n)", "f(\n    a=1,  # one\n    child=X\n)"),
    ("f(a=1,\n  b=2)", "f(a=1,\n  b=2,\n  child=X)"), ("f(\n    a=1, b=2,\n)", "f(\n    a=1, b=2, child=X,\n)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ARGUMENTS)
def test_arguments_are_laid_out_as_their_neighbours(before: str, after: str) -> None:
    from libcst.metadata import MetadataWrapper, PositionProvider

    from specloom.django.linting.applying import applied
    from specloom.django.linting.edits import AddArgument

    content = f"x = {before}\n".encode()
    wrapper = MetadataWrapper(cst.parse_module(content), unsafe_skip_copy=True)
    [[call]] = [[node for node in wrapper.resolve(PositionProvider).items() if isinstance(node[0], cst.Call)]]
    edit = AddArgument(call[1], "child", cst.Name("X"))
    assert applied(content, [edit, edit]).decode() == f"x = {after}\n"


VALUES = st.sampled_from(["str", "obj.a", "1", "'x'", "obj.a == 1", "len(obj)"])


@given(st.lists(st.tuples(VALUES, st.booleans()), min_size=1, max_size=6))
def test_lines_that_no_fix_is_about_are_the_same(parts: list[tuple[str, bool]]) -> None:
    """Any mixture of methods that are certain or not, annotated or not: only lines of signatures differ."""
    from libcst.metadata import MetadataWrapper, PositionProvider

    from specloom.django.linting.applying import applied
    from specloom.django.linting.edits import AddReturn

    text = "".join(
        f"\n  # {number}\ndef get_{number}( self,obj ){' -> int' if typed else ''} :   # x\n    return ( {value} )\n"
        for number, (value, typed) in enumerate(parts)
    )
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places = [at for node, at in wrapper.resolve(PositionProvider).items() if isinstance(node, cst.FunctionDef)]
    after = applied(text.encode(), [AddReturn(at, cst.Name("int")) for at in places]).decode()
    assert after.replace(" -> int", "") == text.replace(" -> int", "")
    assert after.count(" -> int") == len(parts)


def test_what_would_be_no_python_is_refused() -> None:
    from libcst.metadata import CodePosition, CodeRange

    from specloom.django.linting.applying import applied
    from specloom.django.linting.edits import AddArgument

    at = CodeRange(CodePosition(1, 0), CodePosition(1, 6))
    with pytest.raises(ValueError, match="no Python"):
        applied(b"f(a=1)\n", [AddArgument(at, "a", cst.Name("X"))])


@pytest.mark.parametrize("content", [
    b"x = 1\0", b"# -*- coding: nope -*-\n", b"x = '\xe9'\n",
    b"x = " + b"(" * 3000 + b")" * 3000, b"x = " + b"-" * 5000 + b"1\n",
    b"x = " + b"+".join([b"a"] * 3000), b"if a:\n    b\n" + b"elif a:\n    b\n" * 900, b"def f(:\n",
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_finding(case: Case, content: bytes) -> None:
    case.path("serializers").write_bytes(content)
    [found] = case.lint("unreadable-file", "untyped-method-field", "untyped-dict-field").findings
    assert (found.code, found.path) == ("unreadable-file", case.path("serializers"))


ODD = [b"", b"\xef\xbb\xbfx = 1\n", b"x = 1\ry = 2\r", b"import sys; sys.exit(3)\n", b"x = '\\d'\n"]


@pytest.mark.parametrize("content", ODD)
def test_odd_files_are_looked_at(case: Case, content: bytes) -> None:
    case.path("serializers").write_bytes(content)
    assert case.codes("unreadable-file", "untyped-method-field") == []
