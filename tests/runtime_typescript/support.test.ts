/** Storage and log lines. */

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { APILogger, redactBody, redactHeaders, redactURL } from "./logger";
import { json, rejection, serve, SOON } from "./server";
import { API } from "./shop";
import {
  CookieStorageAdapter,
  LocalStorageAdapter,
  MemoryStorageAdapter,
  type StorageAdapter,
} from "./storage";

function define(t: TestContext, name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true });
  t.after(() => Reflect.deleteProperty(globalThis, name));
}

function behaves(storage: StorageAdapter): void {
  assert.equal(storage.getItem("a"), null);
  storage.setItem("a", "1;=ü");
  storage.setItem("__proto__", "2");
  assert.equal(storage.getItem("a"), "1;=ü");
  assert.equal(storage.getItem("__proto__"), "2");
  storage.removeItem("a");
  assert.equal(storage.getItem("a"), null);
}

test("storage where there is no browser", () => {
  for (const storage of [
    new MemoryStorageAdapter(),
    new LocalStorageAdapter(),
    new CookieStorageAdapter(),
  ])
    behaves(storage);
});

test("localStorage; and one that throws", (t) => {
  const items = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  define(t, "window", { localStorage });
  behaves(new LocalStorageAdapter());
  assert.deepEqual([...items.keys()], ["__proto__"]);
  localStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const full = new LocalStorageAdapter();
  items.set("a", "old");
  full.setItem("a", "new");
  assert.equal(full.getItem("a"), "new");
  define(t, "window", {
    get localStorage(): never {
      throw new DOMException("blocked", "SecurityError");
    },
  });
  behaves(new LocalStorageAdapter());
});

test("cookies: written safely, read back", (t) => {
  const written: string[] = [];
  const jar = new Map<string, string>();
  define(t, "location", { origin: "https://x", protocol: "https:" });
  define(t, "document", {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    set cookie(text: string) {
      written.push(text);
      const [, name = "", value = ""] = /^([^=]*)=([^;]*)/.exec(text) ?? [];
      if (text.includes("max-age=0")) jar.delete(name);
      else jar.set(name, value);
    },
  });
  behaves(new CookieStorageAdapter());
  assert.equal(written[0], "a=1%3B%3D%C3%BC; path=/; samesite=lax; secure");
  const options = {
    path: "/x",
    domain: "x.com",
    maxAge: 60,
    sameSite: "strict",
    secure: false,
  } as const;
  new CookieStorageAdapter(options).setItem("b", "1");
  assert.equal(
    written.at(-1),
    "b=1; path=/x; samesite=strict; domain=x.com; max-age=60",
  );
  jar.set("broken", "%zz");
  assert.equal(new CookieStorageAdapter().getItem("broken"), "%zz");
});

function recorder() {
  const lines: string[] = [];
  const write = (level: string) => (message: string, details?: object) =>
    void lines.push(
      `${level} ${message} ${details ? JSON.stringify(details) : ""}`,
    );
  const sink = {
    error: write("error"),
    warn: write("warn"),
    info: write("info"),
    debug: write("debug"),
  };
  return { lines, sink };
}

test("log lines by level, never with a secret", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, { token: "hush" }, 503),
  );
  const { lines, sink } = recorder();
  const logger = new APILogger({ level: "debug", sink });
  const settings = {
    logger,
    retry: { ...SOON, retries: 1, methods: "all" as const },
    headers: { "X-Plain": "seen" },
  };
  const api = new API(server.url, {
    ...settings,
    token: "hush",
    apiKey: { keyAuth: "hush" },
  });
  await rejection(api.products.login({ username: "me", password: "hush" }));
  await rejection(api.products.keyed());
  await rejection(
    api.products.list(
      {},
      { query: { api_key: "hush", access_token: "hush", page: 1 } },
    ),
  );
  await rejection(
    new API(server.url, {
      ...settings,
      apiKey: { queryAuth: "hush" },
    }).products.list(),
  );
  const text = lines.join("\n");
  assert.ok(!text.includes("hush"), text);
  for (const expected of [
    "seen",
    '"username":"me"',
    '"password":"***"',
    "api_key=***",
    "appid=***",
    "page=1",
    "warn APIError: 503",
    "info GET",
    "error APIError",
  ]) {
    assert.ok(text.includes(expected), `${expected} in\n${text}`);
  }
  lines.length = 0;
  logger.level = "warn";
  await rejection(api.products.list());
  assert.deepEqual(
    [...new Set(lines.map((line) => line.split(" ")[0]))],
    ["error", "warn"],
  );
  lines.length = 0;
  logger.level = "silent";
  await rejection(api.products.list());
  assert.deepEqual(lines, []);
});

test("errors tell no secret", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, {}, 400),
  );
  const api = new API(server.url, { apiKey: { queryAuth: "hush" } });
  const error = await rejection(
    api.products.list({}, { query: { password: "hush", q: "fine" } }),
  );
  assert.ok(error instanceof Error);
  assert.ok(
    !`${error.stack}${JSON.stringify(error)}`.includes("hush"),
    JSON.stringify(error),
  );
  assert.ok(JSON.stringify(error).includes("q=fine"));
  assert.ok(!error.message.includes("?"), error.message);
});

test("redaction", () => {
  assert.equal(
    redactURL("https://user:pw@x/a?token=1&a=2&X-Sig=3&sig=4#b"),
    "https://x/a?token=***&a=2&X-Sig=3&sig=***#b",
  );
  assert.equal(
    redactURL("https://x/a?App=1", new Set(["app"])),
    "https://x/a?App=***",
  );
  const headers = new Headers({
    Authorization: "a",
    Cookie: "b",
    "X-Api-Key": "c",
    Accept: "d",
    "X-Mine": "e",
  });
  assert.deepEqual(redactHeaders(headers, new Set(["x-mine"])), {
    accept: "d",
    authorization: "***",
    cookie: "***",
    "x-api-key": "***",
    "x-mine": "***",
  });
  const circle: Record<string, unknown> = {
    list: [{ refresh_token: "x", a: 1 }],
    file: new Blob([]),
    n: null,
  };
  circle["self"] = circle;
  assert.equal(redactBody("password=x"), "[10 characters]");
  const told = JSON.stringify(redactBody(circle));
  assert.ok(
    told.startsWith(
      '{"list":[{"refresh_token":"***","a":1}],"file":"[Blob]","n":null,"self":{',
    ),
    told,
  );
});
