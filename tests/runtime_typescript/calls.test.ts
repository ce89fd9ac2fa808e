/** What a call sends, and what comes of the answer. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";

import { serverUrl } from "./base-api";
import {
  APIError,
  isAPIError,
  NetworkError,
  onValidationError,
  parse,
  ResponseParseError,
  ResponseValidationError,
} from "./errors";
import { json, rejection, serve, text } from "./server";
import {
  API,
  type CreateProductErrors,
  type Product,
  type ValidationError,
} from "./shop";

const lamp: Product = { id: 1, name: "Lamp" };

test("a call sends method, path, query and headers, and gives what came", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, { count: 0, results: [] }),
  );
  const api = new API(`${server.url}/`, {
    headers: { "X-Client": "é" },
    locale: "de",
  });
  const page = await api.products.list(
    { page: 2, status: ["a,b", "c"] },
    {
      query: { extra: ["x", "y"] },
      headers: { "X-Call": "1", "X-Client": null },
    },
  );
  assert.deepEqual(page, { count: 0, results: [] });
  const [seen] = server.seen;
  assert.equal(
    seen?.url,
    "/api/products/?page=2&status=a%2Cb,c&extra=x&extra=y",
  );
  assert.equal(seen?.headers["accept"], "application/json");
  assert.equal(seen?.headers["accept-language"], "de");
  assert.equal(seen?.headers["x-call"], "1");
  assert.equal(seen?.headers["x-client"], undefined);
  assert.equal(seen?.headers["content-type"], undefined);
  await api.http.json("GET", "/x", { accept: undefined, query: undefined });
  assert.equal(server.seen.pop()?.headers["accept"], "application/json");
  api.setLocale(undefined);
  await api.products.list();
  assert.equal(
    server.seen[1]?.headers["x-client"],
    Buffer.from("é").toString("latin1"),
  );
  assert.notEqual(server.seen[1]?.headers["accept-language"], "de");
});

test("path parameters are encoded; bad ones reject the promise before anything is sent", async (t) => {
  const server = await serve(t, (_request, response) => json(response, lamp));
  const api = new API(server.url);
  await api.products.retrieve("a/b ?#é'");
  assert.equal(server.seen[0]?.url, "/api/products/a%2Fb%20%3F%23%C3%A9%27/");
  assert.equal((await api.products.near({ lat: 1.5, lon: -2 }))?.id, 1);
  assert.equal(server.seen[1]?.url, "/api/near/;lat=1.5;lon=-2");
  for (const id of ["", "..", "."]) {
    const promise = api.products.retrieve(id);
    assert.ok((await rejection(promise)) instanceof TypeError, id);
  }
  assert.equal(server.seen.length, 2);
});

test("base URLs: with a path, a query, none at all, changed later", async (t) => {
  const server = await serve(t, (_request, response) => json(response, lamp));
  const api = new API(`${server.url}/v1/?key=a%20b`);
  assert.equal(api.getBaseUrl(), `${server.url}/v1/?key=a%20b`);
  await api.http.json("GET", "/things?x=1#frag", { query: [["y", 2]] });
  assert.equal(server.seen[0]?.url, "/v1/things?key=a%20b&x=1&y=2");
  api.setBaseUrl(server.url);
  await api.http.json("GET", "/~a|b\\c/{d}/é");
  assert.equal(server.seen[1]?.url, "/~a%7Cb%5Cc/%7Bd%7D/%C3%A9");
  await api.http.json("GET", "/x", { baseUrl: `${server.url}/other` });
  assert.equal(server.seen[2]?.url, "/other/x");
  for (const base of [
    "/relative",
    "",
    "localhost:8000",
    "ftp://x",
    "https://",
  ]) {
    api.setBaseUrl(base);
    const error = await rejection(api.products.list());
    assert.ok(
      String(error).includes(
        `The base URL ${JSON.stringify(base)} is not absolute`,
      ),
      String(error),
    );
  }
});

test("servers with variables", () => {
  assert.equal(
    serverUrl("https://{region}.x.com/{v}/{w}", { region: "eu", v: "1" }),
    "https://eu.x.com/1/{w}",
  );
  assert.equal(serverUrl("{constructor}", {}), "{constructor}");
  assert.equal(new API().getBaseUrl(), "https://eu.example.com");
});

test("JSON bodies, their type, and none", async (t) => {
  const server = await serve(t, (_request, response) => json(response, lamp));
  const api = new API(server.url);
  await api.products.create({ name: "é" });
  await api.products.partialUpdate(1, {});
  await api.http.json("POST", "/x", { body: undefined });
  await api.http.json("POST", "/x", { body: null });
  await api.http.json("POST", "/x", { body: "text" });
  assert.deepEqual(
    server.seen.map(({ body, headers }) => [headers["content-type"], body]),
    [
      ["application/json", '{"name":"é"}'],
      ["application/merge-patch+json", "{}"],
      [undefined, ""],
      ["application/json", "null"],
      ["application/json", '"text"'],
    ],
  );
});

test("forms", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, { access: "x" }),
  );
  const api = new API(server.url, { token: "t" });
  await api.products.login({ username: "a b", password: "ü&=" });
  assert.equal(
    server.seen[0]?.headers["content-type"],
    "application/x-www-form-urlencoded",
  );
  assert.equal(server.seen[0]?.body, "username=a%20b&password=%C3%BC%26%3D");
  assert.equal(
    server.seen[0]?.headers["authorization"],
    undefined,
    "security: []",
  );
});

/** The parts of a multipart body: head and content. */
function parts(body: string, type: string | undefined): string[][] {
  const boundary = /boundary=(\S+)$/.exec(type ?? "")?.[1] ?? "?";
  const [first, ...rest] = body.split(`--${boundary}`);
  assert.equal(first, "");
  assert.equal(rest.pop(), "--\r\n");
  return rest.map((part) => part.slice(2, -2).split("\r\n\r\n"));
}

test("multipart: files, arrays, objects, null, names that need care", async (t) => {
  const server = await serve(t, (_request, response) =>
    response.writeHead(204).end(),
  );
  const api = new API(server.url);
  await api.products.photo(7, {
    photo: new File(["bytes"], 'a"b\r\n.png', { type: "image/png" }),
    caption: "ü",
    tags: ["x", "y"],
    meta: { a: [1, null] },
  });
  const [seen] = server.seen;
  assert.match(
    seen?.headers["content-type"] ?? "",
    /^multipart\/form-data; boundary=/,
  );
  assert.deepEqual(parts(seen?.body ?? "", seen?.headers["content-type"]), [
    [
      'Content-Disposition: form-data; name="photo"; filename="a%22b%0D%0A.png"\r\nContent-Type: image/png',
      "bytes",
    ],
    ['Content-Disposition: form-data; name="caption"', "ü"],
    ['Content-Disposition: form-data; name="tags"', "x"],
    ['Content-Disposition: form-data; name="tags"', "y"],
    [
      'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json',
      '{"a":[1,null]}',
    ],
  ]);
});

test("multipart: encodings, blobs, bytes", async (t) => {
  const server = await serve(t, (_request, response) =>
    response.writeHead(204).end(),
  );
  const api = new API(server.url);
  await api.http.empty("POST", "/x", {
    multipart: {
      a: new Blob(["1"]),
      b: new TextEncoder().encode("2"),
      c: "<c/>",
      d: null,
      e: undefined,
      f: new Date(0),
      g: [],
    },
    encoding: {
      a: "image/jpeg",
      b: "image/png, image/gif",
      c: { type: "text/xml", headers: { "X-A": "b" } },
    },
  });
  assert.deepEqual(
    parts(server.seen[0]?.body ?? "", server.seen[0]?.headers["content-type"]),
    [
      [
        'Content-Disposition: form-data; name="a"; filename="blob"\r\nContent-Type: image/jpeg',
        "1",
      ],
      [
        'Content-Disposition: form-data; name="b"; filename="blob"\r\nContent-Type: application/octet-stream',
        "2",
      ],
      [
        'Content-Disposition: form-data; name="c"\r\nContent-Type: text/xml\r\nX-A: b',
        "<c/>",
      ],
      ['Content-Disposition: form-data; name="d"', ""],
      ['Content-Disposition: form-data; name="f"', "1970-01-01T00:00:00Z"],
    ],
  );
  await assert.rejects(
    api.http.empty("POST", "/x", {
      multipart: { c: "" },
      encoding: { c: { headers: { "X-A": "a\r\nX-B: b" } } },
    }),
    TypeError,
  );
  await assert.rejects(
    api.http.empty("POST", "/x", { multipart: { c: new ReadableStream() } }),
    TypeError,
  );
});

test("binary and text bodies, streams, and what the caller made", async (t) => {
  const server = await serve(t, (_request, response) =>
    response.writeHead(204).end(),
  );
  const api = new API(server.url);
  const bytes = new TextEncoder().encode("bytes");
  await api.products.upload(new Blob(["blob"]));
  await api.products.upload(bytes.buffer);
  await api.products.upload(new Blob(["stream"]).stream());
  await api.http.empty("PUT", "/x", {
    body: new Blob(["p"], { type: "image/png" }),
    type: "image/*",
  });
  await api.http.empty("PUT", "/x", { body: "plain", type: "text/plain" });
  await api.http.empty("PUT", "/x", { body: 12, type: "text/plain" });
  await api.http.empty("PUT", "/x", {
    body: { a: 1 },
    type: "application/x-www-form-urlencoded",
  });
  assert.deepEqual(
    server.seen.map(({ body, headers }) => [headers["content-type"], body]),
    [
      ["application/octet-stream", "blob"],
      ["application/octet-stream", "bytes"],
      ["application/octet-stream", "stream"],
      ["image/png", "p"],
      ["text/plain", "plain"],
      ["text/plain", "12"],
      ["application/x-www-form-urlencoded", "a=1"],
    ],
  );
  const form = new FormData();
  form.set("a", "1");
  await api.http.empty("PUT", "/x", {
    body: form,
    type: "multipart/form-data",
  });
  assert.match(
    server.seen[7]?.headers["content-type"] ?? "",
    /^multipart\/form-data; ?boundary=/,
  );
  await assert.rejects(
    api.http.empty("PUT", "/x", { body: { a: 1 }, type: "application/xml" }),
    TypeError,
  );
  assert.equal(server.seen.length, 8);
});

test("header and cookie parameters", async (t) => {
  const server = await serve(t, (_request, response) => json(response, lamp));
  const api = new API(server.url, {
    apiKey: { cookieAuth: "s 1" },
    headers: { cookie: "own=1" },
  });
  await api.http.json("GET", "/x", {
    headers: [
      ["X-List", [1, 2]],
      ["X-Map", { a: 1 }, "simple*"],
      ["X-None", undefined],
      ["X-Null", null],
    ],
    cookies: [
      ["a", "b c"],
      ["l", [1, 2]],
    ],
  });
  const headers = server.seen[0]?.headers ?? {};
  assert.equal(headers["x-list"], "1,2");
  assert.equal(headers["x-map"], "a=1");
  assert.ok(!("x-none" in headers) && !("x-null" in headers));
  assert.equal(headers["cookie"], "own=1; a=b%20c; l=1; l=2; sessionid=s%201");
  const error = await rejection(
    api.http.json("GET", "/x", { headers: [["X-A", "a\r\nX-B: b"]] }),
  );
  assert.ok(error instanceof TypeError);
});

test("empty answers", async (t) => {
  const server = await serve(t, (request, response) => {
    response
      .writeHead(request.url.includes("204") ? 204 : 200, {
        "content-type": "application/json",
      })
      .end();
  });
  const { http, products } = new API(server.url);
  assert.equal(await products.near({ lat: 0, lon: 0 }), undefined);
  assert.equal(await http.jsonOrEmpty("GET", "/204"), undefined);
  assert.equal(await products.destroy(1), undefined);
  for (const path of ["/200", "/204"]) {
    const error = await rejection(http.json("GET", path));
    assert.ok(error instanceof ResponseParseError, String(error));
  }
  assert.equal(await http.any("GET", "/200"), undefined);
  assert.equal(await http.any("GET", "/204"), undefined);
  assert.equal(await http.text("GET", "/204"), "");
});

test("empty() does not mind a body", async (t) => {
  const server = await serve(t, (_request, response) =>
    text(response, "x".repeat(100_000)),
  );
  assert.equal(await new API(server.url).products.destroy(1), undefined);
});

test("text, binary, and whatever comes", async (t) => {
  let type = "text/csv";
  const server = await serve(t, (_request, response) =>
    text(response, '{"id":1}', type),
  );
  const api = new API(server.url);
  assert.equal(await api.products.report(), '{"id":1}');
  assert.equal(server.seen[0]?.headers["accept"], "text/csv");
  const blob = await api.products.download();
  assert.equal(await blob.text(), '{"id":1}');
  assert.equal(blob.type, "text/csv");
  assert.equal(await api.products.anything(), '{"id":1}');
  type = "application/hal+json; charset=utf-8";
  assert.deepEqual(await api.products.anything(), { id: 1 });
  type = "image/png";
  assert.ok((await api.products.anything()) instanceof Blob);
  const response = await api.http.raw("GET", "/x");
  assert.equal(await response.text(), '{"id":1}');
});

test("withResponse: data, status, headers, URL", async (t) => {
  const server = await serve(t, (_request, response) =>
    json(response, lamp, 201, { "x-total": "9" }),
  );
  const { data, status, headers, url } = await new API(server.url).products
    .create({ name: "a" })
    .withResponse();
  assert.deepEqual(
    [data.name, status, headers.get("x-total"), url],
    ["Lamp", 201, "9", `${server.url}/api/products/`],
  );
});

test("a call's promise is a promise", async (t) => {
  const server = await serve(t, (request, response) =>
    json(response, lamp, request.url.endsWith("1/") ? 200 : 404),
  );
  const { products } = new API(server.url);
  assert.ok(products.retrieve(1) instanceof Promise);
  assert.equal(await products.retrieve(1).then(({ name }) => name), "Lamp");
  assert.equal(await products.retrieve(2).catch(() => "none"), "none");
  let done = 0;
  await products.retrieve(1).finally(() => done++);
  assert.equal(done, 1);
  assert.equal(
    (await Promise.all([products.retrieve(1), products.retrieve(1)])).length,
    2,
  );
  // Neither may leave a rejection that nobody handles.
  assert.equal((await products.retrieve(2).safe()).ok, false);
  await assert.rejects(products.retrieve(2).withResponse());
  await new Promise((resolve) => setTimeout(resolve, 10));
});

test("errors carry status, headers and the parsed body, typed by status", async (t) => {
  const body = { name: ["Too short."] };
  const server = await serve(t, (_request, response) =>
    json(response, body, 400, { "x-request-id": "r1" }),
  );
  const { products } = new API(server.url);
  const error = await rejection(products.create({ name: "" }));
  assert.ok(isAPIError<CreateProductErrors[400]>(error, 400));
  const typed: ValidationError = error.body;
  assert.deepEqual(typed, body);
  assert.equal(error.headers.get("x-request-id"), "r1");
  assert.deepEqual(error.request, {
    method: "POST",
    url: `${server.url}/api/products/`,
  });
  assert.equal(
    error.message,
    `400 Bad Request: POST ${server.url}/api/products/`,
  );
  assert.equal(error.name, "APIError");
  assert.ok(
    !isAPIError(error, 404) && isAPIError(error) && !isAPIError(new Error("x")),
  );

  const result = await products.create({ name: "" }).safe();
  assert.ok(!result.ok);
  if (isAPIError(result.error, 400)) {
    const known: ValidationError = result.error.body;
    assert.deepEqual(known, body);
  } else if (isAPIError(result.error, 409)) {
    const known: number = result.error.body.existing;
    assert.ok(known);
  } else if (isAPIError(result.error, 404)) {
    // @ts-expect-error -- nothing is documented for 404
    const unknown: ValidationError = result.error.body;
    assert.ok(unknown);
  }
  const success = await products.create({ name: "" }).safe();
  if (success.ok) assert.equal(success.data.name satisfies string, "");
});

test("safe() still throws what is no APIError", async () => {
  const { products } = new API("http://127.0.0.1:9", { retry: false });
  await assert.rejects(products.list().safe(), NetworkError);
});

test("error bodies that are not what they say", async (t) => {
  const pages: [string | undefined, string, unknown][] = [
    ["application/json", "{oops", "{oops"],
    ["text/html", "<h1>Server Error</h1>", "<h1>Server Error</h1>"],
    ["application/problem+json", '{"title":"x"}', { title: "x" }],
    ["application/json", "", undefined],
    [undefined, '{"a":1}', { a: 1 }],
    [undefined, "plain", "plain"],
  ];
  for (const [type, sent, expected] of pages) {
    const server = await serve(t, (_request, response) => {
      response
        .writeHead(500, type === undefined ? {} : { "content-type": type })
        .end(sent);
    });
    const error = await rejection(
      new API(server.url, { retry: false }).products.list(),
    );
    assert.ok(error instanceof APIError, String(error));
    assert.equal(error.status, 500);
    assert.deepEqual(error.body, expected);
  }
});

test("a success that is not JSON", async (t) => {
  for (const sent of ['{"id":', "<!DOCTYPE html>", "undefined", "NaN"]) {
    const server = await serve(t, (_request, response) =>
      text(response, sent, "application/json"),
    );
    const error = await rejection(new API(server.url).products.list());
    assert.ok(error instanceof ResponseParseError, String(error));
    assert.deepEqual([error.status, error.text], [200, sent]);
    assert.equal(server.seen.length, 1, "not retried");
  }
});

test("Zod schemas check what came, and listeners hear of it", () => {
  const schema = z.object({
    results: z.array(z.object({ price: z.string() })),
  });
  const good: { results: { price: string }[] } = parse(schema, {
    results: [{ price: "1" }],
    extra: 1,
  });
  assert.deepEqual(good, { results: [{ price: "1" }] });
  const heard: ResponseValidationError[] = [];
  const stop = onValidationError((error) => heard.push(error));
  const bad = { results: [{ price: 1 }] };
  assert.throws(() => parse(schema, bad), ResponseValidationError);
  stop();
  assert.throws(() => parse(schema, null), ResponseValidationError);
  assert.equal(heard.length, 1);
  assert.equal(heard[0]?.data, bad);
  assert.deepEqual(heard[0]?.issues[0]?.path, ["results", 0, "price"]);
  assert.match(
    heard[0]?.message ?? "",
    /results\[0\]\.price: .*expected string/,
  );
});
