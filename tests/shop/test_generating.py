"""``manage.py generate_api`` of the shop, started twice at the same moment."""

from __future__ import annotations

from pathlib import Path

from .serving import generating

LANGUAGES = ("--typescript", "--python", "--go")


def test_two_at_once_end_well_and_leave_one_complete_output(tmp_path: Path) -> None:
    for process in [generating(tmp_path, *LANGUAGES), generating(tmp_path, *LANGUAGES)]:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said
        assert "2 done" in said
    made = {path.relative_to(tmp_path / "api") for path in tmp_path.rglob("*") if path.is_file()}
    for group in ("storefront", "backoffice"):
        assert Path("schemas", f"{group}.yaml") in made
        clients = {"typescript": "client.ts", "python": "client.py", "go": "client.go"}
        assert {Path("clients", language, group, name) for language, name in clients.items()} <= made
    archives = [entry for entry in (tmp_path / "api" / "archive").iterdir() if entry.name != "latest"]
    assert len(archives) == 2
    assert all((archive / "metadata.json").is_file() for archive in archives)
    strange = [path for path in tmp_path.rglob(".*") if path.name not in (".specloom.json", ".gitignore")]
    assert strange == []
    checking = generating(tmp_path, *LANGUAGES, "--check")
    said, _ = checking.communicate(timeout=300)
    assert checking.returncode == 0, said
