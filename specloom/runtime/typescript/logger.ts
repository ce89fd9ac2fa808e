/** Log lines without secrets. */

export type LogLevel = "silent" | "error" | "warn" | "info" | "debug";

/** Where lines go; `console` is one. */
export interface LogSink {
  error(message: string, details?: object): void;
  warn(message: string, details?: object): void;
  info(message: string, details?: object): void;
  debug(message: string, details?: object): void;
}

export interface LoggerOptions {
  /** The least important lines that are written. Default: `silent`; errors are thrown anyway. */
  readonly level?: LogLevel;
  /** Default: the console. */
  readonly sink?: LogSink;
}

/**
 * Writes what happens to requests: failures as `error`, retries as `warn`,
 * answers as `info`, headers and bodies as `debug`. What it is given has been
 * redacted before.
 */
export class APILogger {
  level: LogLevel;
  readonly #sink: LogSink;

  constructor(options: LoggerOptions = {}) {
    this.level = options.level ?? "silent";
    this.#sink = options.sink ?? console;
  }

  enabled(level: Exclude<LogLevel, "silent">): boolean {
    return rank(level) <= rank(this.level);
  }

  log(
    level: Exclude<LogLevel, "silent">,
    message: string,
    details?: object,
  ): void {
    if (!this.enabled(level)) return;
    if (details) this.#sink[level](message, details);
    else this.#sink[level](message);
  }
}

function rank(level: LogLevel): number {
  return ["silent", "error", "warn", "info", "debug"].indexOf(level);
}

export const REDACTED = "***";

/** Whether a header, query parameter or field of this name holds a secret. */
export function isSecret(name: string): boolean {
  return (
    /auth|cookie|csrf|xsrf|token|secret|passw|credential|session|signature|api[-_]?key/i.test(
      name,
    ) || /^(?:key|sig|pwd|pin|otp|code|cvv|cvc)$/i.test(name)
  );
}

/** Headers as an object that may be written down. */
export function redactHeaders(
  headers: Headers,
  secrets: ReadonlySet<string> = new Set(),
): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [
      name,
      isSecret(name) || secrets.has(name.toLowerCase()) ? REDACTED : value,
    ]),
  );
}

/** A URL that may be written down: without user info, secret query values replaced. */
export function redactURL(
  url: string,
  secrets: ReadonlySet<string> = new Set(),
): string {
  return url
    .replace(/^(\w+:\/\/)[^/?#]*@/, "$1")
    .replace(
      /([?&])([^=&#]*)=([^&#]*)/g,
      (whole: string, mark: string, name: string) =>
        isSecret(name) || secrets.has(name.toLowerCase())
          ? `${mark}${name}=${REDACTED}`
          : whole,
    );
}

/** A body that may be written down. Of a text only its length: nobody knows what it holds. */
export function redactBody(body: unknown): unknown {
  return typeof body === "string"
    ? `[${body.length} characters]`
    : redactValue(body, 0);
}

function redactValue(body: unknown, depth: number): unknown {
  if (typeof body !== "object" || body === null) return body;
  if (depth > 8) return "...";
  if (Array.isArray(body)) {
    return body.map((item) => redactValue(item, depth + 1));
  }
  if (Object.getPrototypeOf(body) !== Object.prototype) {
    return `[${body.constructor.name}]`;
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      isSecret(key) ? REDACTED : redactValue(value, depth + 1),
    ]),
  );
}
