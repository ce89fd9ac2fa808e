/** Where tokens are kept. Every adapter can be made on a server too, where there is no browser. */

/** Keeps texts under keys. */
export interface StorageAdapter {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export const TOKEN_KEY = "auth_token";
export const REFRESH_TOKEN_KEY = "refresh_auth_token";

/** Keeps them as long as the object lives. */
export class MemoryStorageAdapter implements StorageAdapter {
  readonly #items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }
}

/** Keeps them in `localStorage`; in memory where there is none, or where it is forbidden or full. */
export class LocalStorageAdapter implements StorageAdapter {
  readonly #memory = new MemoryStorageAdapter();

  getItem(key: string): string | null {
    return this.#memory.getItem(key) ?? attempt((s) => s.getItem(key)) ?? null;
  }

  setItem(key: string, value: string): void {
    const kept = attempt((storage) => {
      storage.setItem(key, value);
      return true;
    });
    if (kept) this.#memory.removeItem(key);
    else this.#memory.setItem(key, value);
  }

  removeItem(key: string): void {
    this.#memory.removeItem(key);
    attempt((storage) => storage.removeItem(key));
  }
}

/** Browsers throw where the user has blocked storage, also on mentioning it. */
function attempt<T>(use: (storage: Storage) => T): T | undefined {
  try {
    // Node has it too, but only with a flag; a window says that this is a browser.
    return typeof window === "undefined" ? undefined : use(window.localStorage);
  } catch {
    return undefined;
  }
}

export interface CookieStorageOptions {
  readonly path?: string;
  readonly domain?: string;
  /** Seconds until they expire; without it they end with the browser. */
  readonly maxAge?: number;
  readonly sameSite?: "strict" | "lax" | "none";
  /** Default: on https pages. */
  readonly secure?: boolean;
}

/** Keeps them in cookies that scripts can read; in memory where there is no document. */
export class CookieStorageAdapter implements StorageAdapter {
  readonly #memory = new MemoryStorageAdapter();
  readonly #options: CookieStorageOptions;

  constructor(options: CookieStorageOptions = {}) {
    this.#options = options;
  }

  getItem(key: string): string | null {
    return typeof document === "undefined"
      ? this.#memory.getItem(key)
      : readCookie(key);
  }

  setItem(key: string, value: string): void {
    if (typeof document === "undefined") this.#memory.setItem(key, value);
    else this.#write(key, value, this.#options.maxAge);
  }

  removeItem(key: string): void {
    if (typeof document === "undefined") this.#memory.removeItem(key);
    else this.#write(key, "", 0);
  }

  #write(key: string, value: string, maxAge: number | undefined): void {
    const { path = "/", domain, sameSite = "lax", secure } = this.#options;
    const parts = [
      `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
      `path=${path}`,
      `samesite=${sameSite}`,
    ];
    if (domain !== undefined) parts.push(`domain=${domain}`);
    if (maxAge !== undefined) parts.push(`max-age=${maxAge}`);
    if (secure ?? location.protocol === "https:") parts.push("secure");
    document.cookie = parts.join("; ");
  }
}

/** A cookie of the page, or null where there is none, or no page. */
export function readCookie(name: string): string | null {
  if (typeof document === "undefined") return null;
  const prefix = `${encodeURIComponent(name)}=`;
  const found = document.cookie
    .split(/;\s*/)
    .find((cookie) => cookie.startsWith(prefix));
  if (found === undefined) return null;
  const value = found.slice(prefix.length);
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** `localStorage` in browsers, memory elsewhere. */
export function defaultStorage(): StorageAdapter {
  return typeof window === "undefined"
    ? new MemoryStorageAdapter()
    : new LocalStorageAdapter();
}
