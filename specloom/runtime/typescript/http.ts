/**
 * One call, from method and path to typed data. Generated code calls the verbs
 * of {@link HttpClient}; everything it needs can be imported from here.
 */

import { FetchAdapter, type HttpAdapter } from "./adapters";
import { writeBody } from "./body";
import {
  APIError,
  NetworkError,
  ResponseParseError,
  TimeoutError,
  type RequestInfo,
} from "./errors";
import { APILogger, redactBody, redactHeaders } from "./logger";
import {
  prepare,
  type Call,
  type HeaderOptions,
  type Prepared,
  type Target,
} from "./request";
import {
  APIPromise,
  readAny,
  readBlob,
  readError,
  readJSON,
  readJSONOrEmpty,
  readNothing,
  readText,
  type APIResponse,
  type NoErrors,
  type Reader,
} from "./response";
import {
  DEFAULT_RETRY_CONFIG,
  retryDelay,
  withRetry,
  type RetryConfig,
} from "./retry";
import type { Authenticator } from "./security";
import {
  eventJSON,
  eventText,
  EventStream,
  JSONLines,
  type OpenResponse,
} from "./streaming";
import { Deadline, send } from "./transport";

export { APIError, isAPIError, parse, type APIErrorOf } from "./errors";
export { Page, queryParam, type Paged } from "./paging";
export { path, styled } from "./params";
export type { Call, RequestOptions } from "./request";
export type { APIPromise, APIResponse, Result } from "./response";
export type { EventStream, JSONLines, ServerSentEvent } from "./streaming";

export interface HttpClientOptions {
  readonly auth: Authenticator;
  readonly adapter?: HttpAdapter | undefined;
  readonly retry?: Partial<RetryConfig> | false | undefined;
  /** Milliseconds for each try; 0 is no limit. Default: a minute. */
  readonly timeout?: number | undefined;
  readonly logger?: APILogger | undefined;
  readonly headers?: HeaderOptions | undefined;
  /** Whether the browser sends cookies, as in fetch. */
  readonly credentials?: RequestCredentials | undefined;
}

const JSON_TYPE = "application/json";

export class HttpClient {
  baseUrl: string;
  /** The Accept-Language header. */
  locale: string | undefined;
  readonly #options: HttpClientOptions;
  readonly #adapter: HttpAdapter;
  readonly #logger: APILogger;

  constructor(baseUrl: string, options: HttpClientOptions) {
    this.baseUrl = baseUrl;
    this.#options = options;
    this.#adapter = options.adapter ?? new FetchAdapter();
    this.#logger = options.logger ?? new APILogger();
  }

  /** JSON. An empty body is an error. */
  json<T, Errors = NoErrors>(
    method: string,
    target: Target,
    call?: Call,
  ): APIPromise<T, Errors> {
    return this.#read(method, target, call, JSON_TYPE, readJSON<T>);
  }

  /** JSON, or nothing. */
  jsonOrEmpty<T, Errors = NoErrors>(
    method: string,
    target: Target,
    call?: Call,
  ): APIPromise<T | undefined, Errors> {
    return this.#read(method, target, call, JSON_TYPE, readJSONOrEmpty<T>);
  }

  /** Nothing; what comes is dropped. */
  empty<Errors = NoErrors>(
    method: string,
    target: Target,
    call?: Call,
  ): APIPromise<void, Errors> {
    return this.#read(method, target, call, "*/*", readNothing);
  }

  text<Errors = NoErrors>(
    method: string,
    target: Target,
    call?: Call,
  ): APIPromise<string, Errors> {
    return this.#read(method, target, call, "text/*, */*;q=0.9", readText);
  }

  blob<Errors = NoErrors>(
    method: string,
    target: Target,
    call?: Call,
  ): APIPromise<Blob, Errors> {
    return this.#read(method, target, call, "*/*", readBlob);
  }

  /** JSON, text, a Blob or nothing, as the response's media type says. */
  any<T, Errors = NoErrors>(
    method: string,
    target: Target,
    call?: Call,
  ): APIPromise<T, Errors> {
    return this.#read(method, target, call, "*/*", readAny<T>);
  }

  /** The response, its body not read. */
  raw<Errors = NoErrors>(
    method: string,
    target: Target,
    call?: Call,
  ): APIPromise<Response, Errors> {
    const opened = this.#open(method, target, call, "*/*");
    return new APIPromise(
      opened.then(({ response, request }) =>
        answer(response, request, response),
      ),
    );
  }

  /** Server-sent events with text as data. */
  events(method: string, target: Target, call?: Call): EventStream<string> {
    const open = () => this.#open(method, target, call, "text/event-stream");
    return new EventStream(open, eventText);
  }

  /** Server-sent events with JSON as data. */
  jsonEvents<T>(method: string, target: Target, call?: Call): EventStream<T> {
    const open = () => this.#open(method, target, call, "text/event-stream");
    return new EventStream<T>(open, eventJSON<T>);
  }

  /** One JSON value a line. */
  jsonLines<T>(method: string, target: Target, call?: Call): JSONLines<T> {
    const accept = "application/x-ndjson, application/jsonl, */*;q=0.9";
    return new JSONLines<T>(() => this.#open(method, target, call, accept));
  }

  #read<T, Errors>(
    method: string,
    target: Target,
    call: Call | undefined,
    accept: string,
    read: Reader<T>,
  ): APIPromise<T, Errors> {
    return new APIPromise(
      this.#run(method, target, accepting(accept, call), async (open) => {
        const { response, request } = open;
        return answer(response, request, await read(response, request));
      }),
    );
  }

  /** Runs a call until its response begins. */
  #open(
    method: string,
    target: Target,
    call: Call | undefined,
    accept: string,
  ): Promise<OpenResponse> {
    const finish = (open: OpenResponse) => Promise.resolve(open);
    return this.#run(method, target, accepting(accept, call), finish, true);
  }

  /** All tries of a call, with at most one token refresh. */
  async #run<T>(
    method: string,
    target: Target,
    call: Call,
    finish: (open: OpenResponse) => Promise<T>,
    staysOpen = false,
  ): Promise<T> {
    const { auth } = this.#options;
    const { signal } = call.options ?? {};
    // Must be read before the first await: see Authenticator.callingRefresh.
    const anonymous = auth.callingRefresh || call.options?.auth === false;
    const body = writeBody(call);
    let refreshed = false;

    const attempt = async (): Promise<T> => {
      signal?.throwIfAborted();
      const granted = anonymous
        ? undefined
        : await auth.authorize(call.security);
      const request = prepare(method, target, call, body, granted, {
        baseUrl: this.baseUrl,
        locale: this.locale,
        headers: this.#options.headers,
        auth,
      });
      try {
        return await this.#attempt(request, call, finish, staysOpen);
      } catch (error) {
        const { token } = request;
        const renew =
          error instanceof APIError &&
          error.status === 401 &&
          token !== undefined &&
          !refreshed &&
          body?.replayable !== false;
        if (!renew || !(await auth.refresh(token))) throw error;
        refreshed = true;
        return attempt();
      }
    };

    const config = this.#retryConfig(call.options?.retry);
    return withRetry(
      attempt,
      (error, attempts) =>
        body?.replayable === false
          ? undefined
          : this.#delay(error, method, attempts, config),
      signal,
    );
  }

  #retryConfig(retry: Partial<RetryConfig> | false | undefined): RetryConfig {
    const general = this.#options.retry;
    if ((retry ?? general) === false) {
      return { ...DEFAULT_RETRY_CONFIG, retries: 0 };
    }
    return {
      ...DEFAULT_RETRY_CONFIG,
      ...(general || undefined),
      ...(retry || undefined),
    };
  }

  /** Milliseconds until the next try; undefined if there is to be none. */
  #delay(
    error: unknown,
    method: string,
    attempts: number,
    config: RetryConfig,
  ): number | undefined {
    const failed = error instanceof APIError ? error : undefined;
    if (!failed && !(error instanceof NetworkError)) return undefined;
    const { status, headers } = failed ?? {};
    const delay = retryDelay({ method, attempts, status, headers }, config);
    if (delay !== undefined) {
      const wait = `next try in ${Math.round(delay)} ms`;
      this.#logger.log("warn", `${describe(error)}; ${wait}`);
    }
    return delay;
  }

  /** One try: send, wait for the answer, read it. */
  async #attempt<T>(
    request: Prepared,
    call: Call,
    finish: (open: OpenResponse) => Promise<T>,
    staysOpen: boolean,
  ): Promise<T> {
    const { info } = request;
    const { signal, timeout } = call.options ?? {};
    const limit = timeout ?? this.#options.timeout ?? 60_000;
    const deadline = new Deadline(signal, limit);
    const began = Date.now();
    this.#logRequest(request, call);
    try {
      const response = await send(
        this.#adapter,
        request,
        deadline.signal,
        this.#options.credentials,
      );
      this.#logger.log(
        "info",
        `${info.method} ${info.url}: ${response.status} in ${Date.now() - began} ms`,
      );
      if (!response.ok) throw await readError(response, info);
      if (staysOpen) deadline.stopTimer();
      return await finish({
        response,
        request: info,
        signal: deadline.signal,
      });
    } catch (error) {
      deadline.end();
      const failure = explain(error, deadline, signal, limit, info);
      this.#logger.log("error", describe(failure));
      throw failure;
    } finally {
      if (!staysOpen) deadline.end();
    }
  }

  #logRequest({ info, headers, secrets }: Prepared, call: Call): void {
    if (!this.#logger.enabled("debug")) return;
    const { body = call.form ?? call.multipart } = call;
    this.#logger.log("debug", `${info.method} ${info.url}`, {
      headers: redactHeaders(headers, secrets),
      ...(body !== undefined && { body: redactBody(body) }),
    });
  }
}

const accepting = (accept: string, call: Call = {}): Call => ({
  ...call,
  accept: call.accept ?? accept,
});

function answer<T>(
  response: Response,
  request: RequestInfo,
  data: T,
): APIResponse<T> {
  const { status, headers } = response;
  return { data, status, headers, url: response.url || request.url, response };
}

/** What a caller is told: why a try failed, in our own words unless it was the caller who ended it. */
function explain(
  error: unknown,
  deadline: Deadline,
  signal: AbortSignal | undefined,
  limit: number,
  info: RequestInfo,
): unknown {
  if (signal?.aborted) return signal.reason;
  if (deadline.passed) return new TimeoutError(limit, info);
  const known = [APIError, NetworkError, ResponseParseError];
  if (known.some((type) => error instanceof type)) return error;
  return new NetworkError("The connection failed", info, error);
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
