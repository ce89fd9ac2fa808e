"""Groups become files: all of them, those that can be, or, when only compared, none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from specloom import workers
from specloom.django import OpenAPIGenerator
from specloom.django.generating import GenerationSummary, generate_project
from specloom.django.project import LANGUAGES
from specloom.emitters.protocol import Emission
from specloom.emitters.typescript import TypeScriptEmitter, TypeScriptOptions
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Mode
from tests.harness.disk import state

from .projects import document, project, texts, without_archive


def codes(summary: GenerationSummary) -> dict[str, list[str]]:
    return {result.group: [found.code for found in result.diagnostics if found.severity == "error"] for result in summary.results}


def test_documents_clients_and_the_index_are_written(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal")
    summary = generate_project(made, describe=documents)
    assert summary.ok and summary.exit_code == 0
    assert documents.asked == ["public", "internal"]
    found = texts(tmp_path)
    assert found["schemas/public.yaml"].startswith("openapi: 3.0.3")
    for path in ("typescript/public/client.ts", "python/internal/api.py", "typescript/index.ts"):
        assert f"clients/{path}" in found
    assert [result.operations for result in summary.results] == [1, 1]
    assert summary.successful_typescript == summary.successful_python == 2
    assert summary.typescript_results["public"].files_generated == sum(
        path.startswith("clients/typescript/public/") for path in found
    )
    assert summary.archive and (tmp_path / "archive" / "latest").resolve() == summary.archive


def test_a_second_run_changes_nothing_and_check_and_dry_run_write_nothing(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal")
    for mode in (Mode.CHECK, Mode.DRY_RUN):
        summary = generate_project(made, describe=documents, mode=mode)
        assert list(tmp_path.iterdir()) == []
        assert summary.exit_code == (mode is Mode.CHECK)
        assert all(target.plan.created for result in summary.results for target in result.targets)
    generate_project(made, describe=documents)
    before = state(tmp_path)
    for mode in (Mode.CHECK, Mode.DRY_RUN):
        assert generate_project(made, describe=documents, mode=mode, clean=True).ok
        assert state(tmp_path) == before
    again = generate_project(made, describe=documents, archive=False)
    assert again.ok and state(tmp_path) == before
    assert all(target.plan.is_current for result in again.results for target in result.targets)


@pytest.mark.parametrize("path", [
    "schemas/public.yaml", "clients/typescript/public/client.ts", "clients/typescript/index.ts", "clients/python/internal/api.py",
])
def test_check_names_what_is_out_of_date(path: str, tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal")
    generate_project(made, describe=documents)
    (tmp_path / path).unlink()
    summary = generate_project(made, describe=documents, mode=Mode.CHECK)
    assert summary.exit_code == 1
    found = [*summary.diagnostics, *(found for result in summary.results for found in result.diagnostics)]
    assert [one.code for one in found if one.severity == "error"] == ["out-of-date"]
    assert Path(path).name in str(next(one for one in found if one.severity == "error"))


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    emit = TypeScriptEmitter.emit

    def failing(self: TypeScriptEmitter, api: IRContext, options: TypeScriptOptions) -> Emission:
        if api.info.title == "The broken API":
            raise AssertionError("a defect")
        return emit(self, api, options)

    monkeypatch.setattr(TypeScriptEmitter, "emit", failing)


@pytest.mark.parametrize("forked", [False, True])
@pytest.mark.parametrize(("answer", "code"), [
    (ZeroDivisionError("division by zero"), "schema-failed"),
    (SpecloomError.of("view-failed", "no serializer"), "view-failed"),
    ({"swagger": "2.0"}, "swagger-2"),
    (None, "defect"),
], ids=["crash", "refusal", "document", "emitter"])
def test_what_is_wrong_with_one_group_is_named_and_the_others_are_written(
    answer: dict[str, object] | Exception | None, code: str, forked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: forked)
    made, documents = project(tmp_path, "public", "broken", "internal", change=without_archive)
    if answer is None:
        broken(monkeypatch)
    else:
        documents.answers["broken"] = answer
    summary = generate_project(made, describe=documents)
    assert summary.exit_code == 1
    assert codes(summary) == {"public": [], "broken": [code], "internal": []}
    failed = summary.results[1]
    assert failed.error and not failed.targets and "Traceback" not in failed.error
    found = texts(tmp_path)
    assert not [path for path in found if "broken" in path]
    assert "broken" not in found["clients/typescript/index.ts"]
    assert {"clients/python/public/api.py", "clients/typescript/internal/client.ts", "schemas/internal.yaml"} <= found.keys()
    assert summary.failed_typescript == 1 and summary.typescript_results["broken"].error_message == failed.error


def test_a_crash_is_told_with_its_place_in_the_project(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public")
    documents.answers["public"] = KeyError("price")
    found = generate_project(made, describe=documents).results[0]
    assert "KeyError: 'price'" in found.error and "projects.py" in found.error
    assert found.diagnostics[0].file and found.diagnostics[0].file.endswith("projects.py")
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_in_a_document_has_its_line(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public")
    wrong = document("The public API")
    wrong["paths"] = {**wrong["paths"], "/odd/": {"get": {"responses": {"200": {"$ref": "#/components/responses/absent"}}}}}  # type: ignore[dict-item]
    documents.answers["public"] = wrong
    found = [one for one in generate_project(made, describe=documents).results[0].diagnostics if one.severity != "info"]
    assert found and all(one.file == str(tmp_path / "schemas" / "public.yaml") for one in found)
    assert all(one.place is not None and one.place.line for one in found)


def test_a_file_that_a_person_changed_holds_back_its_group_alone(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal", change=without_archive)
    generate_project(made, describe=documents)
    edited = tmp_path / "clients" / "python" / "internal" / "api.py"
    edited.write_text("# mine\n")
    documents.answers |= {name: document(name, ("id", "renamed"), path=name) for name in ("public", "internal")}
    before = texts(tmp_path)
    summary = generate_project(made, describe=documents)
    assert codes(summary) == {"public": [], "internal": ["edited-file"]}
    after = texts(tmp_path)
    assert {path for path in after if before.get(path) != after[path]} & {p for p in after if "internal" in p} == set()
    assert "renamed" in after["schemas/public.yaml"] and "renamed" not in after["schemas/internal.yaml"]
    assert generate_project(made, describe=documents, force=True).ok
    assert edited.read_text() != "# mine\n"


def test_an_index_of_a_persons_own_is_kept_and_the_groups_are_written(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public")
    own = tmp_path / "clients" / "typescript" / "index.ts"
    own.parent.mkdir(parents=True)
    own.write_text("// mine\n")
    summary = generate_project(made, describe=documents)
    assert summary.exit_code == 1 and [found.code for found in summary.diagnostics] == ["foreign-file"]
    assert own.read_text() == "// mine\n" and summary.results[0].ok
    assert (tmp_path / "clients" / "typescript" / "public" / "client.ts").is_file()


def test_a_run_for_some_leaves_the_others_and_gives_the_same_index(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal", change=without_archive)
    generate_project(made, describe=documents)
    before = state(tmp_path)
    assert generate_project(made, describe=documents, groups=["internal"], languages=["typescript"]).ok
    assert documents.asked[2:] == ["internal"]
    assert state(tmp_path) == before
    (tmp_path / "clients" / "typescript" / "internal" / "client.ts").unlink()
    assert generate_project(made, describe=documents, groups=["internal"], mode=Mode.CHECK).exit_code == 1
    assert generate_project(made, describe=documents, groups=["public"], mode=Mode.CHECK, languages=["python"]).exit_code == 0


def test_clean_removes_what_is_no_longer_made_and_never_a_persons_file(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "gone", "kept", change=without_archive)
    generate_project(made, describe=documents)
    mine = ("clients/typescript/kept/mine.ts", "clients/python/notes.txt", "schemas/mine.yaml", "clients/own/index.ts")
    for path in mine:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("mine\n")
    (tmp_path / "clients" / "python" / "kept" / "api.py").write_text("# mine too\n")
    smaller = replace(made, groups=made.groups[:1])
    assert generate_project(smaller, describe=documents).ok
    assert "clients/typescript/gone/client.ts" in texts(tmp_path)
    summary = generate_project(smaller, describe=documents, clean=True)
    assert summary.ok and [found.code for found in summary.diagnostics] == ["edited-file-kept"]
    found = texts(tmp_path)
    left = {path for path in found if not path.startswith(("clients/typescript/public/", "clients/python/public/"))}
    assert left == {*mine, "clients/python/kept/api.py", "clients/typescript/index.ts", "schemas/public.yaml"}
    assert not (tmp_path / "clients" / "typescript" / "gone").exists()
    assert "kept" not in found["clients/typescript/index.ts"]
    assert generate_project(replace(smaller, languages=("python",)), describe=documents, clean=True).ok
    assert [path for path in texts(tmp_path) if path.startswith("clients/typescript")] == [mine[0]]


def test_the_files_do_not_depend_on_the_number_of_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: True)
    for count in (1, 2, 20):
        made, documents = project(tmp_path / str(count), "public", "internal", change=without_archive)
        assert generate_project(made, describe=documents, workers=count, languages=["typescript", "python", "go"]).ok
    assert texts(tmp_path / "1") == texts(tmp_path / "2") == texts(tmp_path / "20")


@pytest.mark.parametrize(("asked", "code", "hint"), [
    ({"groups": ["pubic"]}, "unknown-group", "public"), ({"languages": ["typescrpt"]}, "unknown-language", "typescript"),
])
def test_what_is_not_there_is_refused_with_the_nearest_name(
    asked: dict[str, list[str]], code: str, hint: str, tmp_path: Path
) -> None:
    made, documents = project(tmp_path, "public")
    with pytest.raises(SpecloomError) as caught:
        generate_project(made, describe=documents, **asked)  # type: ignore[arg-type]
    assert [found.code for found in caught.value.diagnostics] == [code]
    assert hint in (caught.value.diagnostics[0].hint or "")


def test_a_group_without_operations_is_made_in_every_language(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "empty", "public", change=without_archive)
    documents.answers["empty"] = {"openapi": "3.0.3", "info": {"title": "Nothing yet", "version": "1"}, "paths": {}}
    summary = generate_project(made, describe=documents, languages=LANGUAGES)
    assert summary.ok and summary.results[0].operations == 0
    assert all(texts(tmp_path / "clients" / language / "empty") for language in LANGUAGES)


def test_several_threads_at_once_all_end_well(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal")
    with ThreadPoolExecutor(3) as threads:
        runs = [threads.submit(generate_project, made, describe=documents, languages=["typescript"]) for _ in range(3)]
        summaries = [run.result() for run in runs]
    assert all(summary.ok for summary in summaries) and len({summary.archive for summary in summaries}) == 3
    assert generate_project(made, describe=documents, languages=["typescript"], mode=Mode.CHECK).ok


def test_options_may_name_the_group(tmp_path: Path) -> None:
    options = {"typescript": {"package_files": True, "package_name": "@shop/{zone}"}}
    made, documents = project(tmp_path, "public", "internal", change=lambda made: replace(made, options=options))
    assert generate_project(made, describe=documents, languages=["typescript"]).ok
    assert '"@shop/internal"' in (tmp_path / "clients" / "typescript" / "internal" / "package.json").read_text()


def test_the_generator_by_its_familiar_names(tmp_path: Path) -> None:
    made, documents = project(tmp_path, "public", "internal")
    generator = OpenAPIGenerator(made, describe=documents)
    result = generator.generate_typescript_client("public")
    assert result.success and result.client_type == "typescript" and result.zone_name == "public"
    assert not (tmp_path / "clients" / "python").exists()
    summary = generator.generate_all(archive=False)
    assert summary.total_zones == 2 and summary.total_files_generated > 50 and summary.total_duration_seconds > 0
    assert generator.check().ok
    (tmp_path / "clients" / "python" / "public" / "mine.py").write_text("mine = 1\n")
    generator.clean_output()
    assert texts(tmp_path) == {"clients/python/public/mine.py": "mine = 1\n"}
    with pytest.raises(SpecloomError):
        generator.generate_all(typescript=False, python=False)
