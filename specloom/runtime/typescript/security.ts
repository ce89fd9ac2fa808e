/** Who is asking: security schemes (OpenAPI 3.1.1 §4.8.27), tokens and their refresh, CSRF. */

import { encode } from "./params";
import {
  readCookie,
  REFRESH_TOKEN_KEY,
  TOKEN_KEY,
  type StorageAdapter,
} from "./storage";

export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: string }
  | {
      readonly type: "apiKey";
      readonly in: "header" | "query" | "cookie";
      readonly name: string;
      /** A word before the key, as in `Authorization: Token <key>`; the key may then be the token. */
      readonly prefix?: string;
    }
  | { readonly type: "oauth2" | "openIdConnect" | "mutualTLS" };

export type SecuritySchemes = Readonly<Record<string, SecurityScheme>>;

/** Alternatives; each the names of the schemes that are needed together. `[]` among them: or none. */
export type Security = readonly (readonly string[])[];

export interface Basic {
  readonly username: string;
  readonly password: string;
}

/** New tokens; without `refresh` the old refresh token stays. */
export interface TokenPair {
  readonly access: string;
  readonly refresh?: string | null | undefined;
}

export interface CsrfOptions {
  /** Default: `csrftoken`, Django's. */
  readonly cookieName?: string;
  /** Default: `X-CSRFToken`, Django's. */
  readonly headerName?: string;
  /** Where the token comes from, if not from the page's cookie. */
  readonly token?: () => string | null | undefined;
  /** Other origins than the page's own that may see the token. */
  readonly origins?: readonly string[];
}

/** How far a refresh of tokens is. APIs that share their tokens share this too. */
export interface RefreshState {
  /** What all requests wait for. */
  pending?: Promise<boolean> | undefined;
  /** Whether the refresh hook is being called right now. */
  calling?: boolean;
}

export interface AuthOptions {
  readonly storage: StorageAdapter;
  readonly schemes?: SecuritySchemes | undefined;
  readonly security?: Security | undefined;
  /** Asked for every request, instead of what is in the storage. */
  readonly token?: (() => Token | Promise<Token>) | undefined;
  /** One key, or one for each scheme by its name. */
  readonly apiKey?: string | Readonly<Record<string, string>> | undefined;
  readonly basic?: Basic | undefined;
  readonly refresh?:
    | ((refreshToken: string) => Promise<TokenPair | null | undefined>)
    | undefined;
  readonly refreshState?: RefreshState | undefined;
  readonly csrf?: CsrfOptions | false | undefined;
}

type Token = string | null | undefined;

/** What a request carries to say who is asking. */
export interface Authorization {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  readonly cookies: readonly (readonly [string, string])[];
  /** The token among them. */
  readonly token?: string | undefined;
}

const NONE: Authorization = { headers: [], query: [], cookies: [] };
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS", "TRACE"];

/** Knows the credentials, and which of them an operation takes. */
export class Authenticator {
  apiKey: string | Readonly<Record<string, string>> | undefined;
  basic: Basic | undefined;
  readonly #options: AuthOptions;
  readonly #state: RefreshState;

  constructor(options: AuthOptions) {
    this.#options = options;
    this.#state = options.refreshState ?? {};
    this.apiKey = options.apiKey;
    this.basic = options.basic;
  }

  getToken(): string | null {
    return this.#options.storage.getItem(TOKEN_KEY);
  }

  getRefreshToken(): string | null {
    return this.#options.storage.getItem(REFRESH_TOKEN_KEY);
  }

  setTokens(access: string, refresh?: string | null | undefined): void {
    this.#options.storage.setItem(TOKEN_KEY, access);
    if (refresh) this.#options.storage.setItem(REFRESH_TOKEN_KEY, refresh);
  }

  clearTokens(): void {
    this.#options.storage.removeItem(TOKEN_KEY);
    this.#options.storage.removeItem(REFRESH_TOKEN_KEY);
  }

  /** Whether the refresh hook is being called right now: the request it makes must not wait for itself. */
  get callingRefresh(): boolean {
    return this.#state.calling ?? false;
  }

  /** The first alternative for which every scheme has a credential. */
  async authorize(
    security: Security | undefined = this.#options.security,
  ): Promise<Authorization> {
    const token = (await this.#options.token?.()) ?? this.getToken();
    if (security === undefined) {
      const undescribed = this.#options.schemes === undefined;
      return token && undescribed ? bearer("Bearer", token) : NONE;
    }
    for (const names of security) {
      const parts = names.map((name) => this.#credential(name, token));
      const known = parts.filter((part) => part !== undefined);
      if (parts.length > 0 && known.length === parts.length) {
        return known.reduce(merge, NONE);
      }
    }
    return NONE;
  }

  #credential(
    name: string,
    token: string | null | undefined,
  ): Authorization | undefined {
    const scheme = this.#options.schemes?.[name];
    switch (scheme?.type) {
      case "http":
        if (scheme.scheme.toLowerCase() === "basic") {
          return this.basic && basic(this.basic);
        }
        return token ? bearer(capitalized(scheme.scheme), token) : undefined;
      case "oauth2":
      case "openIdConnect":
        return token ? bearer("Bearer", token) : undefined;
      case "apiKey":
        return this.#key(name, scheme, token);
      case "mutualTLS":
        return NONE;
      case undefined:
        return undefined;
    }
  }

  #key(
    schemeName: string,
    scheme: Extract<SecurityScheme, { type: "apiKey" }>,
    token: string | null | undefined,
  ): Authorization | undefined {
    const own =
      typeof this.apiKey === "string" ? this.apiKey : this.apiKey?.[schemeName];
    const key = own ?? (scheme.prefix ? token : undefined);
    if (!key) return undefined;
    const value = scheme.prefix ? `${scheme.prefix} ${key}` : key;
    const pair = [scheme.name, value] as const;
    switch (scheme.in) {
      case "header":
        return own
          ? { ...NONE, headers: [pair] }
          : { ...NONE, headers: [pair], token: key };
      case "query":
        return { ...NONE, query: [pair] };
      case "cookie":
        return { ...NONE, cookies: [[encode(scheme.name), encode(value)]] };
    }
  }

  /**
   * Gets a new token after `used` has been refused: once, however many requests
   * are waiting.
   *
   * @returns whether there is another token now
   */
  async refresh(used: string): Promise<boolean> {
    const current = this.getToken();
    if (current && current !== used) return true;
    this.#state.pending ??= this.#refresh().finally(() => {
      this.#state.pending = undefined;
    });
    return this.#state.pending;
  }

  async #refresh(): Promise<boolean> {
    const refreshToken = this.getRefreshToken();
    const hook = this.#options.refresh;
    if (!hook || !refreshToken) return false;
    try {
      this.#state.calling = true;
      const answer = callHook(() => hook(refreshToken));
      this.#state.calling = false;
      const pair = await answer;
      if (pair) this.setTokens(pair.access, pair.refresh);
      else this.clearTokens();
      return Boolean(pair);
    } catch (error) {
      // Anything but a refusal may be better next time.
      if (isRefusal(error)) this.clearTokens();
      return false;
    }
  }

  /** The CSRF token that a page would send to its own server. */
  getCsrfToken(): string | null {
    const { csrf = {} } = this.#options;
    if (csrf === false) return null;
    return csrf.token?.() ?? readCookie(csrf.cookieName ?? "csrftoken");
  }

  /** The CSRF header for a request. Another site than the page's own must not see the token. */
  csrfHeader(method: string, url: URL): readonly [string, string] | undefined {
    const { csrf = {} } = this.#options;
    if (csrf === false || SAFE_METHODS.includes(method)) return undefined;
    const page = typeof location === "undefined" ? undefined : location.origin;
    const trusted =
      url.origin === page ||
      csrf.origins?.includes(url.origin) ||
      (page === undefined && csrf.token !== undefined);
    const token = trusted ? this.getCsrfToken() : null;
    return token ? [csrf.headerName ?? "X-CSRFToken", token] : undefined;
  }
}

/** A hook that throws before it returns a promise is one that rejects. */
async function callHook<T>(hook: () => Promise<T>): Promise<T> {
  return hook();
}

/**
 * Whether the server refused the refresh token. The hook may have asked by
 * another generated client, whose APIError is a class of its own.
 */
function isRefusal(error: unknown): boolean {
  const refused: unknown[] = [400, 401, 403];
  const isAPIError = error instanceof Error && error.name === "APIError";
  return isAPIError && "status" in error && refused.includes(error.status);
}

function merge(one: Authorization, other: Authorization): Authorization {
  return {
    headers: [...one.headers, ...other.headers],
    query: [...one.query, ...other.query],
    cookies: [...one.cookies, ...other.cookies],
    token: one.token ?? other.token,
  };
}

function bearer(scheme: string, token: string): Authorization {
  return { ...NONE, headers: [["Authorization", `${scheme} ${token}`]], token };
}

function basic({ username, password }: Basic): Authorization {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { ...NONE, headers: [["Authorization", `Basic ${btoa(text)}`]] };
}

const capitalized = (word: string): string =>
  word.slice(0, 1).toUpperCase() + word.slice(1);
