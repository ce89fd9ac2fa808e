/** What the shared table of cases says is what is written; and what JSON cannot say of it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { writeBody } from "./body";
import {
  cookieHeader,
  headerValue,
  path,
  queryString,
  styled,
  type CookieStyle,
  type HeaderStyle,
  type PathStyle,
  type QueryStyle,
} from "./params";

type Sent = string | null | { error: true };
type Case = { value: unknown; sent: Sent } & (
  | { in: "path"; name: string; style: PathStyle }
  | { in: "query"; name: string; style: QueryStyle }
  | { in: "header"; name: string; style: HeaderStyle }
  | { in: "cookie"; name: string; style: CookieStyle }
  | { in: "form"; encoding: Record<string, string> }
);

const cases: Case[] = JSON.parse(
  readFileSync(new URL("./wire_cases.json", import.meta.url), "utf8"),
);

function send(one: Case): string | null {
  switch (one.in) {
    case "path":
      return path`/x/${styled(one.style, one.name, one.value)}/y`().slice(
        3,
        -2,
      );
    case "query":
      return queryString([[one.name, one.value, one.style]]);
    case "cookie":
      return cookieHeader([[one.name, one.value, one.style]]);
    case "header": {
      const value = headerValue(one.value, one.style);
      return value === undefined
        ? null
        : Buffer.from(value, "latin1").toString("utf8");
    }
    case "form": {
      const body = writeBody({
        form: Object(one.value),
        encoding: one.encoding,
      });
      assert.equal(body?.type, "application/x-www-form-urlencoded");
      return String(body?.content);
    }
  }
}

for (const one of cases) {
  const { sent, ...what } = one;
  test(`wire: ${JSON.stringify(what)}`, () => {
    if (typeof sent === "object" && sent !== null)
      assert.throws(() => send(one), TypeError);
    else assert.equal(send(one), sent);
  });
}

test("defaults are simple, form, simple, form", () => {
  assert.equal(path`/a/${["x", "y"]}/b`(), "/a/x,y/b");
  assert.equal(
    queryString([
      ["a", ["x", "y"]],
      ["b", 1],
    ]),
    "a=x&a=y&b=1",
  );
  assert.equal(headerValue(["x", "y"]), "x,y");
  assert.equal(cookieHeader([["a", ["x", "y"]]]), "a=x; a=y");
});

test("absent parameters are left out, absent path parameters refused", () => {
  assert.equal(
    queryString([
      ["a", undefined],
      ["b", undefined, "json"],
      ["c", undefined, "deep"],
    ]),
    "",
  );
  assert.equal(headerValue(undefined, "json"), undefined);
  assert.equal(cookieHeader([["a", undefined, "json"]]), "");
  assert.throws(path`/a/${undefined}`, TypeError);
});

test("dates are RFC 3339, their fraction only where there is one", () => {
  const query = (value: unknown) => queryString([["d", value]]);
  assert.equal(
    query(new Date(Date.UTC(2026, 0, 31, 10))),
    "d=2026-01-31T10%3A00%3A00Z",
  );
  assert.equal(
    query([new Date(Date.UTC(2026, 0, 31, 10, 0, 0, 5))]),
    "d=2026-01-31T10%3A00%3A00.005Z",
  );
  assert.throws(() => query(new Date("nonsense")), TypeError);
});

test("what has no text is refused", () => {
  for (const value of [
    NaN,
    Infinity,
    -Infinity,
    () => 1,
    Symbol("a"),
    new Blob(["a"]),
    new Uint8Array(1),
  ]) {
    assert.throws(() => queryString([["a", value]]), TypeError, String(value));
    assert.throws(path`/${value}/`, TypeError, String(value));
  }
});

test("numbers", () => {
  assert.equal(
    queryString([["a", [-0, 10n ** 20n, 5e-324, 1.5]]]),
    "a=0&a=100000000000000000000&a=5e-324&a=1.5",
  );
});

test("a lone surrogate becomes U+FFFD", () => {
  assert.equal(queryString([["a\uD800", "\uDC00b"]]), "a%EF%BF%BD=%EF%BF%BDb");
});

test("a value cannot pass itself off as one that has been written", () => {
  assert.equal(path`/a/${{ styled: "../x" }}`(), "/a/styled,..%2Fx");
});

test("only a whole segment of dots is refused", () => {
  assert.equal(path`/a/${".."}.json`(), "/a/...json");
  assert.equal(path`/a/.${"x"}/${"a.b"}/`(), "/a/.x/a.b/");
  assert.throws(path`/a/${"."}./b`, TypeError);
  assert.throws(path`${".."}`, TypeError);
  assert.equal(path`/a/${"x"}?b=..`(), "/a/x?b=..");
});
