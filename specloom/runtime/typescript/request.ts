/** How a call becomes a request: URL, headers, credentials. */

import type { Body, BodyDescription } from "./body";
import type { RequestInfo } from "./errors";
import { isSecret, redactURL } from "./logger";
import {
  cookieHeader,
  encode,
  encodeReserved,
  headerText,
  headerValue,
  queryString,
  type CookieStyle,
  type HeaderStyle,
  type Param,
  type Path,
  type QueryStyle,
} from "./params";
import type { RetryConfig } from "./retry";
import type { Authenticator, Authorization, Security } from "./security";

/** Headers by name; null removes one. */
export type HeaderOptions = Readonly<Record<string, string | null | undefined>>;

/** What a caller can say about a single call. */
export interface RequestOptions {
  /** Cancels the call; it is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for each try, the body included; 0 is no limit. For streams: until they begin. */
  readonly timeout?: number | undefined;
  readonly retry?: Partial<RetryConfig> | false | undefined;
  /** Further headers. */
  readonly headers?: HeaderOptions | undefined;
  /** Further query parameters. */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** False sends no credentials. */
  readonly auth?: boolean | undefined;
}

/** What generated code says about a call. */
export interface Call extends BodyDescription {
  readonly query?: readonly Param<QueryStyle>[] | undefined;
  readonly headers?: readonly Param<HeaderStyle>[] | undefined;
  readonly cookies?: readonly Param<CookieStyle>[] | undefined;
  readonly accept?: string | undefined;
  readonly security?: Security | undefined;
  /** The operation's own server. */
  readonly baseUrl?: string | undefined;
  readonly options?: RequestOptions | undefined;
}

/** A path of the API; or a whole URL, as of a `next` link. */
export type Target = string | Path | URL;

/** A request that can be sent. */
export interface Prepared {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Body | undefined;
  /** Whether it goes to the origin of the base URL, where credentials belong. */
  readonly trusted: boolean;
  /** Lower-case names of the headers and query parameters that hold credentials. */
  readonly secrets: ReadonlySet<string>;
  /** The token among them. */
  readonly token: string | undefined;
  readonly info: RequestInfo;
}

/** What all calls of a client share. */
export interface Defaults {
  readonly baseUrl: string;
  readonly locale: string | undefined;
  readonly headers: HeaderOptions | undefined;
  readonly auth: Authenticator;
}

/** @throws TypeError for parameters that cannot be sent, and a base URL that leads nowhere */
export function prepare(
  method: string,
  target: Target,
  call: Call,
  body: Body | undefined,
  authorization: Authorization | undefined,
  defaults: Defaults,
): Prepared {
  const base = absolute(call.baseUrl ?? defaults.baseUrl);
  const url =
    target instanceof URL ? new URL(target) : join(base, target, call);
  const trusted = url.origin === base.origin;
  const granted = trusted ? authorization : undefined;
  for (const [name, value] of granted?.query ?? []) {
    if (url.searchParams.has(name)) continue; // a next link may repeat it
    url.search += `${url.search ? "&" : "?"}${encode(name)}=${encode(value)}`;
  }

  const headers = new Headers();
  const set = (name: string, value: string | null | undefined): void => {
    if (value === null) headers.delete(name);
    else if (value !== undefined) headers.set(name, headerText(value));
  };
  set("Accept", call.accept);
  set("Accept-Language", defaults.locale);
  for (const pair of Object.entries(defaults.headers ?? {})) set(...pair);
  for (const [name, value, style] of call.headers ?? []) {
    const text = headerValue(value, style);
    if (text !== undefined) headers.set(name, text);
  }
  set("Content-Type", body?.type);
  const cookies = [
    headers.get("Cookie") ?? "",
    cookieHeader(call.cookies ?? []),
    ...(granted?.cookies ?? []).map(([name, value]) => `${name}=${value}`),
  ].filter((cookie) => cookie !== "");
  if (cookies.length > 0) headers.set("Cookie", cookies.join("; "));
  for (const pair of granted?.headers ?? []) set(...pair);
  const csrf = trusted ? defaults.auth.csrfHeader(method, url) : undefined;
  if (csrf) set(...csrf);
  for (const pair of Object.entries(call.options?.headers ?? {})) set(...pair);

  const names = [
    ...[...headers.keys()].filter(isSecret),
    ...(granted?.headers ?? []).map(([name]) => name.toLowerCase()),
    ...(csrf ? [csrf[0].toLowerCase()] : []),
  ];
  if (!trusted) for (const name of names) headers.delete(name);
  const secrets = new Set([
    ...names,
    ...(granted?.query ?? []).map(([name]) => name.toLowerCase()),
  ]);
  return {
    method,
    url,
    headers,
    body,
    trusted,
    secrets,
    token: granted?.token,
    info: { method, url: redactURL(url.href, secrets) },
  };
}

/** A base URL may be relative where there is a page. */
function absolute(base: string): URL {
  // With a page of no origin (a file, a sandbox) even a whole URL would fail.
  const whole = /^https?:/i.test(base) || typeof location === "undefined";
  try {
    const url = whole ? new URL(base) : new URL(base, location.origin);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // said below
  }
  const text = JSON.stringify(base);
  throw new TypeError(
    `The base URL ${text} is not absolute: it has to begin with https://`,
  );
}

function join(base: URL, target: string | Path, call: Call): URL {
  const text = typeof target === "function" ? target() : target;
  const [known = ""] = text.split("#", 1); // a fragment is never sent
  const [path = "", ...own] = encodeReserved(known).split("?");
  const search = [
    base.search.slice(1),
    own.join("?"),
    queryString(call.query ?? []),
    queryString(Object.entries(call.options?.query ?? {})),
  ].filter((part) => part !== "");
  const root = base.origin + base.pathname.replace(/\/+$/, "");
  const slash = path.startsWith("/") ? "" : "/";
  const mark = search.length > 0 ? "?" : "";
  return new URL(`${root}${slash}${path}${mark}${search.join("&")}`);
}
