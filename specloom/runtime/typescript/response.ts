/** How a response is read, and the promise of it. */

import { isJSON } from "./body";
import {
  APIError,
  ResponseParseError,
  type APIErrorOf,
  type RequestInfo,
} from "./errors";

/** What came back, and around it. */
export interface APIResponse<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Headers;
  /** After redirects. */
  readonly url: string;
  /** The response itself; its body has been read. */
  readonly response: Response;
}

/** How a call ended: `if (result.ok) result.data; else result.error`. */
export type Result<T, Errors> =
  | ({ readonly ok: true; readonly error?: never } & APIResponse<T>)
  | {
      readonly ok: false;
      readonly error: APIErrorOf<Errors>;
      readonly data?: never;
    };

/** Where an operation documents no errors. */
export type NoErrors = Record<never, never>;

/** A promise of a call's data, that can also tell about the response or the error. */
export class APIPromise<T, Errors = NoErrors> extends Promise<T> {
  readonly #response: Promise<APIResponse<T>>;

  constructor(response: Promise<APIResponse<T>>) {
    super((resolve, reject) => {
      response.then(({ data }) => resolve(data), reject);
    });
    this.#response = response;
  }

  /** What `then` makes is a plain promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The data together with status, headers and URL. */
  withResponse(): Promise<APIResponse<T>> {
    this.catch(() => undefined); // the other promise tells
    return this.#response;
  }

  /** An {@link APIError} as a value, typed as documented; anything else is still thrown. */
  safe(): Promise<Result<T, Errors>> {
    return this.withResponse().then(
      (response) => ({ ok: true, ...response }),
      (error: unknown) => {
        if (!(error instanceof APIError)) throw error;
        return { ok: false, error: believe<APIErrorOf<Errors>>(error) };
      },
    );
  }
}

/** Reads the body of a response that is a success. */
export type Reader<T> = (
  response: Response,
  request: RequestInfo,
) => Promise<T>;

/**
 * Takes what the server sent for what the API's description says it is. The one
 * place where that is done; to have it checked, use the Zod schemas.
 */
export function believe<T>(received: unknown): T {
  return received as T;
}

export async function readJSON<T>(
  response: Response,
  request: RequestInfo,
): Promise<T> {
  const text = await response.text();
  if (text.trim() === "") {
    throw new ResponseParseError("No JSON, but nothing", response, request, "");
  }
  return believe<T>(parseJSON(text, response, request));
}

export async function readJSONOrEmpty<T>(
  response: Response,
  request: RequestInfo,
): Promise<T | undefined> {
  const text = await response.text();
  return text.trim() === ""
    ? undefined
    : believe<T>(parseJSON(text, response, request));
}

function parseJSON(
  text: string,
  response: Response,
  request: RequestInfo,
): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ResponseParseError("Not JSON", response, request, text, cause);
  }
}

/** Drops the body, so that the connection is free again. */
export async function readNothing(response: Response): Promise<void> {
  await response.body?.cancel();
}

export const readText: Reader<string> = (response) => response.text();

export const readBlob: Reader<Blob> = (response) => response.blob();

/** As its media type says. */
export async function readAny<T>(
  response: Response,
  request: RequestInfo,
): Promise<T> {
  const type = response.headers.get("content-type") ?? "";
  if (isJSON(type)) return believe<T>(await readJSONOrEmpty(response, request));
  if (/^text\/|[/+]xml\b/i.test(type)) return believe<T>(await response.text());
  const blob = await response.blob();
  return believe<T>(blob.size > 0 ? blob : undefined);
}

/** The error that a response is; with its body, whatever that is. */
export async function readError(
  response: Response,
  request: RequestInfo,
): Promise<APIError> {
  const text = await response.text().catch(() => "");
  const type = response.headers.get("content-type") ?? "application/json";
  let body: unknown = text === "" ? undefined : text;
  if (isJSON(type) && text !== "") {
    try {
      body = JSON.parse(text);
    } catch {
      // an error page that claims to be JSON
    }
  }
  const { status, statusText, headers } = response;
  return new APIError(status, statusText, headers, body, request);
}
