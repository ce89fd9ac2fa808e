/** A recording HTTP server on a free port. */

import { createServer, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";

export interface Seen {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Server {
  readonly url: string;
  readonly seen: Seen[];
}

type Handler = (
  request: Seen,
  response: ServerResponse,
  number: number,
) => unknown;

/** Serves until the test ends. */
export async function serve(
  context: TestContext,
  handler: Handler,
): Promise<Server> {
  const seen: Seen[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = {
      method: incoming.method ?? "",
      url: incoming.url ?? "",
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([k, v]) => [k, String(v)]),
      ),
      body: Buffer.concat(chunks).toString("utf8"),
    };
    seen.push(request);
    await handler(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("port");
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

export function json(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    ...headers,
  });
  response.end(JSON.stringify(value));
}

export function text(
  response: ServerResponse,
  value: string,
  type = "text/plain",
  status = 200,
): void {
  response.writeHead(status, { "content-type": type });
  response.end(value);
}

/** What a promise is rejected with. */
export async function rejection(
  promise: PromiseLike<unknown>,
): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("was not rejected");
}

/** Retries at once. */
export const SOON = { minDelay: 1, maxDelay: 2 };
