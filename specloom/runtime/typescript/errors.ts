/** What can be thrown. Messages carry no query, no headers and no bodies: they may hold secrets. */

/** The request that failed. */
export interface RequestInfo {
  readonly method: string;
  /** Secrets in the query are replaced by `***`. */
  readonly url: string;
}

const withoutQuery = (url: string): string => url.replace(/[?#][^]*$/, "");

/**
 * The server answered, but not with success.
 *
 * `body` is what it sent: parsed where it is JSON, else the text; undefined
 * where it is empty. Like any response it has not been validated.
 */
export class APIError<
  Body = unknown,
  Status extends number = number,
> extends Error {
  override readonly name: string = "APIError";
  readonly status: Status;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: Body;
  readonly request: RequestInfo;

  constructor(
    status: Status,
    statusText: string,
    headers: Headers,
    body: Body,
    request: RequestInfo,
  ) {
    const answer = statusText ? `${status} ${statusText}` : String(status);
    super(`${answer}: ${request.method} ${withoutQuery(request.url)}`);
    this.status = status;
    this.statusText = statusText;
    this.headers = headers;
    this.body = body;
    this.request = request;
  }
}

/** No answer: the server could not be reached, or the connection broke. */
export class NetworkError extends Error {
  override readonly name: string = "NetworkError";
  readonly request: RequestInfo;

  constructor(message: string, request: RequestInfo, cause?: unknown) {
    super(`${message}: ${request.method} ${withoutQuery(request.url)}`, {
      cause,
    });
    this.request = request;
  }
}

/** No answer in time. */
export class TimeoutError extends NetworkError {
  override readonly name: string = "TimeoutError";

  constructor(milliseconds: number, request: RequestInfo) {
    super(`No answer within ${milliseconds} ms`, request);
  }
}

/** The server said success, but sent something else than its description promises. */
export class ResponseParseError extends Error {
  override readonly name: string = "ResponseParseError";
  readonly status: number;
  readonly headers: Headers;
  readonly request: RequestInfo;
  /** What came, as text. */
  readonly text: string;

  constructor(
    message: string,
    response: Response,
    request: RequestInfo,
    text: string,
    cause?: unknown,
  ) {
    super(
      `${message} (status ${response.status}): ${request.method} ${withoutQuery(request.url)}`,
      { cause },
    );
    this.status = response.status;
    this.headers = response.headers;
    this.request = request;
    this.text = text;
  }
}

/** One thing that a schema found wrong; what Zod calls an issue. */
export interface ValidationIssue {
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly code?: string | undefined;
}

/** The server's answer is not what its schema says. */
export class ResponseValidationError extends Error {
  override readonly name: string = "ResponseValidationError";
  readonly issues: readonly ValidationIssue[];
  /** What was validated. */
  readonly data: unknown;

  constructor(issues: readonly ValidationIssue[], data: unknown) {
    super(`The response is not as described: ${formatIssues(issues)}`);
    this.issues = issues;
    this.data = data;
  }
}

/** One line a person can read: `results[0].price: expected string; ...`. */
export function formatIssues(issues: readonly ValidationIssue[]): string {
  return issues
    .map(({ path, message }) => {
      const place = path.reduce<string>(
        (text, key) =>
          typeof key === "number"
            ? `${text}[${key}]`
            : `${text}${text && "."}${String(key)}`,
        "",
      );
      return place ? `${place}: ${message}` : message;
    })
    .join("; ");
}

type ValidationListener = (error: ResponseValidationError) => void;

const validationListeners = new Set<ValidationListener>();

/**
 * Calls a function for every {@link ResponseValidationError}, for reporting.
 *
 * @returns a function that ends it
 */
export function onValidationError(listener: ValidationListener): () => void {
  validationListeners.add(listener);
  return () => void validationListeners.delete(listener);
}

/** Tells listeners of {@link onValidationError}. */
export function dispatchValidationError(error: ResponseValidationError): void {
  for (const listener of validationListeners) listener(error);
}

/** What Zod schemas have that is used here; so Zod is only imported where it is used. */
export interface Schema<T> {
  safeParse(data: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: { readonly issues: readonly ValidationIssue[] };
      };
}

/** @throws ResponseValidationError where `data` is not what `schema` says */
export function parse<T>(schema: Schema<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (result.success === true) return result.data;
  const error = new ResponseValidationError(result.error.issues, data);
  dispatchValidationError(error);
  throw error;
}

/** The error of an operation whose documented error bodies, by status, are `Bodies`. */
export type APIErrorOf<Bodies> =
  | {
      [Status in keyof Bodies]: Status extends number
        ? APIError<Bodies[Status], Status>
        : APIError<Bodies[Status]>;
    }[keyof Bodies]
  | ("default" extends keyof Bodies ? never : APIError);

/** The arm of an {@link APIErrorOf} that is documented for a status. */
type Documented<E, Status> = [Extract<E, { status: Status }>] extends [never]
  ? { readonly status: Status }
  : Extract<E, { status: Status }>;

/**
 * Whether an error is an {@link APIError}, and of the given status.
 *
 * An error of known type (from `safe()`) is narrowed to what is documented for
 * that status; for any other, say the body's type:
 * `isAPIError<CreateProductErrors[400]>(error, 400)`.
 */
export function isAPIError<E extends APIError, Status extends E["status"]>(
  error: E,
  status: Status,
): error is E & Documented<E, Status>;
export function isAPIError<Body = unknown>(
  error: unknown,
  status?: number,
): error is APIError<Body>;
export function isAPIError(error: unknown, status?: number): boolean {
  return (
    error instanceof APIError &&
    (status === undefined || error.status === status)
  );
}
