/** Responses that come bit by bit: server-sent events (WHATWG HTML §9.2) and JSON lines. */

import type { RequestInfo } from "./errors";
import { NetworkError, ResponseParseError } from "./errors";
import { believe } from "./response";

/** A response that has begun. */
export interface OpenResponse {
  readonly response: Response;
  readonly request: RequestInfo;
  /** Aborted when the caller has cancelled. */
  readonly signal: AbortSignal;
}

export interface ServerSentEvent<T> {
  /** The last id so far; empty if there was none. */
  readonly id: string;
  /** `message` if the server does not say. */
  readonly event: string;
  readonly data: T;
  /** Milliseconds that the server wants a client to wait before it connects again. */
  readonly retry?: number;
}

/**
 * Server-sent events. The request is sent when iteration begins, and ended when
 * it ends. It does not connect again by itself: call the method again with
 * `{ headers: { "Last-Event-ID": stream.lastEventId } }`.
 */
export class EventStream<T> implements AsyncIterable<ServerSentEvent<T>> {
  /** The id of the last event that has come; empty if it had none. */
  lastEventId = "";
  readonly #open: () => Promise<OpenResponse>;
  readonly #parse: (data: string, from: OpenResponse) => T | undefined;

  constructor(
    open: () => Promise<OpenResponse>,
    parse: (data: string, from: OpenResponse) => T | undefined,
  ) {
    this.#open = open;
    this.#parse = parse;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ServerSentEvent<T>, void> {
    const from = await this.#open();
    let event = "";
    let data: string[] = [];
    let retry: number | undefined;
    for await (const line of lines(from, /\r\n|\n|\r/)) {
      if (line === undefined) return; // an event cut off in the middle is no event
      if (line === "") {
        if (data.length > 0) {
          const parsed = this.#parse(data.join("\n"), from);
          if (parsed === undefined) return;
          yield {
            id: this.lastEventId,
            event: event || "message",
            data: parsed,
            ...(retry !== undefined && { retry }),
          };
        }
        event = "";
        data = [];
        continue;
      }
      const [, field = "", value = ""] =
        /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
      if (field === "data") data.push(value);
      else if (field === "event") event = value;
      else if (field === "id" && !value.includes("\0"))
        this.lastEventId = value;
      else if (field === "retry" && /^\d+$/.test(value)) retry = Number(value);
    }
  }

  /** The data of each event, without the rest. */
  async *data(): AsyncGenerator<T, void> {
    for await (const { data } of this) yield data;
  }
}

/** One JSON value a line (JSON lines, NDJSON, JSON text sequences of RFC 7464). */
export class JSONLines<T> implements AsyncIterable<T> {
  readonly #open: () => Promise<OpenResponse>;

  constructor(open: () => Promise<OpenResponse>) {
    this.#open = open;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    const from = await this.#open();
    let number = 0;
    for await (const line of lines(from, /\n/, true)) {
      number++;
      const text = line?.replace(/^\x1E/, "").trim();
      if (text) yield believe<T>(parseJSON(text, from, `Line ${number} is`));
    }
  }
}

export const eventText = (data: string): string => data;

/** An event's data as JSON. `[DONE]` is how many APIs say that nothing comes after. */
export function eventJSON<T>(data: string, from: OpenResponse): T | undefined {
  if (data.trim() === "[DONE]") return undefined;
  return believe<T>(parseJSON(data, from, "An event's data is"));
}

function parseJSON(text: string, from: OpenResponse, what: string): unknown {
  const { response, request } = from;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${what} not JSON`;
    throw new ResponseParseError(message, response, request, text, cause);
  }
}

/**
 * The lines of a body. What stands after the last line break is a line if
 * `unfinished`, else comes as undefined.
 */
async function* lines(
  from: OpenResponse,
  breaks: RegExp,
  unfinished = false,
): AsyncGenerator<string | undefined, void> {
  let rest = "";
  let afterCR = false;
  for await (const chunk of chunks(from)) {
    // A CRLF can be split between two chunks.
    const text = afterCR && chunk.startsWith("\n") ? chunk.slice(1) : chunk;
    if (chunk !== "") afterCR = chunk.endsWith("\r");
    const found = text.split(breaks);
    for (const line of found.slice(0, -1)) {
      yield rest + line;
      rest = "";
    }
    rest += found.at(-1) ?? "";
  }
  if (rest !== "") yield unfinished ? rest : undefined;
}

/** A body as text, chunk by chunk. */
async function* chunks(from: OpenResponse): AsyncGenerator<string, void> {
  const reader = from.response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        if (from.signal.aborted) throw from.signal.reason;
        throw new NetworkError("The connection broke", from.request, cause);
      });
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    // Ends the request if the caller has stopped early. Nothing is left to tell.
    await reader.cancel().catch(() => undefined);
  }
}
