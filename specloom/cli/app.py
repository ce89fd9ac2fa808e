"""The commands with their arguments; what they do is imported only once they run, so that help is there at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from specloom.terminal.last_resort import DEBUG

from .arguments import DiffFormat, Filters, Format, Outputs, Request, Run

app = typer.Typer(
    name="specloom",
    help="Turn API descriptions into client code people would have written by hand.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_WHERE, _WHAT, _HOW, _FILTER = "Where to", "What to make", "How", "Only a part of the document"

Spec = Annotated[str, typer.Argument(metavar="SPEC", help="The OpenAPI document: a path, or a URL that --allow names.")]
Allow = Annotated[list[str] | None, typer.Option(
    "--allow", metavar="REF", help="A file outside the document's folder, or a URL, that it may refer to.", rich_help_panel=_HOW
)]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings are errors.", rich_help_panel=_HOW)]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show every diagnostic and file.", rich_help_panel=_HOW)]
IncludeTag = Annotated[list[str] | None, typer.Option(
    "--include-tag", metavar="TAG", help="Only operations with this tag (* stands for anything).", rich_help_panel=_FILTER
)]
ExcludeTag = Annotated[list[str] | None, typer.Option(
    "--exclude-tag", metavar="TAG", help="No operations with this tag.", rich_help_panel=_FILTER
)]
IncludePath = Annotated[list[str] | None, typer.Option(
    "--include-path", metavar="PATTERN", help="Only these paths; ** crosses slashes: /api/**.", rich_help_panel=_FILTER
)]
ExcludePath = Annotated[list[str] | None, typer.Option(
    "--exclude-path", metavar="PATTERN", help="Not these paths.", rich_help_panel=_FILTER
)]
IncludeOperation = Annotated[list[str] | None, typer.Option(
    "--include-operation", metavar="ID", help="Only these operationIds.", rich_help_panel=_FILTER
)]
ExcludeOperation = Annotated[list[str] | None, typer.Option(
    "--exclude-operation", metavar="ID", help="Not these operationIds.", rich_help_panel=_FILTER
)]
IncludeFlag = Annotated[list[str] | None, typer.Option(
    "--include-flag", metavar="X-KEY", help="Only operations that carry x-key, or x-key=value.", rich_help_panel=_FILTER
)]
ExcludeFlag = Annotated[list[str] | None, typer.Option(
    "--exclude-flag", metavar="X-KEY", help="No operations that carry it.", rich_help_panel=_FILTER
)]
ExcludeDeprecated = Annotated[bool, typer.Option(
    "--exclude-deprecated", help="No deprecated operations.", rich_help_panel=_FILTER
)]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"specloom {version('specloom')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", envvar=DEBUG, help="Show where a defect of specloom happened.")] = False,
) -> None:
    """Turn API descriptions into client code people would have written by hand."""
    if debug:
        os.environ[DEBUG] = "1"


@app.command()
def generate(
    spec: Annotated[str | None, typer.Argument(
        metavar="SPEC", help="The OpenAPI document; without it, the configuration says what to do.", show_default=False
    )] = None,
    typescript: Annotated[Path | None, typer.Option(metavar="DIR", help="TypeScript client.", rich_help_panel=_WHERE)] = None,
    python: Annotated[Path | None, typer.Option(metavar="DIR", help="Python client.", rich_help_panel=_WHERE)] = None,
    go: Annotated[Path | None, typer.Option(metavar="DIR", help="Go client.", rich_help_panel=_WHERE)] = None,
    proto: Annotated[Path | None, typer.Option(
        metavar="DIR", help="proto3 files and what protoc makes of them for Python.", rich_help_panel=_WHERE
    )] = None,
    target: Annotated[list[str] | None, typer.Option(
        metavar="EMITTER=DIR", help="Any other emitter that is installed.", rich_help_panel=_WHERE
    )] = None,
    zod: Annotated[bool, typer.Option("--zod", help="Zod schemas.", rich_help_panel=_WHAT)] = False,
    fetchers: Annotated[bool, typer.Option("--fetchers", help="A function per operation.", rich_help_panel=_WHAT)] = False,
    hooks: Annotated[bool, typer.Option("--hooks", help="SWR hooks.", rich_help_panel=_WHAT)] = False,
    package_files: Annotated[bool, typer.Option(
        "--package-files", help="package.json and tsconfig.json, pyproject.toml.", rich_help_panel=_WHAT
    )] = False,
    import_ending: Annotated[str | None, typer.Option(
        metavar="ENDING", help="Ending of relative TypeScript imports: '', .js or .ts.", rich_help_panel=_WHAT
    )] = None,
    proto_package: Annotated[str | None, typer.Option(
        metavar="NAME", help="Package of the .proto files, such as acme.shop.v1.", rich_help_panel=_WHAT
    )] = None,
    option: Annotated[list[str] | None, typer.Option(
        "--option", metavar="[EMITTER.]KEY=VALUE", help="Any other option of an emitter.", rich_help_panel=_WHAT
    )] = None,
    formatter: Annotated[str | None, typer.Option(
        "--formatter", metavar="NAME", help="Formatter of Python files: black, none (they are printed as black leaves them), or a"
        " registered one.", rich_help_panel=_WHAT
    )] = None,
    include_tag: IncludeTag = None,
    exclude_tag: ExcludeTag = None,
    include_path: IncludePath = None,
    exclude_path: ExcludePath = None,
    include_operation: IncludeOperation = None,
    exclude_operation: ExcludeOperation = None,
    include_flag: IncludeFlag = None,
    exclude_flag: ExcludeFlag = None,
    exclude_deprecated: ExcludeDeprecated = False,
    check: Annotated[bool, typer.Option(
        "--check", help="Write nothing; exit 1 where a folder is out of date.", rich_help_panel=_HOW
    )] = False,
    dry_run: Annotated[bool, typer.Option(
        "--dry-run", help="Write nothing; list what would be written.", rich_help_panel=_HOW
    )] = False,
    force: Annotated[bool, typer.Option(
        "--force", help="Overwrite files that were changed by hand or are not specloom's.", rich_help_panel=_HOW
    )] = False,
    strict: Strict = False,
    watch: Annotated[bool, typer.Option("--watch", help="Generate again whenever a file changes.", rich_help_panel=_HOW)] = False,
    allow: Allow = None,
    config: Annotated[Path | None, typer.Option(
        metavar="FILE", envvar="SPECLOOM_CONFIG", help="The configuration; else the nearest one upward.", rich_help_panel=_HOW
    )] = None,
    document: Annotated[list[str] | None, typer.Option(
        "--document", metavar="NAME", help="Only this document of the configuration.", rich_help_panel=_HOW
    )] = None,
    tree: Annotated[bool, typer.Option("--tree", help="Show the tree of the files.", rich_help_panel=_HOW)] = False,
    verbose: Verbose = False,
) -> None:
    """Generate clients from an OpenAPI document, or everything that the configuration names."""
    from .generating import generate_command

    asked = {"typescript": typescript, "python": python, "go": go, "proto": proto}
    folders = {name: path for name, path in asked.items() if path is not None}
    switches = {"zod": zod, "fetchers": fetchers, "hooks": hooks, "package_files": package_files}
    generate_command(Request(
        spec,
        Outputs(folders, tuple(target or ()), switches, import_ending, tuple(option or ()), formatter, proto_package),
        Filters(
            (include_tag, include_path, include_operation, include_flag),
            (exclude_tag, exclude_path, exclude_operation, exclude_flag), exclude_deprecated,
        ),
        Run(check, dry_run, force, strict, watch, tuple(allow or ()), config, tuple(document or ()), verbose, tree),
    ))


@app.command()
def check(
    spec: Spec,
    format: Annotated[Format, typer.Option("--format", help="How to show the diagnostics.")] = Format.TEXT,
    strict: Strict = False,
    allow: Allow = None,
    verbose: Verbose = False,
) -> None:
    """Read a document and show every diagnostic; exit 1 where there is an error."""
    from .checking import check_command

    check_command(spec, format, strict=strict, allow=tuple(allow or ()), verbose=verbose)


@app.command()
def inspect(
    spec: Spec,
    include_tag: IncludeTag = None,
    exclude_tag: ExcludeTag = None,
    include_path: IncludePath = None,
    exclude_path: ExcludePath = None,
    include_operation: IncludeOperation = None,
    exclude_operation: ExcludeOperation = None,
    include_flag: IncludeFlag = None,
    exclude_flag: ExcludeFlag = None,
    exclude_deprecated: ExcludeDeprecated = False,
    allow: Allow = None,
) -> None:
    """Print what specloom understood of a document (its intermediate representation) as JSON."""
    from .checking import inspect_command

    filters = Filters(
        (include_tag, include_path, include_operation, include_flag),
        (exclude_tag, exclude_path, exclude_operation, exclude_flag), exclude_deprecated,
    )
    inspect_command(spec, filters, allow=tuple(allow or ()))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The document that existing clients know.", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The document as it is to be.", show_default=False)],
    format: Annotated[DiffFormat, typer.Option("--format", help="How to show the changes.")] = DiffFormat.TEXT,
    fail_on_breaking: Annotated[bool, typer.Option(
        "--fail-on-breaking", help="Exit 1 where a change breaks existing clients."
    )] = False,
    strict: Strict = False,
    allow: Allow = None,
    verbose: Verbose = False,
) -> None:
    """Show what changed between two documents, and whether existing clients break."""
    from .comparing import diff_command

    diff_command(
        old, new, format, fail_on_breaking=fail_on_breaking, strict=strict, allow=tuple(allow or ()), verbose=verbose
    )


@app.command()
def init(
    spec: Annotated[str | None, typer.Argument(metavar="SPEC", help="The OpenAPI document.", show_default=False)] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="What to call it; else the folder's name.")] = None,
    pyproject: Annotated[bool, typer.Option("--pyproject", help="Add to pyproject.toml, not to specloom.toml.")] = False,
) -> None:
    """Write a commented configuration into the current folder."""
    from .configuring import init_command

    init_command(spec, name, pyproject=pyproject)


@app.command()
def config_schema() -> None:
    """Print the JSON Schema of the configuration, with the options of every installed emitter."""
    from .configuring import schema_command

    schema_command()


@app.command(name="django", context_settings={"allow_interspersed_args": False})
def django_project(
    arguments: Annotated[list[str] | None, typer.Argument(
        metavar="COMMAND [ARGS]...", help="A command and its arguments; without one, their names.", show_default=False
    )] = None,
    settings: Annotated[str | None, typer.Option(
        "--settings", metavar="MODULE", help="The project's settings, such as shop.settings; else DJANGO_SETTINGS_MODULE."
    )] = None,
    path: Annotated[Path | None, typer.Option(
        "--pythonpath", metavar="DIR", help="The folder that holds the project's packages; else the current one."
    )] = None,
) -> None:
    """Run a command for Django projects (generate_api, revolution, ...) without manage.py."""
    from .managing import django_command

    django_command(settings, path, arguments or [])


lock = typer.Typer(help="The lock that keeps the numbers of .proto files.", no_args_is_help=True)
app.add_typer(lock, name="lock")


@lock.command()
def repair(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the generated .proto files.", show_default=False)],
) -> None:
    """Make a lock whole that a merge or an accident damaged; every number in use stays."""
    from .repairing import repair_command

    repair_command(folder)
