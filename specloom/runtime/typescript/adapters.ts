/** Who sends a request: fetch, fetch with keepalive, or the user's own. */

/** What fetch takes; `duplex` lets a body be a stream (https://fetch.spec.whatwg.org/#dom-requestinit-duplex). */
export interface FetchInit extends RequestInit {
  duplex?: "half";
}

/** Any function that does what fetch does. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** Sends one request. Retries, redirects with secrets, credentials and errors are not its business. */
export interface HttpAdapter {
  send(url: string, init: FetchInit): Promise<Response>;
}

/** Sends with fetch: the given one, or the global one at the time of the call. */
export class FetchAdapter implements HttpAdapter {
  readonly #fetch: Fetch | undefined;

  constructor(fetch?: Fetch) {
    this.#fetch = fetch;
  }

  send(url: string, init: FetchInit): Promise<Response> {
    const send = this.#fetch ?? globalThis.fetch;
    return send(url, init);
  }
}

/** Lets requests outlive the page that made them. Browsers refuse bodies over 64 KiB then. */
export class KeepAliveFetchAdapter extends FetchAdapter {
  override send(url: string, init: FetchInit): Promise<Response> {
    return super.send(url, { ...init, keepalive: true });
  }
}
