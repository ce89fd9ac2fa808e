/** When to try again, and how long to wait. */

export interface RetryConfig {
  /** How often to try again; 0 is never. */
  readonly retries: number;
  /** Milliseconds: the longest first wait. It doubles with each retry. */
  readonly minDelay: number;
  /** Milliseconds: the longest wait of all. */
  readonly maxDelay: number;
  /** Milliseconds: if Retry-After asks for more, the error is thrown instead. */
  readonly maxRetryAfter: number;
  readonly statuses: readonly number[];
  /** Methods that can be repeated without doing twice what was asked once (RFC 9110 §9.2.2). */
  readonly methods: readonly string[] | "all";
}

export const DEFAULT_RETRY_CONFIG: RetryConfig = {
  retries: 2,
  minDelay: 500,
  maxDelay: 8_000,
  maxRetryAfter: 60_000,
  statuses: [408, 429, 500, 502, 503, 504],
  methods: ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"],
};

/** What failed: a status with its headers, or neither where no answer came. */
export interface Failure {
  readonly method: string;
  /** How many tries there have been. */
  readonly attempts: number;
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
}

/** Milliseconds to wait before the next try, or undefined if there is to be none. */
export function retryDelay(
  failure: Failure,
  config: RetryConfig = DEFAULT_RETRY_CONFIG,
): number | undefined {
  const { method, attempts, status, headers } = failure;
  if (!(attempts <= config.retries)) return undefined; // also NaN and undefined
  if (config.methods !== "all" && !config.methods.includes(method)) {
    return undefined;
  }
  if (status !== undefined && !config.statuses.includes(status)) {
    return undefined;
  }
  const asked = retryAfter(headers?.get("retry-after") ?? null);
  if (asked !== undefined) {
    return asked <= config.maxRetryAfter ? asked : undefined;
  }
  // "Full jitter", so that many clients do not come back at the same moment.
  const longest = config.minDelay * 2 ** (attempts - 1);
  return Math.random() * Math.min(config.maxDelay, longest);
}

/** Whether to try again. */
export function shouldRetry(failure: Failure, config?: RetryConfig): boolean {
  return retryDelay(failure, config) !== undefined;
}

/** Milliseconds that a Retry-After header asks for (RFC 9110 §10.2.3), or undefined if it says nothing that makes sense. */
export function retryAfter(
  header: string | null,
  now: number = Date.now(),
): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes nearly anything; an HTTP date begins with a weekday.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return undefined;
  const moment = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}

/** Waits; ends early by throwing the signal's reason. */
export function sleep(
  milliseconds: number,
  signal?: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Calls `run` again as long as `delay` says how long to wait after its error. */
export async function withRetry<T>(
  run: () => Promise<T>,
  delay: (error: unknown, attempts: number) => number | undefined,
  signal?: AbortSignal | undefined,
): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await run();
    } catch (error) {
      const wait = signal?.aborted ? undefined : delay(error, attempts);
      if (wait === undefined) throw error;
      await sleep(wait, signal);
    }
  }
}
