/**
 * How parameters are written in URLs, headers and cookies: OpenAPI 3.1.1
 * §4.8.12, RFC 6570, RFC 3986. A style is one word; `*` after it is explode,
 * `+reserved` is allowReserved.
 */

export type PathStyle =
  "simple" | "simple*" | "label" | "label*" | "matrix" | "matrix*" | "json";
type UrlStyle = "form" | "csv" | "ssv" | "pipes" | "deep";
export type QueryStyle = UrlStyle | `${UrlStyle}+reserved` | "json";
export type HeaderStyle = "simple" | "simple*" | "json";
export type CookieStyle = "form" | "csv" | "json";

/** A parameter: its name, its value, and its style where it is not the default. */
export type Param<Style extends string> = readonly [
  name: string,
  value: unknown,
  style?: Style | undefined,
];

type Encode = (text: string) => string;
/** A name and a value, both encoded. */
type Pair = readonly [name: string, value: string];

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Percent-encodes everything but RFC 3986 unreserved characters. */
export const encode: Encode = (text) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    percent,
  );

/**
 * Percent-encodes what cannot stand in a URL at all: RFC 6570 §3.2.3. `#` would
 * end the query, and `'` is encoded by `URL` anyway.
 */
export const encodeReserved: Encode = (text) =>
  text.replace(
    /(%[\dA-Fa-f]{2}|[:/?[\]@!$&()*+,;=]+)|[^:/?[\]@!$&()*+,;=%]+|%/g,
    (part: string, kept: string | undefined) => kept ?? encode(part),
  );

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A scalar's text; anything else as JSON. */
export function scalar(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
    case "bigint":
      return String(value);
    case "number":
      if (Number.isFinite(value)) return String(value);
      throw new TypeError(`${value} cannot be sent as a parameter`);
    case "object":
      if (value instanceof Date) return date(value);
      if (value instanceof URL) return value.href;
      if (isBinary(value)) {
        throw new TypeError("Binary data cannot be sent as a parameter");
      }
      return JSON.stringify(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be sent as a parameter`);
  }
}

function date(value: Date): string {
  if (Number.isNaN(value.getTime())) {
    throw new TypeError("An invalid Date cannot be sent");
  }
  return value.toISOString().replace(".000Z", "Z");
}

/** Whether a value is bytes rather than a structure. */
export function isBinary(value: unknown): value is Blob | BufferSource {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value)
  );
}

/** The members of an array or object that are there; undefined for a scalar. */
function members(
  value: unknown,
): { list: string[] } | { pairs: [string, string][] } | undefined {
  if (Array.isArray(value)) {
    return { list: value.filter((item) => item != null).map(scalar) };
  }
  if (!isObject(value) || isScalarObject(value)) return undefined;
  return { pairs: entries(value).map(([key, item]) => [key, scalar(item)]) };
}

function isScalarObject(value: object): boolean {
  return value instanceof Date || value instanceof URL || isBinary(value);
}

function entries(value: object): [string, unknown][] {
  const all: [string, unknown][] = Object.entries(value);
  return all.filter(([, item]) => item != null);
}

/** The text of a value in a style that joins members by a separator; undefined if nothing is there. */
function joined(
  value: unknown,
  separator: string,
  explode: boolean,
  enc: Encode,
): string | undefined {
  const found = members(value);
  if (found === undefined) return enc(scalar(value));
  const parts =
    "list" in found
      ? found.list.map(enc)
      : explode
        ? found.pairs.map(([key, item]) => `${encode(key)}=${enc(item)}`)
        : found.pairs.flatMap(([key, item]) => [encode(key), enc(item)]);
  return parts.length > 0 ? parts.join(separator) : undefined;
}

/** A `form` parameter with explode: one pair for each member. */
function exploded(name: string, value: unknown, enc: Encode): Pair[] {
  const found = members(value);
  if (found === undefined) return [[encode(name), enc(scalar(value))]];
  return "list" in found
    ? found.list.map((item) => [encode(name), enc(item)])
    : found.pairs.map(([key, item]) => [encode(key), enc(item)]);
}

/** `name[key][0]=value`, as deep as the value goes. */
function deep(name: string, value: unknown, enc: Encode): Pair[] {
  if (value == null) return [];
  if (Array.isArray(value)) {
    return value
      .filter((item) => item != null)
      .flatMap((item, index) => deep(`${name}[${index}]`, item, enc));
  }
  return isObject(value) && !isScalarObject(value)
    ? entries(value).flatMap(([key, item]) =>
        deep(`${name}[${key}]`, item, enc),
      )
    : [[encode(name), enc(scalar(value))]];
}

/** The pairs of one query parameter or urlencoded form property. */
export function queryPairs(
  name: string,
  value: unknown,
  style: QueryStyle = "form",
): Pair[] {
  if (value === undefined) return [];
  if (style === "json") {
    return [[encode(name), encode(JSON.stringify(value))]];
  }
  if (value === null) return [];
  const enc = style.endsWith("+reserved") ? encodeReserved : encode;
  const one = (separator: string): Pair[] => {
    const text = joined(value, separator, false, enc);
    return text === undefined ? [] : [[encode(name), text]];
  };
  switch (style) {
    case "form":
    case "form+reserved":
      return exploded(name, value, enc);
    case "csv":
    case "csv+reserved":
      return one(",");
    case "ssv":
    case "ssv+reserved":
      return one("%20");
    case "pipes":
    case "pipes+reserved":
      return one("%7C");
    case "deep":
    case "deep+reserved":
      return deep(name, value, enc);
  }
}

const join = (pairs: readonly Pair[], separator: string): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join(separator);

/** Query parameters, without the `?`. */
export function queryString(params: readonly Param<QueryStyle>[]): string {
  return join(
    params.flatMap(([name, value, style]) => queryPairs(name, value, style)),
    "&",
  );
}

/** The Cookie header; empty if no parameter is there. */
export function cookieHeader(params: readonly Param<CookieStyle>[]): string {
  return join(
    params.flatMap(([name, value, style]) => queryPairs(name, value, style)),
    "; ",
  );
}

/** A header parameter's text, or undefined if it is left out. */
export function headerValue(
  value: unknown,
  style: HeaderStyle = "simple",
): string | undefined {
  if (value === undefined) return undefined;
  if (style === "json") return headerText(JSON.stringify(value));
  if (value === null) return undefined;
  const text = joined(value, ",", style === "simple*", (item) => item);
  return text === undefined ? undefined : headerText(text);
}

/** A header's text as fetch takes it: UTF-8, one character a byte. */
export function headerText(text: string): string {
  if (/[\0-\x08\n-\x1F\x7F]/.test(text)) {
    throw new TypeError("A header value cannot contain control characters");
  }
  return Array.from(new TextEncoder().encode(text), (byte) =>
    String.fromCharCode(byte),
  ).join("");
}

/** A path parameter that is to be written in a style of its own. */
interface Styled {
  readonly styled: () => string;
}

/** A path parameter in another style than `simple`, to stand in {@link path}. */
export function styled(style: PathStyle, name: string, value: unknown): Styled {
  return { styled: () => pathText(style, name, value) };
}

function pathText(style: PathStyle, name: string, value: unknown): string {
  const refuse = (): never => {
    throw new TypeError(`The path parameter ${name} is missing or empty`);
  };
  if (value == null || value === "") return refuse();
  const explode = style.endsWith("*");
  const text = (separator: string): string =>
    joined(value, separator, explode, encode) || refuse();
  switch (style) {
    case "simple":
    case "simple*":
      return text(",");
    case "label":
    case "label*":
      return `.${text(explode ? "." : ",")}`;
    case "matrix":
      return `;${encode(name)}=${text(",")}`;
    case "matrix*":
      return `;${join(exploded(name, value, encode), ";") || refuse()}`;
    case "json":
      return encode(JSON.stringify(value));
  }
}

/** A path, put together when it is sent, so that a bad value rejects the call's promise. */
export type Path = () => string;

/**
 * A path with its parameters: `` path`/api/products/${id}/` ``.
 *
 * Sending it throws a TypeError where a parameter is empty, or would lead
 * elsewhere (`.` or `..` as a whole segment).
 */
export function path(
  literals: TemplateStringsArray,
  ...values: readonly unknown[]
): Path {
  return () => {
    const text = literals.reduce((before, literal, index) => {
      const value = values[index - 1];
      const name = `after ${JSON.stringify(literals[index - 1])}`;
      const part = isStyled(value)
        ? value.styled()
        : pathText("simple", name, value);
      return before + part + literal;
    });
    const [segments = ""] = text.split(/[?#]/, 1);
    if (/(?:^|\/)\.\.?(?:\/|$)/.test(segments)) {
      throw new TypeError(`A parameter would change the path ${segments}`);
    }
    return text;
  };
}

// A function cannot come out of JSON, so no value of a caller is taken for one.
function isStyled(value: unknown): value is Styled {
  return (
    isObject(value) && "styled" in value && typeof value.styled === "function"
  );
}
