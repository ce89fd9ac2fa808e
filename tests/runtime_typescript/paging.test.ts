import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { nextLink, Page, queryParam } from "./paging";
import { json, serve, type Server } from "./server";
import { API, type Product } from "./shop";

const products = (...ids: number[]): Product[] =>
  ids.map((id) => ({ id, name: `P${id}` }));
const ids = (items: readonly Product[]) => items.map(({ id }) => id);
const paths = (server: Server) => server.seen.map(({ url }) => url);

/** Seven products, three a page. */
function paged(context: TestContext): Promise<Server> {
  return serve(context, (request, response) => {
    const url = new URL(request.url, "http://x");
    const page = Number(url.searchParams.get("page") ?? 1);
    const all = products(1, 2, 3, 4, 5, 6, 7);
    const results = all.slice((page - 1) * 3, page * 3);
    if (results.length === 0)
      return json(response, { detail: "Invalid page." }, 404);
    const next =
      page < 3 ? `http://internal:8000/api/products/?page=${page + 1}` : null;
    return json(response, { count: 7, next, results });
  });
}

test("numbered pages: all items, from the first page, until next is null", async (t) => {
  const server = await paged(t);
  const api = new API(server.url);
  assert.deepEqual(
    ids(await api.products.iterate().toArray()),
    [1, 2, 3, 4, 5, 6, 7],
  );
  assert.deepEqual(
    paths(server),
    [1, 2, 3].map((page) => `/api/products/?page=${page}`),
  );
});

test("numbered pages: from the caller's page, with the caller's parameters", async (t) => {
  const server = await paged(t);
  const api = new API(server.url);
  const found: number[] = [];
  for await (const { id } of api.products.iterate({
    page: 2,
    status: ["a", "b"],
  }))
    found.push(id);
  assert.deepEqual(found, [4, 5, 6, 7]);
  assert.deepEqual(paths(server), [
    "/api/products/?page=2&status=a,b",
    "/api/products/?page=3&status=a,b",
  ]);
});

test("page by page, a limit, and nothing asked for before it is needed", async (t) => {
  const server = await paged(t);
  const api = new API(server.url);
  const counts: number[] = [];
  for await (const page of api.products.iterate().pages())
    counts.push(page.results.length);
  assert.deepEqual(counts, [3, 3, 1]);
  server.seen.length = 0;
  const paged3 = api.products.iterate();
  assert.equal(server.seen.length, 0);
  assert.deepEqual(ids(await paged3.toArray(3)), [1, 2, 3]);
  assert.equal(server.seen.length, 1);
  assert.deepEqual(
    ids(await paged3.toArray(2)),
    [1, 2],
    "can be iterated again",
  );
  assert.deepEqual(await paged3.toArray(0), []);
});

test("numbered pages without a hint end at an empty page; and where the server repeats itself", async () => {
  const asked: number[] = [];
  const load = (data: number[][]) => async (page: number) => {
    asked.push(page);
    return data[page - 1] ?? [];
  };
  const items = (page: number[]) => page;
  assert.deepEqual(
    await Page.numbered(load([[1, 2], [3]]), { items }).toArray(),
    [1, 2, 3],
  );
  assert.deepEqual(asked, [1, 2, 3]);
  asked.length = 0;
  const same = async (page: number) => {
    asked.push(page);
    return [1, 2];
  };
  assert.deepEqual(
    await Page.numbered(same, { items }).toArray(),
    [1, 2, 1, 2],
  );
  assert.deepEqual(asked, [1, 2]);
});

test("numbered pages: total, last page, first page 0, more", async () => {
  const asked: number[] = [];
  const load = async (page: number) => {
    asked.push(page);
    return {
      items: [page * 10, page * 10 + 1],
      total: 6,
      pages: 3,
      more: page < 2,
    };
  };
  const items = (page: { items: number[] }) => page.items;
  await Page.numbered(load, { items, total: (page) => page.total }).toArray();
  assert.deepEqual(asked.splice(0), [1, 2, 3]);
  await Page.numbered(load, {
    start: 2,
    items,
    total: (page) => page.total,
  }).toArray();
  assert.deepEqual(asked.splice(0), [2, 3]);
  await Page.numbered(load, { items, last: (page) => page.pages }).toArray();
  assert.deepEqual(asked.splice(0), [1, 2, 3]);
  await Page.numbered(load, {
    first: 0,
    items,
    total: (page) => page.total,
  }).toArray();
  assert.deepEqual(asked.splice(0), [0, 1, 2]);
  await Page.numbered(load, { items, next: (page) => page.more }).toArray();
  assert.deepEqual(asked.splice(0), [1, 2]);
});

test("offsets go on by what came, not by what was asked for", async (t) => {
  const server = await serve(t, (request, response) => {
    const start = Number(
      new URL(request.url, "http://x").searchParams.get("offset") ?? 0,
    );
    json(response, {
      count: 5,
      results: products(1, 2, 3, 4, 5).slice(start, start + 2),
    });
  });
  const api = new API(server.url);
  assert.deepEqual(
    ids(await api.products.iterateWindow({ limit: 100, offset: 1 }).toArray()),
    [2, 3, 4, 5],
  );
  assert.deepEqual(paths(server), [
    "/api/window/?limit=100&offset=1",
    "/api/window/?limit=100&offset=3",
  ]);
});

test("cursors: until there is none, over empty pages, not in circles", async (t) => {
  const pages: Record<string, object> = {
    "": { data: products(1), next_cursor: "a b" },
    "a b": { data: null, next_cursor: "c" },
    c: { data: products(2), next_cursor: "a b" },
  };
  const server = await serve(t, (request, response) => {
    json(
      response,
      pages[new URL(request.url, "http://x").searchParams.get("cursor") ?? ""],
    );
  });
  const api = new API(server.url);
  assert.deepEqual(ids(await api.products.iterateFeed().toArray()), [1, 2]);
  assert.deepEqual(paths(server), [
    "/api/feed/",
    "/api/feed/?cursor=a%20b",
    "/api/feed/?cursor=c",
  ]);
  server.seen.length = 0;
  await api.products.iterateFeed({ cursor: "c" }).toArray(1);
  assert.deepEqual(paths(server), ["/api/feed/?cursor=c"]);
});

test("a cursor within a next link", async (t) => {
  const server = await serve(t, (_request, response, number) => {
    json(response, {
      count: 2,
      next: number < 2 ? "https://elsewhere/x?a=1&cursor=42" : null,
      results: products(number),
    });
  });
  assert.deepEqual(
    ids(await new API(server.url).products.iterateLog().toArray()),
    [1, 2],
  );
  assert.deepEqual(paths(server), ["/api/log/", "/api/log/?cursor=42"]);
});

test("links: relative, absolute, repeated", async (t) => {
  const server: Server = await serve(t, (_request, response, number) => {
    const next = [
      "?page=2",
      "/api/products/?page=3",
      `${server.url}/api/products/?page=4`,
      "?page=2",
    ][number - 1];
    json(response, { count: 9, next, results: products(number) });
  });
  assert.deepEqual(
    ids(await new API(server.url).products.iterateLinked().toArray()),
    [1, 2, 3, 4],
  );
  assert.deepEqual(
    paths(server).map((path) => path.slice(-1)),
    ["/", "2", "3", "4"],
  );
});

test("a link to another origin is followed without credentials", async (t) => {
  const other = await serve(t, (_request, response) =>
    json(response, { count: 2, next: null, results: products(2) }),
  );
  const server = await serve(t, (_request, response) => {
    json(response, {
      count: 2,
      next: `${other.url}/api/products/?page=2`,
      results: products(1),
    });
  });
  const api = new API(server.url, {
    token: "secret-token",
    headers: { "X-Api-Key": "secret-key", "X-Plain": "1" },
  });
  assert.deepEqual(ids(await api.products.iterateLinked().toArray()), [1, 2]);
  assert.equal(server.seen[0]?.headers["authorization"], "Bearer secret-token");
  assert.equal(server.seen[0]?.headers["x-api-key"], "secret-key");
  const [second] = other.seen;
  assert.equal(second?.headers["authorization"], undefined);
  assert.equal(second?.headers["x-plain"], "1");
  assert.ok(!JSON.stringify(other.seen).includes("secret"));
});

test("the Link header", async (t) => {
  const server = await serve(t, (_request, response, number) => {
    const link =
      number < 3
        ? `</api/all/?page=9>; rel="last", </api/all/?page=${number + 1}>; rel="next"`
        : "<x>; rel=prev";
    json(response, products(number), 200, { link });
  });
  assert.deepEqual(
    ids(await new API(server.url).products.iterateAll({ size: 1 }).toArray()),
    [1, 2, 3],
  );
  assert.deepEqual(paths(server), [
    "/api/all/?size=1",
    "/api/all/?page=2",
    "/api/all/?page=3",
  ]);
});

test("an error in the middle is thrown after what came before", async (t) => {
  const server = await serve(t, (_request, response, number) => {
    if (number > 1) return json(response, { detail: "no" }, 400);
    return json(response, { count: 2, next: "?page=2", results: products(1) });
  });
  const found: number[] = [];
  await assert.rejects(
    async () => {
      for await (const { id } of new API(server.url).products.iterate())
        found.push(id);
    },
    { name: "APIError", status: 400 },
  );
  assert.deepEqual(found, [1]);
});

test("Link headers as they are written in the wild", () => {
  assert.equal(nextLink(null), undefined);
  assert.equal(nextLink(""), undefined);
  assert.equal(nextLink("<a>; rel=next"), "a");
  assert.equal(nextLink("<a>; REL=NEXT"), "a");
  assert.equal(nextLink('<a>; rel="prev next"'), "a");
  assert.equal(nextLink('<a,b;c>; rel="next"'), "a,b;c");
  assert.equal(nextLink('<a>; title="x, <b>; rel=next", <c>; rel="next"'), "c");
  assert.equal(nextLink('<a>; rel="nextish"'), undefined);
  assert.equal(nextLink("<a>; rel=next-archive"), undefined);
  assert.equal(nextLink('<a; rel="next"'), undefined);
  assert.equal(nextLink('<a>; title="next"; rel="last"'), undefined);
});

test("a parameter of a link", () => {
  assert.equal(queryParam("https://x/?cursor=a%20b%2Bc", "cursor"), "a b+c");
  assert.equal(queryParam("/x?cursor=", "cursor"), "");
  assert.equal(queryParam("?other=1", "cursor"), undefined);
  assert.equal(queryParam(null, "cursor"), undefined);
});
