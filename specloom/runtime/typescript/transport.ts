/** How a request is sent: time limit, cancellation, and redirects that would carry secrets away. */

import type { FetchInit, HttpAdapter } from "./adapters";
import { isSecret } from "./logger";
import type { Prepared } from "./request";

const MAX_REDIRECTS = 20;
/** Timers take no more milliseconds than this; longer ones would fire at once. */
const MAX_TIMER = 2_147_483_647;

/** Aborts when the caller does, or when time is up. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #follow = (): void => this.#controller.abort(this.#signal?.reason);
  #passed = false;

  /** @param milliseconds 0 or less: no limit */
  constructor(signal: AbortSignal | undefined, milliseconds: number) {
    this.#signal = signal;
    if (signal?.aborted) this.#follow();
    else signal?.addEventListener("abort", this.#follow, { once: true });
    if (milliseconds > 0 && milliseconds <= MAX_TIMER) {
      this.#timer = setTimeout(() => {
        this.#passed = true;
        this.#controller.abort();
      }, milliseconds);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether time was up. */
  get passed(): boolean {
    return this.#passed;
  }

  /** The rest may take as long as it takes; the caller can still cancel. */
  stopTimer(): void {
    clearTimeout(this.#timer);
  }

  end(): void {
    this.stopTimer();
    this.#signal?.removeEventListener("abort", this.#follow);
  }
}

/**
 * Sends a request and follows redirects.
 *
 * fetch follows them too and then takes Authorization and Cookie away, but lets
 * other headers go with it: an `X-API-Key` would reach any server it is sent to.
 * So requests with such headers are redirected here. Browsers do not let a script
 * see a redirect; there it is an error.
 */
export async function send(
  adapter: HttpAdapter,
  request: Prepared,
  signal: AbortSignal,
  credentials: RequestCredentials | undefined,
): Promise<Response> {
  const headers = new Headers(request.headers);
  const exposed = [...request.secrets].some(
    (name) =>
      headers.has(name) && name !== "authorization" && name !== "cookie",
  );
  let { url, method } = request;
  let content = request.body?.content;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const foreign = url.origin !== request.url.origin || !request.trusted;
    const init: FetchInit = { method, headers, signal };
    if (content !== undefined) init.body = content;
    if (content instanceof ReadableStream) init.duplex = "half";
    if (exposed) init.redirect = "manual";
    if (foreign) init.credentials = "omit";
    else if (credentials !== undefined) init.credentials = credentials;
    const response = await adapter.send(url.href, init);
    if (!exposed) return response;
    if (response.type === "opaqueredirect") {
      throw new TypeError("A redirect that could take credentials elsewhere");
    }
    const location = response.headers.get("location");
    if (location === null || !isRedirect(response.status)) return response;
    const keeps = response.status === 307 || response.status === 308;
    if (keeps && request.body?.replayable === false) return response;
    await response.body?.cancel();
    url = new URL(location, url);
    if (url.origin !== request.url.origin) {
      const secrets = [...headers.keys()].filter(isSecret);
      for (const name of [...secrets, ...request.secrets]) headers.delete(name);
    }
    if (!keeps && method !== "GET" && method !== "HEAD") {
      method = response.status === 303 || method === "POST" ? "GET" : method;
    }
    if (!keeps && method === "GET") {
      content = undefined;
      headers.delete("content-type");
    }
  }
  throw new TypeError(`More than ${MAX_REDIRECTS} redirects`);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}
