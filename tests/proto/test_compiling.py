"""What is compiled for Python parses whatever the texts say, and large files become what protoc's plugin makes of them."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from specloom.builders.proto.nodes import ProtoFile, Service
from specloom.emitters import compiling
from specloom.emitters.compiling import compile_protos
from specloom.ir.diagnostics import SpecloomError
from specloom.printers.proto import print_file

from .trees import files

FEW = settings(max_examples=5, deadline=None, suppress_health_check=[*HealthCheck], phases=[Phase.explicit, Phase.generate])
SMALL = {
    "acme/v1/messages.proto": 'syntax = "proto3";\n\npackage acme.v1;\n\nmessage Thing {\n  string name = 1;\n}\n',
    "acme/v1/service.proto": """\
syntax = "proto3";

package acme.v1;

import "acme/v1/messages.proto";
import "google/api/annotations.proto";

// Knows things.
service ThingService {
  rpc Get(Thing) returns (Thing) {
    option (google.api.http) = {get: "/things"};
  }
}
""",
}


def test_each_file_gets_its_modules_and_one_with_a_service_a_stub() -> None:
    made = compile_protos({**SMALL, "README.md": "# x\n"})
    assert sorted(made) == [f"acme/v1/{name}" for name in (
        "messages_pb2.py", "messages_pb2.pyi", "service_pb2.py", "service_pb2.pyi", "service_pb2_grpc.py"
    )]
    assert "class ThingServiceStub" in made["acme/v1/service_pb2_grpc.py"]
    assert made == compile_protos(SMALL)
    assert compile_protos({"README.md": "# x\n"}) == {}


def test_what_was_made_can_be_imported(tmp_path: Path) -> None:
    for path, text in compile_protos(SMALL).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    code = "from acme.v1 import service_pb2_grpc as g, messages_pb2 as m; print(g.ThingServiceServicer, m.Thing(name='x').name)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.endswith(" x\n"), done.stderr


@FEW
@given(files(6))
def test_no_text_breaks_a_python_module(made: list[ProtoFile]) -> None:
    texts = {file.path: print_file(file) for file in made}
    compiled = compile_protos(texts)
    for path, text in compiled.items():
        assert ast.parse(text, path), path  # -W error: an escape that is none is an error too
    for file in made:
        stub = compiled.get(file.path.removesuffix(".proto") + "_pb2_grpc.py")
        if stub is not None:
            names = [node.name for node in ast.parse(stub).body if isinstance(node, ast.ClassDef)]
            service = file.declarations[-1].name
            assert names == [f"{service}Stub", f"{service}Servicer", service]


@FEW
@given(files(6))
def test_large_files_become_what_the_plugin_makes_of_them(made: list[ProtoFile]) -> None:
    plain = [replace(file, declarations=tuple(d for d in file.declarations if not isinstance(d, Service))) for file in made[1:]]
    texts = {file.path: print_file(file) for file in (made[0], *plain)}
    with pytest.MonkeyPatch.context() as patch:
        expected = compile_protos(texts)
        patch.setattr(compiling, "_LARGE", 0)
        patch.setattr(compiling, "module_of", lambda file, probe: _told(file, probe, seen))
        seen: list[str] = []
        assert compile_protos(texts) == expected
    assert set(seen) >= {file.path for file in plain}


def _told(file: object, probe: str, seen: list[str]) -> str | None:
    from specloom.emitters.descriptors import module_of

    text = module_of(file, probe)
    assert text is not None, "the installed plugin writes what this does not know"
    seen.append(file.name)  # type: ignore[attr-defined]  # protobuf has no stubs
    return text


NESTED = """\
syntax = "proto3";

package acme.v1;

message Thing {
  // } and message Evil {}
  oneof value {
    string text = 1;
    Part.Kind kind = 2;
  }

  message Part {
    enum Kind {
      reserved 7 to 8;
      option deprecated = true;

      KIND_UNSPECIFIED = 0;
      KIND_BOLT = 1;
    }

    message Note {
      string text = 1;
    }

    Kind kind = 1;
  }

  message Other {
    message Note {}

    enum Kind {
      KIND_UNSPECIFIED = 0;
    }
  }
}
"""
USING = """\
syntax = "proto3";

package acme.shop.v1;

import "acme/v1/messages.proto";

message Request {
  acme.v1.Thing.Part.Kind kind = 1;
  acme.v1.Thing.Other.Note note = 2;
}

service ShopService {
  rpc Get(Request) returns (acme.v1.Thing);
}
"""


def test_files_that_import_a_large_one_need_no_more_of_it_than_its_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"acme/v1/messages.proto": NESTED, "acme/shop/v1/service.proto": USING}
    expected = compile_protos(texts)
    monkeypatch.setattr(compiling, "_LARGE", 0)
    assert compile_protos(texts) == expected


def test_another_plugin_does_large_files_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = compile_protos(SMALL)
    monkeypatch.setattr(compiling, "_LARGE", 0)
    monkeypatch.setattr("specloom.emitters.descriptors._PROBE_DESCRIPTOR", "something else")
    assert compile_protos(SMALL) == expected


@pytest.mark.parametrize("limit", [0, 200_000])
def test_what_protoc_refuses_is_said_to_be_a_mistake_of_specloom(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(compiling, "_LARGE", limit)
    with pytest.raises(SpecloomError) as caught:
        compile_protos({"a.proto": 'syntax = "proto3";\n\nmessage A {\n  Nope x = 1;\n}\n'})
    (found,) = caught.value.diagnostics
    assert found.code == "invalid-proto"
    assert "mistake of specloom" in found.message and '"Nope" is not defined' in found.message


def test_without_grpcio_tools_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in ("grpc_tools", "google.api"):
        monkeypatch.setattr(compiling, "find_spec", lambda name, missing=missing: None if name == missing else find_spec(name))
        with pytest.raises(SpecloomError, match=r"pip install 'specloom\[proto\]'"):
            compile_protos(SMALL)


find_spec = compiling.find_spec


def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    compile_protos(SMALL)
    assert not list(tmp_path.iterdir())
