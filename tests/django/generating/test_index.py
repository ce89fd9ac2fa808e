"""The index over all groups: compiles, is Prettier's fixed point, and makes one API of several."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import specloom
from specloom.builders.typescript.groups import client_groups, groups_file
from specloom.printers.typescript import print_file
from tests.harness.tools import node, run, write_files
from tests.harness.typescript import bundle, compile_typescript, prettier_changes

from .projects import document

PUBLIC, ODD = ("public", "internal"), (
    "public", "class", "shop-api", "shop_api", "shopApi", "2fa", "setToken", "API", "-", "_", "constructor", "a" * 60,
    "API_options",
)
SCENES: dict[str, tuple[tuple[str, ...], str]] = {
    "one": (("catalog",), ""), "two": (PUBLIC, ""), "odd": (ODD, ""), "js": (PUBLIC, ".js"), "ts": (PUBLIC, ".ts"),
}
USE = """\
import { API, MemoryStorageAdapter, internal, publicApi, setAPIInstance, type APIOptions } from "./index%(ending)s";

const options: APIOptions = { storage: new MemoryStorageAdapter(), logger: { level: "error" } };
const api = new API("https://shop.example.com", options);
const mine: Promise<publicApi.Thing> = api.public.things.retrieve(1);
const yours: Promise<internal.Thing> = api.internal.things.retrieve(2);
api.setToken("access", null);
api.setToken("access");
api.setApiKey({ jwtAuth: "key" });
api.setBasic({ username: "me", password: "secret" });
const known: [string | null, boolean, string | undefined, string] =
  [api.getToken(), api.isAuthenticated(), api.getLocale(), api.getBaseUrl()];
// @ts-expect-error: the groups stay what they are
api.public = api.public;
// @ts-expect-error: an address is needed
new API();
setAPIInstance(api);
const same: internal.API = internal.getAPIInstance();
void [mine, yours, known, same];
"""


def scene(names: tuple[str, ...], ending: str) -> dict[str, str]:
    """The index over as many copies of one client as there are names."""
    api = specloom.load(document("A shop", path="things"))
    client = specloom.emit(api, "typescript", import_ending=ending)
    made = groups_file(client_groups(names), "Shop API")
    files = {f"{name}/{path}": text for name in names for path, text in client.items()}
    return {**files, "index.ts": print_file(made, import_ending=ending)}


def test_every_index_compiles_and_is_a_fixed_point_of_prettier(tmp_path: Path) -> None:
    for name, (names, ending) in SCENES.items():
        files = scene(names, ending)
        if names == PUBLIC:
            files["use.ts"] = USE % {"ending": ending}
        write_files(files, tmp_path / name)
    assert compile_typescript(tmp_path, tuple(SCENES)) == []
    assert prettier_changes(tmp_path, [f"{name}/index.ts" for name in SCENES]) == []


RUN = """\
import assert from "node:assert/strict";
import { API, internal, setAPIInstance } from "./index";

let good = "second";
let refreshes = 0;
const seen: string[] = [];
const api = new API("https://shop.example.com", {
  token: "first",
  refreshToken: "refresh",
  fetch: async (input, init) => {
    const request = new Request(input, init);
    const token = request.headers.get("Authorization");
    seen.push(`${new URL(request.url).host} ${token} ${request.headers.get("Accept-Language")}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (token !== null && token !== `Bearer ${good}`) return Response.json({ detail: "expired" }, { status: 401 });
    return Response.json({ id: 1, name: token ?? "nobody" });
  },
  // It asks one of the groups, as a real one does: that request must neither carry the old token nor wait for itself.
  refresh: async () => {
    refreshes += 1;
    const { name } = await api.public.things.retrieve(0);
    assert.equal(name, "nobody");
    return { access: good };
  },
});
assert.equal(api.internal.getToken(), "first");
assert.throws(() => internal.getAPIInstance(), /setAPIInstance/);
setAPIInstance(api);
assert.equal(internal.getAPIInstance(), api.internal);
const found = await Promise.all([1, 2, 3].map((id) => (id === 1 ? api.public : api.internal).things.retrieve(id)));
assert.deepEqual(found.map((thing) => thing.name), Array(3).fill("Bearer second"));
assert.equal(refreshes, 1, "tokens are refreshed once for all groups");
assert.equal(api.getToken(), "second");
good = "third";
api.setToken("third");
api.setBaseUrl("https://other.example.com");
api.setLocale("de");
seen.length = 0;
await Promise.all([api.public.things.retrieve(1), api.internal.things.retrieve(2)]);
assert.deepEqual(seen, Array(2).fill("other.example.com Bearer third de"));
api.clearTokens();
assert.equal(api.isAuthenticated() || api.internal.isAuthenticated() || api.public.isAuthenticated(), false);
console.log("done");
"""


def test_groups_share_their_tokens_and_refresh_them_once(tmp_path: Path) -> None:
    write_files({**scene(PUBLIC, ""), "run.ts": RUN}, tmp_path)
    bundle(tmp_path / "run.ts", tmp_path / "run.mjs")
    done = run([node(), tmp_path / "run.mjs"], tmp_path)
    assert done.stdout == "done\n", done.stderr


@given(st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True), min_size=1, max_size=12, unique=True))
def test_names_of_groups_never_clash_and_do_not_depend_on_later_ones(names: list[str]) -> None:
    found = client_groups(names)
    assert [group.folder for group in found] == names
    for part in ("property", "namespace"):
        given_names = [getattr(group, part) for group in found]
        assert len(set(given_names)) == len(names)
        assert all(name.isidentifier() for name in given_names)
    assert client_groups(names[:-1]) == found[:-1]
