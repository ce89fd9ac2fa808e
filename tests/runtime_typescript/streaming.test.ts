import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { APIError, NetworkError, ResponseParseError } from "./errors";
import { rejection, serve, type Server } from "./server";
import { API } from "./shop";
import type { ServerSentEvent } from "./streaming";

/** A stream in pieces, each sent by itself; cut off instead of ended where it says so. */
function stream(
  context: TestContext,
  pieces: readonly (string | Uint8Array)[],
  type = "text/event-stream",
  cut = false,
): Promise<Server> {
  return serve(context, async (_request, response) => {
    response.writeHead(200, { "content-type": type });
    for (const piece of pieces) {
      await new Promise((resolve) => response.write(piece, resolve));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (cut) response.destroy();
    else response.end();
  });
}

async function events(
  context: TestContext,
  ...pieces: (string | Uint8Array)[]
): Promise<ServerSentEvent<string>[]> {
  const server = await stream(context, pieces);
  const all: ServerSentEvent<string>[] = [];
  for await (const event of new API(server.url).products.events())
    all.push(event);
  return all;
}

test("events with all their fields", async (t) => {
  const found = await events(
    t,
    ": hello\nid: 1\nevent: tick\ndata: one\ndata:two\nretry: 3000\n\n",
    "data\n\n",
    "id\ndata:  x\n\n",
  );
  assert.deepEqual(found, [
    { id: "1", event: "tick", data: "one\ntwo", retry: 3000 },
    { id: "1", event: "message", data: "", retry: 3000 },
    { id: "", event: "message", data: " x", retry: 3000 },
  ]);
});

test("line breaks of all kinds, also split between chunks; a byte order mark; split characters", async (t) => {
  const euro = new TextEncoder().encode("€");
  const found = await events(
    t,
    "\uFEFFdata: a\r",
    "\n\r\ndata: b\r\rda",
    "ta: c",
    "\n",
    "\ndata: ",
    euro.slice(0, 1),
    euro.slice(1),
    "\r",
    "\n",
    "\r",
    "\n",
  );
  assert.deepEqual(
    found.map(({ data }) => data),
    ["a", "b", "c", "€"],
  );
});

test("a CRLF that is split between chunks within an event is one line break", async (t) => {
  const found = await events(t, "data: x\r", "\ndata: y\r\n\r\n");
  assert.deepEqual(
    found.map(({ data }) => data),
    ["x\ny"],
  );
});

test("an event cut off at the end is dropped; one without data is none", async (t) => {
  const found = await events(t, "event: empty\n\ndata: whole\n\ndata: half\n");
  assert.deepEqual(
    found.map(({ data }) => data),
    ["whole"],
  );
  assert.deepEqual(await events(t, "data: hal"), []);
  assert.deepEqual(await events(t, ""), []);
});

test("nonsense fields are ignored", async (t) => {
  const found = await events(
    t,
    "id: 7\ndata: a\n\nid: x\0y\nretry: soon\nfoo: bar\n data: no\ndata: b\n\n",
  );
  assert.deepEqual(found, [
    { id: "7", event: "message", data: "a" },
    { id: "7", event: "message", data: "b" },
  ]);
});

test("the last event id is there for the caller to go on", async (t) => {
  const server = await stream(t, ["id: 41\ndata: a\n\nid: 42\ndata: b\n\n"]);
  const api = new API(server.url);
  const first = api.products.events();
  for await (const event of first) assert.ok(event.data);
  assert.equal(first.lastEventId, "42");
  for await (const event of api.products.events({
    headers: { "Last-Event-ID": first.lastEventId },
  }))
    assert.ok(event);
  assert.equal(server.seen[1]?.headers["last-event-id"], "42");
  assert.equal(server.seen[1]?.headers["accept"], "text/event-stream");
});

test("typed events end at [DONE]; the body is sent", async (t) => {
  const server = await stream(t, [
    'data: {"id":1,"name":"a"}\n\n',
    "data: [DONE]\n\n",
    'data: {"id":2}\n\n',
  ]);
  const names: string[] = [];
  for await (const product of new API(server.url).products
    .chat({ q: "x" })
    .data())
    names.push(product.name);
  assert.deepEqual(names, ["a"]);
  assert.equal(server.seen[0]?.body, '{"q":"x"}');
});

test("a typed event that is not JSON", async (t) => {
  const server = await stream(t, ["data: {oops\n\n"]);
  const error = await rejection(
    new API(server.url).products.chat({}).data().next(),
  );
  assert.ok(error instanceof ResponseParseError);
  assert.equal(error.text, "{oops");
});

test("nothing is sent before iteration; leaving early ends the request", async (t) => {
  let closed: () => void;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const server = await serve(t, (_request, response) => {
    response.on("close", () => closed());
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: 1\n\ndata: 2\n\n");
  });
  const stream = new API(server.url).products.events();
  assert.equal(server.seen.length, 0);
  for await (const event of stream) {
    assert.equal(event.data, "1");
    break;
  }
  await gone;
});

test("a broken connection is a NetworkError after what came", async (t) => {
  const server = await stream(t, ["data: 1\n\n"], "text/event-stream", true);
  const found: string[] = [];
  const error = await rejection(
    (async () => {
      for await (const { data } of new API(server.url).products.events())
        found.push(data);
    })(),
  );
  assert.deepEqual(found, ["1"]);
  assert.ok(error instanceof NetworkError, String(error));
});

test("the caller's abort ends a stream, with the caller's reason; the timeout does not", async (t) => {
  const server = await serve(t, (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: 1\n\n");
    setTimeout(() => response.write("data: 2\n\n"), 800);
  });
  const controller = new AbortController();
  const found: string[] = [];
  const error = await rejection(
    (async () => {
      for await (const { data } of new API(server.url).products.events({
        signal: controller.signal,
        timeout: 500,
      })) {
        found.push(data);
        if (data === "2") controller.abort("enough");
      }
    })(),
  );
  assert.deepEqual(found, ["1", "2"]);
  assert.equal(error, "enough");
});

test("an error status instead of a stream", async (t) => {
  const server = await serve(t, (_request, response) => {
    response.writeHead(403, { "content-type": "application/json" });
    response.end('{"detail":"no"}');
  });
  const error = await rejection(
    new API(server.url).products.events()[Symbol.asyncIterator]().next(),
  );
  assert.ok(error instanceof APIError);
  assert.deepEqual(error.body, { detail: "no" });
});

test("JSON lines: blank lines, record separators, no newline at the end, many in a chunk", async (t) => {
  const server = await stream(
    t,
    ['{"id":1}\n\n\x1E{"id":2}\r\n{"i', 'd":3}\n{"id":4}'],
    "application/x-ndjson",
  );
  const ids: number[] = [];
  for await (const { id } of new API(server.url).products.lines()) ids.push(id);
  assert.deepEqual(ids, [1, 2, 3, 4]);
});

test("JSON lines: a broken line says which", async (t) => {
  const server = await stream(
    t,
    ['{"id":1}\n{"id":', "\n"],
    "application/x-ndjson",
  );
  const iterator = new API(server.url).products.lines()[Symbol.asyncIterator]();
  assert.deepEqual((await iterator.next()).value, { id: 1 });
  const error = await rejection(iterator.next());
  assert.ok(error instanceof ResponseParseError);
  assert.match(error.message, /^Line 2 is not JSON/);
});
