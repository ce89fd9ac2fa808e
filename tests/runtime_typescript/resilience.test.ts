/** Retries, time limits, cancelling, redirects, tokens, CSRF: what happens when things do not go well. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { KeepAliveFetchAdapter, type FetchInit } from "./adapters";
import { APIError, NetworkError, TimeoutError } from "./errors";
import { DEFAULT_RETRY_CONFIG, retryAfter, retryDelay } from "./retry";
import { json, rejection, serve, SOON, text, type Server } from "./server";
import { API } from "./shop";
import { MemoryStorageAdapter } from "./storage";

const empty = { count: 0, results: [] };
const authorizations = (server: Server) =>
  server.seen.map(({ headers }) => headers["authorization"]);

test("idempotent methods are tried again, at most twice", async (t) => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    const server = await serve(t, (_request, response, number) =>
      json(response, empty, number < 3 ? status : 200),
    );
    await new API(server.url, { retry: SOON }).products.list();
    assert.equal(server.seen.length, 3, String(status));
  }
  const server = await serve(t, (_request, response) =>
    json(response, {}, 503),
  );
  const error = await rejection(
    new API(server.url, { retry: SOON }).products.list(),
  );
  assert.ok(error instanceof APIError && error.status === 503);
  assert.equal(server.seen.length, 3);
});

test("other statuses and methods are not, unless asked for", async (t) => {
  const server = await serve(t, (request, response) =>
    json(response, {}, request.url.includes("501") ? 501 : 503),
  );
  const api = new API(server.url, { retry: SOON });
  const tries = async (call: () => PromiseLike<unknown>) => {
    server.seen.length = 0;
    await rejection(call());
    return server.seen.length;
  };
  assert.equal(await tries(() => api.http.json("GET", "/501")), 1);
  assert.equal(await tries(() => api.products.create({ name: "" })), 1);
  assert.equal(await tries(() => api.products.partialUpdate(1)), 1);
  assert.equal(await tries(() => api.products.destroy(1)), 3);
  assert.equal(
    await tries(() =>
      api.products.create({ name: "" }, { retry: { methods: ["POST"] } }),
    ),
    3,
  );
  assert.equal(
    await tries(() =>
      api.products.create(
        { name: "" },
        { retry: { methods: "all", retries: 1 } },
      ),
    ),
    2,
  );
  assert.equal(await tries(() => api.products.list({}, { retry: false })), 1);
  assert.equal(
    await tries(() => api.products.list({}, { retry: { retries: 4 } })),
    5,
  );
  assert.equal(
    await tries(() => new API(server.url, { retry: false }).products.list()),
    1,
  );
});

test("bodies are sent again, but for streams", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, {}, 503),
  );
  const { products } = new API(server.url, { retry: SOON });
  await rejection(products.upload(new Blob(["again"])));
  assert.deepEqual(
    server.seen.map(({ body }) => body),
    ["again", "again", "again"],
  );
  server.seen.length = 0;
  const error = await rejection(products.upload(new Blob(["once"]).stream()));
  assert.ok(error instanceof APIError, String(error));
  assert.deepEqual(
    server.seen.map(({ body }) => body),
    ["once"],
  );
});

test("Retry-After, as it should be and as it comes", () => {
  const now = Date.UTC(2026, 0, 1);
  assert.equal(retryAfter("3", now), 3000);
  assert.equal(retryAfter(" 0 ", now), 0);
  assert.equal(retryAfter("Thu, 01 Jan 2026 00:00:05 GMT", now), 5000);
  assert.equal(retryAfter("Thursday, 01-Jan-26 00:00:05 GMT", now), 5000);
  assert.equal(retryAfter("Wed, 31 Dec 2025 23:00:00 GMT", now), 0);
  for (const nonsense of [
    null,
    "",
    "soon",
    "-1",
    "1.5",
    "3s",
    "0x10",
    "Thu, 99 Foo 2026",
    "2026-01-01T00:00:05Z",
    "Monday",
  ]) {
    assert.equal(retryAfter(nonsense, now), undefined, String(nonsense));
  }
});

test("how long to wait", () => {
  const delay = (attempts: number, after?: string) =>
    retryDelay(
      {
        method: "GET",
        attempts,
        status: 503,
        headers: new Headers(
          after === undefined ? {} : { "retry-after": after },
        ),
      },
      { ...DEFAULT_RETRY_CONFIG, retries: 20 },
    );
  for (let attempts = 1; attempts <= 20; attempts++) {
    const wait = delay(attempts) ?? -1;
    assert.ok(
      wait >= 0 && wait <= Math.min(8000, 500 * 2 ** (attempts - 1)),
      `${attempts}: ${wait}`,
    );
  }
  assert.ok(
    new Set(Array.from({ length: 20 }, () => delay(5))).size > 1,
    "jitter",
  );
  assert.equal(delay(1, "2"), 2000);
  assert.equal(delay(1, "61"), undefined);
  assert.ok((delay(1, "nonsense") ?? -1) >= 0);
  assert.equal(delay(21), undefined);
  const careless = { ...DEFAULT_RETRY_CONFIG, retries: NaN };
  assert.equal(retryDelay({ method: "GET", attempts: 1 }, careless), undefined);
});

test("Retry-After is waited for; too long is an error at once", async (t) => {
  let after = "1";
  const server = await serve(t, (_request, response, number) => {
    json(
      response,
      empty,
      number === 1 ? 429 : 200,
      number === 1 ? { "retry-after": after } : {},
    );
  });
  const began = Date.now();
  await new API(server.url).products.list();
  assert.ok(Date.now() - began >= 990);
  after = "3600";
  server.seen.length = 0;
  assert.ok(
    (await rejection(new API(server.url).products.list())) instanceof APIError,
  );
  assert.equal(server.seen.length, 1);
});

test("a connection that is refused or breaks is a NetworkError, and tried again", async (t) => {
  const refused = await rejection(
    new API("http://127.0.0.1:9", { retry: false }).products.list(),
  );
  assert.ok(
    refused instanceof NetworkError && !(refused instanceof TimeoutError),
  );
  assert.ok(refused.cause instanceof TypeError);
  const server = await serve(t, (request, response, number) => {
    if (number === 1) return request && response.destroy();
    if (number === 2) {
      response.writeHead(200, {
        "content-length": "1000",
        "content-type": "application/json",
      });
      response.write('{"count"');
      return setTimeout(() => response.destroy(), 10);
    }
    return json(response, empty);
  });
  const api = new API(server.url, { retry: SOON });
  assert.deepEqual(await api.products.list(), empty);
  assert.equal(server.seen.length, 3);
  server.seen.length = 0;
  assert.ok(
    (await rejection(api.products.create({ name: "" }))) instanceof
      NetworkError,
  );
  assert.equal(server.seen.length, 1);
});

test("time limits: for the answer and for its body, per client and per call", async (t) => {
  const server = await serve(t, (request, response) => {
    if (request.url.includes("slow-body")) {
      response.writeHead(200, { "content-type": "application/json" });
      response.write("[");
    } else if (request.url.includes("late")) {
      setTimeout(() => json(response, empty), 600);
    }
  });
  const { http } = new API(server.url, {
    timeout: 400,
    retry: { ...SOON, retries: 1 },
  });
  for (const path of ["/never", "/slow-body"]) {
    const error = await rejection(http.json("GET", path));
    assert.ok(
      error instanceof TimeoutError && error instanceof NetworkError,
      String(error),
    );
    assert.match(error.message, /^No answer within 400 ms: GET http/);
  }
  assert.equal(server.seen.length, 4, "tried again");
  for (const timeout of [0, 60_000, Infinity]) {
    assert.deepEqual(
      await http.json("GET", "/late", { options: { timeout } }),
      empty,
    );
  }
});

test("the caller's abort: before, during, while waiting for the next try", async (t) => {
  const during = new AbortController();
  const server = await serve(t, (request, response) => {
    if (request.url.includes("503")) json(response, {}, 503);
    else during.abort(new Error("mine"));
  });
  const { http, products } = new API(server.url);
  const early = AbortSignal.abort();
  const reason = await rejection(products.list({}, { signal: early }));
  assert.ok(reason instanceof DOMException && reason.name === "AbortError");
  assert.equal(server.seen.length, 0);

  const mine = await rejection(products.list({}, { signal: during.signal }));
  assert.match(String(mine), /mine/);
  assert.equal(server.seen.length, 1, "not tried again");

  const waiting = new AbortController();
  t.mock.method(Math, "random", () => {
    setTimeout(() => waiting.abort("no more"), 10);
    return 1;
  });
  const options = {
    signal: waiting.signal,
    retry: { minDelay: 600_000, maxDelay: 600_000 },
  };
  assert.equal(
    await rejection(http.json("GET", "/503", { options })),
    "no more",
  );
  assert.equal(server.seen.length, 2);
});

test("a signal that lives long collects no listeners", async (t) => {
  const server = await serve(t, (_request, response) => json(response, empty));
  const { signal } = new AbortController();
  const added = t.mock.method(signal, "addEventListener");
  const removed = t.mock.method(signal, "removeEventListener");
  const api = new API(server.url);
  for (let i = 0; i < 5; i++) await api.products.list({}, { signal });
  assert.equal(added.mock.callCount(), 5);
  assert.equal(removed.mock.callCount(), 5);
});

test("redirects on the same origin keep credentials; to another one they lose them", async (t) => {
  const other = await serve(t, (_request, response) =>
    json(response, { id: 2, name: "other" }),
  );
  const server: Server = await serve(t, (request, response) => {
    if (request.url.includes("here"))
      return json(response, { id: 1, name: "here" });
    const location =
      request.url.includes("keyed") || request.url.includes("away")
        ? `${other.url}/x`
        : "/here?x=1";
    return response.writeHead(302, { location }).end();
  });
  const api = new API(server.url, {
    token: "secret-token",
    apiKey: { keyAuth: "secret-shop" },
    headers: { "X-Api-Key": "secret-key", Cookie: "secret=1" },
  });
  assert.equal((await api.products.retrieve(1)).name, "here");
  assert.equal(server.seen[1]?.headers["authorization"], "Bearer secret-token");
  assert.equal(server.seen[1]?.headers["x-api-key"], "secret-key");
  const { data, url } = await api.products
    .keyed({ headers: { "X-Plain": "1" } })
    .withResponse();
  assert.deepEqual([data.name, url], ["other", `${other.url}/x`]);
  assert.equal(server.seen[2]?.headers["x-shop-id"], "secret-shop");
  assert.equal(other.seen[0]?.headers["x-plain"], "1");
  await new API(server.url, { token: "secret-token" }).http.json(
    "GET",
    "/away",
  );
  assert.equal(other.seen.length, 2);
  assert.ok(!JSON.stringify(other.seen).includes("secret"));
});

test("redirects with a body: 303 becomes GET, 307 sends it again, circles end", async (t) => {
  const server = await serve(t, (request, response) => {
    const status = Number(request.url.slice(1, 4));
    if (!status) return json(response, empty);
    return response
      .writeHead(status, { location: status === 301 ? "/301" : "/done" })
      .end();
  });
  const { http } = new API(server.url, {
    headers: { "X-Api-Key": "k" },
    retry: false,
  });
  const call = { body: { a: 1 } };
  await http.json("POST", "/303", call);
  assert.deepEqual(
    [
      server.seen[1]?.method,
      server.seen[1]?.body,
      server.seen[1]?.headers["content-type"],
    ],
    ["GET", "", undefined],
  );
  await http.json("POST", "/307", call);
  assert.deepEqual(
    [server.seen[3]?.method, server.seen[3]?.body],
    ["POST", '{"a":1}'],
  );
  await http.json("PUT", "/302", call);
  assert.deepEqual(
    [server.seen[5]?.method, server.seen[5]?.body],
    ["PUT", '{"a":1}'],
  );
  const error = await rejection(http.json("GET", "/301"));
  assert.ok(error instanceof NetworkError);
  assert.match(String(error.cause), /redirects/);
});

test("a browser's opaque redirect is an error when a key would travel", async () => {
  const opaque = Response.error();
  Object.defineProperty(opaque, "type", { value: "opaqueredirect" });
  const api = new API("https://shop.example.com", {
    apiKey: { keyAuth: "k" },
    fetch: async () => opaque,
    retry: false,
  });
  assert.ok((await rejection(api.products.keyed())) instanceof NetworkError);
});

test("security: the first alternative that is known", async (t) => {
  const server = await serve(t, (_request, response) => json(response, empty));
  const api = new API(server.url);
  const sent = async () => {
    server.seen.length = 0;
    await api.products.list();
    const [seen] = server.seen;
    return [seen?.url, seen?.headers["authorization"], seen?.headers["cookie"]];
  };
  const path = "/api/products/";
  assert.deepEqual(await sent(), [path, undefined, undefined]);
  api.setApiKey({ queryAuth: "a&b" });
  assert.deepEqual(await sent(), [`${path}?appid=a%26b`, undefined, undefined]);
  api.setBasic({ username: "ü", password: "p:w" });
  assert.deepEqual(await sent(), [
    path,
    `Basic ${Buffer.from("ü:p:w").toString("base64")}`,
    undefined,
  ]);
  api.setToken("t");
  assert.deepEqual(await sent(), [path, "Bearer t", undefined]);
  api.setApiKey("k");
  assert.deepEqual(await sent(), [path, undefined, "sessionid=k"]);
  await api.http.json("GET", "/x", {
    security: [["keyAuth", "bearerAuth"], []],
  });
  assert.equal(server.seen[1]?.headers["x-shop-id"], "k");
  assert.equal(server.seen[1]?.headers["authorization"], "Bearer t");
  await api.http.json("GET", "/x", { security: [] });
  await api.http.json("GET", "/x", { security: [["nonsense"]] });
  await api.products.list({}, { auth: false });
  assert.ok(
    !/Bearer|sessionid|x-shop-id/.test(JSON.stringify(server.seen.slice(2))),
  );
});

test("tokens: kept in the storage, or asked for", async (t) => {
  const server = await serve(t, (_request, response) => json(response, empty));
  const storage = new MemoryStorageAdapter();
  const api = new API(server.url, { storage, token: "a", refreshToken: "r" });
  assert.deepEqual(
    [api.isAuthenticated(), api.getToken(), api.getRefreshToken()],
    [true, "a", "r"],
  );
  assert.equal(storage.getItem("auth_token"), "a");
  assert.equal(storage.getItem("refresh_auth_token"), "r");
  api.setToken("b");
  assert.deepEqual([api.getToken(), api.getRefreshToken()], ["b", "r"]);
  assert.equal(new API(server.url, { storage }).getToken(), "b");
  api.clearTokens();
  assert.deepEqual(
    [api.isAuthenticated(), api.getToken(), api.getRefreshToken()],
    [false, null, null],
  );
  let number = 0;
  const asking = new API(server.url, { token: async () => `n${++number}` });
  await asking.products.list();
  await asking.products.list();
  assert.deepEqual(authorizations(server), ["Bearer n1", "Bearer n2"]);
});

/** Takes only the token "new"; refreshes "r". */
function guarded(
  t: Parameters<typeof serve>[0],
  refreshStatus = 200,
): Promise<Server> {
  return serve(t, async (request, response) => {
    if (request.url === "/api/login/") {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return json(response, { access: "new" }, refreshStatus);
    }
    return request.headers["authorization"] === "Bearer new"
      ? json(response, empty)
      : json(response, { detail: "expired" }, 401);
  });
}

test("refresh: once for all that wait, each is sent once again", async (t) => {
  const server = await guarded(t);
  const refreshed: string[] = [];
  const api: API = new API(server.url, {
    token: "old",
    refreshToken: "r",
    refresh: async (refreshToken) => {
      refreshed.push(refreshToken);
      const { access } = await api.products.login({
        username: "",
        password: refreshToken,
      });
      return { access, refresh: "r2" };
    },
  });
  await Promise.all([
    api.products.list(),
    api.products.list(),
    api.products.create({ name: "" }),
  ]);
  assert.deepEqual(refreshed, ["r"]);
  assert.deepEqual([api.getToken(), api.getRefreshToken()], ["new", "r2"]);
  assert.equal(
    server.seen.filter(({ url }) => url === "/api/login/").length,
    1,
  );
  assert.equal(server.seen.length, 7);
});

test("refresh: the hook's own request, refused with 401, does not wait for itself", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, {}, 401),
  );
  const api: API = new API(server.url, {
    token: "old",
    refreshToken: "r",
    // An operation for which no security is known to be needed, so the token would go with it.
    refresh: () => api.http.json("POST", "/refresh"),
  });
  const error = await rejection(api.products.list());
  assert.ok(error instanceof APIError && error.status === 401);
  assert.deepEqual(
    server.seen.map(({ url }) => url),
    ["/api/products/", "/refresh"],
  );
  assert.deepEqual(authorizations(server), ["Bearer old", undefined]);
  assert.equal(
    api.isAuthenticated(),
    false,
    "the server refused the refresh token",
  );
});

test("refresh: null logs out; trouble on the way does not; still 401 is not refreshed again", async (t) => {
  const server = await guarded(t);
  const settings = { token: "old", refreshToken: "r" };
  const out = new API(server.url, { ...settings, refresh: async () => null });
  assert.ok((await rejection(out.products.list())) instanceof APIError);
  assert.equal(out.isAuthenticated(), false);
  const offline = new API(server.url, {
    ...settings,
    refresh: () => {
      throw new Error("offline");
    },
  });
  assert.ok((await rejection(offline.products.list())) instanceof APIError);
  assert.equal(offline.getRefreshToken(), "r");
  let calls = 0;
  const still = new API(server.url, {
    ...settings,
    refresh: async () => ({ access: `bad${++calls}` }),
  });
  server.seen.length = 0;
  assert.ok((await rejection(still.products.list())) instanceof APIError);
  assert.equal(calls, 1);
  assert.equal(server.seen.length, 2);
  const none = new API(server.url, { ...settings });
  assert.ok((await rejection(none.products.list())) instanceof APIError);
  assert.equal(none.isAuthenticated(), true);
});

test("refresh: trouble at the token's server logs nobody out", async (t) => {
  const server = await guarded(t, 503);
  const api: API = new API(server.url, {
    token: "old",
    refreshToken: "r",
    retry: false,
    refresh: () => api.products.login({ username: "", password: "" }),
  });
  const error = await rejection(api.products.list());
  assert.ok(error instanceof APIError && error.status === 401);
  assert.equal(api.getRefreshToken(), "r");
});

test("refresh: who hears late that the token is old takes the new one", async (t) => {
  const server = await serve(t, async (request, response) => {
    if (request.headers["authorization"] === "Bearer new")
      return json(response, empty);
    if (request.method === "POST")
      await new Promise((resolve) => setTimeout(resolve, 60));
    return json(response, {}, 401);
  });
  let calls = 0;
  const refresh = async () => (++calls === 1 ? { access: "new" } : null);
  const api = new API(server.url, { token: "old", refreshToken: "r", refresh });
  const late = api.products.create({ name: "" });
  await api.products.list();
  await late;
  assert.equal(calls, 1);
});

test("no credential of any kind goes to another origin", async (t) => {
  const server = await serve(t, (_request, response) => json(response, empty));
  const api = new API("https://shop.example.com", {
    apiKey: "secret",
    basic: { username: "secret", password: "secret" },
    token: "secret",
    csrf: { token: () => "secret" },
  });
  const url = new URL(`${server.url}/x?a=1`);
  for (const scheme of [
    "bearerAuth",
    "basicAuth",
    "cookieAuth",
    "keyAuth",
    "queryAuth",
  ]) {
    await api.http.json("POST", url, { security: [[scheme]] });
  }
  assert.equal(server.seen.length, 5);
  assert.deepEqual(
    [...new Set(server.seen.map((seen) => seen.url))],
    ["/x?a=1"],
  );
  assert.ok(!/secret|authorization|cookie/.test(JSON.stringify(server.seen)));
});

test("refresh: a stream cannot be sent again", async (t) => {
  const server = await guarded(t);
  let calls = 0;
  const api = new API(server.url, {
    token: "old",
    refreshToken: "r",
    refresh: async () => ({ access: `${++calls}` }),
  });
  assert.ok(
    (await rejection(api.products.upload(new Blob(["x"]).stream()))) instanceof
      APIError,
  );
  assert.equal(calls, 0);
});

/** Pretends that there is a page for the length of a test. */
function page(
  t: Parameters<typeof serve>[0],
  origin: string,
  cookie: string,
): { cookie: string } {
  const document = { cookie };
  const fakes = { document, location: { origin, protocol: "https:" } };
  for (const [name, value] of Object.entries(fakes)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  t.after(() => {
    for (const name of Object.keys(fakes))
      Reflect.deleteProperty(globalThis, name);
  });
  return document;
}

test("CSRF: from the page's cookie to the page's own origin, on unsafe methods", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, { id: 1, name: "" }),
  );
  const other = await serve(t, (_request, response) =>
    json(response, { id: 1, name: "" }),
  );
  page(t, server.url, "a=b; csrftoken=tok%2Ben; c=d");
  const api = new API(server.url);
  assert.equal(api.getCsrfToken(), "tok+en");
  await api.products.create({ name: "" });
  await api.products.list();
  await new API("").products.create({ name: "" });
  await new API(server.url, { csrf: false }).products.create({ name: "" });
  await new API(server.url, {
    csrf: { cookieName: "c", headerName: "X-C" },
  }).products.create({ name: "" });
  assert.deepEqual(
    server.seen.map(({ headers }) => headers["x-csrftoken"] ?? headers["x-c"]),
    ["tok+en", undefined, "tok+en", undefined, "d"],
  );
  await new API(other.url).products.create({ name: "" });
  await new API(other.url, { csrf: { origins: [other.url] } }).products.create({
    name: "",
  });
  assert.deepEqual(
    other.seen.map(({ headers }) => headers["x-csrftoken"]),
    [undefined, "tok+en"],
  );
});

test("a page without an origin", async (t) => {
  const server = await serve(t, (_request, response) => json(response, empty));
  page(t, "null", "csrftoken=x");
  await new API(server.url).products.list();
  await new API(server.url).products.create({ name: "" });
  assert.equal(server.seen[1]?.headers["x-csrftoken"], undefined);
  const lost = await rejection(new API("/api").products.list());
  assert.match(String(lost), /base URL "\/api" is not absolute/);
});

test("CSRF without a page: what the caller gives", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, { id: 1, name: "" }),
  );
  const api = new API(server.url, { csrf: { token: () => "given" } });
  await api.products.create({ name: "" });
  await new API(server.url).products.create({ name: "" });
  assert.deepEqual(
    server.seen.map(({ headers }) => headers["x-csrftoken"]),
    ["given", undefined],
  );
});

test("fetch and adapters can be replaced; credentials are passed on, but not to strangers", async () => {
  const seen: [string, FetchInit][] = [];
  const fetch = async (url: string, init: FetchInit) => {
    seen.push([url, init]);
    return new Response('{"count":0,"results":[]}');
  };
  const api = new API("https://a.example.com", {
    fetch,
    credentials: "include",
  });
  await api.products.list();
  await api.http.json("GET", new URL("https://b.example.com/x"));
  await new API("https://a.example.com", {
    adapter: new KeepAliveFetchAdapter(fetch),
  }).products.list();
  assert.deepEqual(
    seen.map(([url]) => url),
    [
      "https://a.example.com/api/products/",
      "https://b.example.com/x",
      "https://a.example.com/api/products/",
    ],
  );
  assert.deepEqual(
    seen.map(([, init]) => init.credentials),
    ["include", "omit", undefined],
  );
  assert.deepEqual(
    seen.map(([, init]) => init.keepalive),
    [undefined, undefined, true],
  );
});

test("an HTML page instead of JSON", async (t) => {
  const server = await serve(t, (_request, response) =>
    text(response, "<html>", "text/html", 502),
  );
  const error = await rejection(
    new API(server.url, { retry: SOON }).products.list(),
  );
  assert.ok(error instanceof APIError);
  assert.deepEqual([error.status, error.body], [502, "<html>"]);
});
