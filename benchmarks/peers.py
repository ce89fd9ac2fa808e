"""The generators that specloom is compared with: how each is installed and called for the nearest thing it can do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import specloom

ROOT = Path(__file__).parents[1]
HOME = ROOT / "build" / "bench"
NPM = HOME / "node_modules" / ".bin"
VENV = HOME / "venv"
ORVAL_CONFIG = """\
export default {
  api: {
    input: { target: process.env.BENCH_SPEC },
    output: { target: process.env.BENCH_OUT + "/api.ts", client: "swr", mode: "tags-split", httpClient: "fetch" },
  },
};
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator; ``command`` makes its command line from the document and the target folder."""

    name: str
    language: str
    command: Callable[[Path, Path], list[str | Path]]


def hey_api(spec: Path, out: Path) -> list[str | Path]:
    plugins = ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch", "zod"]
    return [NPM / "openapi-ts", "-i", spec, "-o", out, "-p", *plugins]


def orval(spec: Path, out: Path) -> list[str | Path]:
    return [NPM / "orval", "--config", HOME / "orval.config.mjs"]


def openapi_typescript(spec: Path, out: Path) -> list[str | Path]:
    return [NPM / "openapi-typescript", spec, "-o", out / "api.ts"]


def openapi_python_client(spec: Path, out: Path) -> list[str | Path]:
    target: list[str | Path] = ["--output-path", out, "--meta", "none", "--overwrite"]
    return [VENV / "bin" / "openapi-python-client", "generate", "--path", spec, *target]


def datamodel_code_generator(spec: Path, out: Path) -> list[str | Path]:
    """It wants a folder where a schema's name has a dot, which it takes for a module's, and a file elsewhere."""
    kind = ["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"]
    has_modules = any("." in name for name in specloom.load(spec).schemas)
    return [VENV / "bin" / "datamodel-codegen", "--input", spec, "--output", out if has_modules else out / "models.py", *kind]


def oapi_codegen(spec: Path, out: Path) -> list[str | Path]:
    return [HOME / "oapi-codegen", "-generate", "types,client", "-package", "api", "-o", out / "api.gen.go", spec]


PEERS = (
    Peer("@hey-api/openapi-ts (types, sdk, fetch, zod)", "typescript", hey_api),
    Peer("orval (swr, fetch)", "typescript", orval),
    Peer("openapi-typescript (types only)", "typescript", openapi_typescript),
    Peer("openapi-python-client", "python", openapi_python_client),
    Peer("datamodel-code-generator (models only)", "python", datamodel_code_generator),
    Peer("oapi-codegen (types, client)", "go", oapi_codegen),
)


def environment(spec: Path, out: Path) -> dict[str, str]:
    """What the peers read from the environment: orval's configuration, and where openapi-python-client finds ruff."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    node = {"NO_COLOR": "1", "NODE_OPTIONS": "--max-old-space-size=8192"}
    return {"BENCH_SPEC": str(spec), "BENCH_OUT": str(out), "PATH": path, **node}


def install() -> None:
    """Brings the peers into ``build/bench``, once, at the versions of the lock files here."""
    HOME.mkdir(parents=True, exist_ok=True)
    (HOME / "orval.config.mjs").write_text(ORVAL_CONFIG)
    here = Path(__file__).parent
    locks = "".join((here / name).read_text() for name in ("package-lock.json", "requirements.lock", "golang/go.sum"))
    stamp = HOME / "installed"
    if stamp.exists() and stamp.read_text() == locks:
        return
    print("Installing the peers into build/bench", flush=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(here / name, HOME)
    shutil.copy(ROOT / ".npmrc", HOME)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HOME, check=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    subprocess.run([VENV / "bin" / "pip", "install", "--quiet", "-r", here / "requirements.lock"], check=True)
    go = ["go", "install", "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen"]
    subprocess.run(go, cwd=here / "golang", check=True, env={**os.environ, "GOBIN": str(HOME), "GOFLAGS": "-mod=readonly"})
    stamp.write_text(locks)
