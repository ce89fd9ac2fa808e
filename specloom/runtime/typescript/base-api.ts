/** What the generated `API` inherits: settings, tokens, and the client that sends. */

import { FetchAdapter, type Fetch, type HttpAdapter } from "./adapters";
import { HttpClient } from "./http";
import { APILogger, type LoggerOptions } from "./logger";
import type { HeaderOptions } from "./request";
import type { RetryConfig } from "./retry";
import {
  Authenticator,
  type Basic,
  type CsrfOptions,
  type RefreshState,
  type Security,
  type SecuritySchemes,
  type TokenPair,
} from "./security";
import { defaultStorage, type StorageAdapter } from "./storage";

export type { SecuritySchemes } from "./security";

export interface APIOptions {
  /** Where tokens are kept. Default: `localStorage` in browsers, memory elsewhere. */
  readonly storage?: StorageAdapter | undefined;
  /** A token to begin with; or a function that is asked for it before every request. */
  readonly token?:
    | string
    | (() => string | null | undefined | Promise<string | null | undefined>)
    | undefined;
  readonly refreshToken?: string | undefined;
  /**
   * Gets new tokens when the server answers 401; called once for all requests
   * that wait for it. Null: the user has to log in again. What it asks of this
   * API before its first `await` is sent without the old token.
   */
  readonly refresh?:
    | ((refreshToken: string) => Promise<TokenPair | null | undefined>)
    | undefined;
  /** One for all APIs that share their tokens, so that these are refreshed once for all. */
  readonly refreshState?: RefreshState | undefined;
  /** The API key; one for each security scheme by its name, if there are several. */
  readonly apiKey?: string | Readonly<Record<string, string>> | undefined;
  readonly basic?: Basic | undefined;
  /** False never tries again. */
  readonly retry?: Partial<RetryConfig> | false | undefined;
  /** Milliseconds for each try; 0 is no limit. Default: a minute. */
  readonly timeout?: number | undefined;
  readonly logger?: APILogger | LoggerOptions | undefined;
  /** The Accept-Language header. */
  readonly locale?: string | undefined;
  /** Headers of all requests. */
  readonly headers?: HeaderOptions | undefined;
  /** Sends instead of the global fetch. */
  readonly fetch?: Fetch | undefined;
  /** Sends instead of fetch. */
  readonly adapter?: HttpAdapter | undefined;
  /** Whether the browser sends cookies, as in fetch. */
  readonly credentials?: RequestCredentials | undefined;
  /** The CSRF header of session authentication. False never sends it. */
  readonly csrf?: CsrfOptions | false | undefined;
}

/** What the API's description says for all operations. */
export interface APIDescription {
  readonly schemes?: SecuritySchemes;
  readonly security?: Security;
}

export class BaseAPI {
  /** Sends the requests of all operations. */
  readonly http: HttpClient;
  readonly #auth: Authenticator;

  constructor(
    baseUrl: string,
    options: APIOptions = {},
    description: APIDescription = {},
  ) {
    const { token, refreshToken, logger } = options;
    const storage = options.storage ?? defaultStorage();
    this.#auth = new Authenticator({
      ...options,
      ...description,
      storage,
      token: typeof token === "function" ? token : undefined,
    });
    if (typeof token === "string") this.#auth.setTokens(token, refreshToken);
    this.http = new HttpClient(baseUrl, {
      ...options,
      auth: this.#auth,
      adapter: options.adapter ?? new FetchAdapter(options.fetch),
      logger: logger instanceof APILogger ? logger : new APILogger(logger),
    });
    this.setLocale(options.locale);
  }

  /** Keeps a token in the storage; without a refresh token the old one stays. */
  setToken(token: string, refreshToken?: string | null): void {
    this.#auth.setTokens(token, refreshToken);
  }

  getToken(): string | null {
    return this.#auth.getToken();
  }

  getRefreshToken(): string | null {
    return this.#auth.getRefreshToken();
  }

  clearTokens(): void {
    this.#auth.clearTokens();
  }

  /** Whether there is a token. Whether it is still good only the server knows. */
  isAuthenticated(): boolean {
    return this.getToken() !== null;
  }

  /** One key for all schemes, or one for each by its name. */
  setApiKey(key: string | Readonly<Record<string, string>> | undefined): void {
    this.#auth.apiKey = key;
  }

  setBasic(credentials: Basic | undefined): void {
    this.#auth.basic = credentials;
  }

  setBaseUrl(baseUrl: string): void {
    this.http.baseUrl = baseUrl;
  }

  getBaseUrl(): string {
    return this.http.baseUrl;
  }

  /** The language of answers, as `de` or `pt-BR, pt;q=0.9`. */
  setLocale(locale: string | undefined): void {
    this.http.locale = locale;
  }

  getLocale(): string | undefined {
    return this.http.locale;
  }

  /** The CSRF token of the page, or null. */
  getCsrfToken(): string | null {
    return this.#auth.getCsrfToken();
  }
}

/** The URL of a server with variables (OpenAPI 3.1.1 §4.8.5): `serverUrl("https://{region}.example.com", { region: "eu" })`. */
export function serverUrl(
  template: string,
  variables: Readonly<Record<string, string>>,
): string {
  return template.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole,
  );
}
