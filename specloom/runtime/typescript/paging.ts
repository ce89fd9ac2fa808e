/** Which page comes next. Nothing is asked for before it is needed. */

import type { APIResponse } from "./response";

/** All items of all pages: `for await (const item of api.products.iterate())`. */
export class Paged<T, P> implements AsyncIterable<T> {
  readonly #pages: () => AsyncIterable<P>;
  readonly #items: (page: P) => Items<T>;

  constructor(pages: () => AsyncIterable<P>, items: (page: P) => Items<T>) {
    this.#pages = pages;
    this.#items = items;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for await (const page of this.#pages()) yield* this.#items(page) ?? [];
  }

  /** Page by page, as the server sends them. */
  pages(): AsyncIterable<P> {
    return this.#pages();
  }

  /** The items in an array; not more than `limit`. */
  async toArray(limit: number = Infinity): Promise<T[]> {
    const all: T[] = [];
    if (limit <= 0) return all;
    for await (const item of this) {
      all.push(item);
      if (all.length >= limit) break;
    }
    return all;
  }
}

type Items<T> = readonly T[] | null | undefined;

interface Counted<T, P> {
  /** Where to begin, if the caller said. */
  readonly start?: number | null | undefined;
  readonly items: (page: P) => Items<T>;
  /** Truthy if there is another page: a link to it, or `has_more`. */
  readonly next?: (page: P) => unknown;
  /** The number of all items. */
  readonly total?: (page: P) => number | null | undefined;
}

interface Numbered<T, P> extends Counted<T, P> {
  /** The number of the first page: 1, if not said. */
  readonly first?: number;
  /** The number of the last page. */
  readonly last?: (page: P) => number | null | undefined;
}

interface Linked<T, P, N> {
  readonly items: (page: P) => Items<T>;
  /** The cursor or link of the next page; none, null or empty on the last. */
  readonly next: (page: P) => N | null | undefined;
}

/** An `APIPromise`, whatever errors it documents. */
interface Answer<P> {
  withResponse(): Promise<APIResponse<P>>;
}

/** Pages by number. */
function numbered<T, P>(
  load: (page: number) => PromiseLike<P>,
  how: Numbered<T, P>,
): Paged<T, P> {
  async function* pages(): AsyncGenerator<P, void> {
    const first = how.first ?? 1;
    const more = watch(how);
    let number = how.start ?? first;
    let size = 0;
    for (;;) {
      const page = await load(number);
      size ||= count(how, page);
      yield page;
      if (!more(page, (number - first) * size)) return;
      const last = how.last?.(page);
      if (typeof last === "number" && number >= last) return;
      number++;
    }
  }
  return new Paged(pages, how.items);
}

/** Pages by the number of items before them. */
function offset<T, P>(
  load: (offset: number) => PromiseLike<P>,
  how: Counted<T, P>,
): Paged<T, P> {
  async function* pages(): AsyncGenerator<P, void> {
    const more = watch(how);
    let before = how.start ?? 0;
    for (;;) {
      const page = await load(before);
      yield page;
      if (!more(page, before)) return;
      before += count(how, page);
    }
  }
  return new Paged(pages, how.items);
}

/** Pages by a cursor that each page gives for the next. */
function cursor<T, P>(
  load: () => PromiseLike<P>,
  loadNext: (cursor: string) => PromiseLike<P>,
  how: Linked<T, P, string>,
): Paged<T, P>;
function cursor<T, P>(
  load: () => PromiseLike<P>,
  loadNext: (cursor: number) => PromiseLike<P>,
  how: Linked<T, P, number>,
): Paged<T, P>;
function cursor<T, P, C extends string | number>(
  load: () => PromiseLike<P>,
  loadNext: (cursor: C) => PromiseLike<P>,
  how: Linked<T, P, C>,
): Paged<T, P> {
  async function* pages(): AsyncGenerator<P, void> {
    const seen = new Set<C>();
    let page = await load();
    for (;;) {
      yield page;
      const next = how.next(page);
      // A cursor that comes again would go round in circles.
      if (next == null || next === "" || seen.has(next)) return;
      seen.add(next);
      page = await loadNext(next);
    }
  }
  return new Paged(pages, how.items);
}

/** Pages by a link in the body, or where `next` is not given in the Link header (RFC 8288). */
function link<T, P>(
  load: () => Answer<P>,
  loadNext: (url: URL) => Answer<P>,
  how: Omit<Linked<T, P, string>, "next"> &
    Partial<Pick<Linked<T, P, string>, "next">>,
): Paged<T, P> {
  async function* pages(): AsyncGenerator<P, void> {
    let answer: APIResponse<P> = await load().withResponse();
    const seen = new Set([answer.url]);
    for (;;) {
      yield answer.data;
      const next = how.next
        ? how.next(answer.data)
        : nextLink(answer.headers.get("link"));
      if (!next) return;
      const url = new URL(next, answer.url);
      if (seen.has(url.href)) return;
      seen.add(url.href);
      answer = await loadNext(url).withResponse();
    }
  }
  return new Paged(pages, how.items);
}

export const Page = { numbered, offset, cursor, link } as const;

function count<T, P>(how: Counted<T, P>, page: P): number {
  return how.items(page)?.length ?? 0;
}

/** Tells after each page whether to go on; `before` is how many items came before it. */
function watch<T, P>(how: Counted<T, P>): (page: P, before: number) => boolean {
  let previous: unknown;
  return (page, before) => {
    const size = count(how, page);
    if (size === 0) return false;
    const total = how.total?.(page);
    if (typeof total === "number" && before + size >= total) return false;
    // A server that does not know the parameter sends the same page for ever.
    const mark = how.next ? how.next(page) : JSON.stringify(how.items(page));
    if (how.next && !mark) return false;
    const repeated = typeof mark === "string" && mark === previous;
    previous = mark;
    return !repeated;
  };
}

/** A parameter of a link's query; for cursors within a `next` link. */
export function queryParam(
  url: string | null | undefined,
  name: string,
): string | undefined {
  if (!url) return undefined;
  return new URL(url, "http://localhost").searchParams.get(name) ?? undefined;
}

/** The link with `rel="next"` of a Link header. */
export function nextLink(header: string | null): string | undefined {
  const links = header?.matchAll(/<([^>]*)>((?:[^,"]|"(?:[^"\\]|\\.)*")*)/g);
  for (const [, target, params = ""] of links ?? []) {
    const named = params.matchAll(
      /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";]*))/g,
    );
    for (const [, name, quoted, token] of named) {
      const relations = (quoted ?? token ?? "").toLowerCase().split(/\s+/);
      if (name?.toLowerCase() === "rel" && relations.includes("next")) {
        return target;
      }
    }
  }
  return undefined;
}
