/**
 * How request bodies are written: JSON, forms (OpenAPI 3.1.1 §4.8.15, RFC
 * 7578), text and binary.
 */

import {
  encode,
  headerText,
  isBinary,
  queryPairs,
  scalar,
  type QueryStyle,
} from "./params";

/** How a part of a multipart form travels, where that is not the default. */
export interface PartEncoding {
  readonly type?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** By property: a query style (urlencoded), a media type or {@link PartEncoding} (multipart). */
export type Encoding = Readonly<Record<string, string | PartEncoding>>;

/** What generated code says about a body; at most one of the first three. */
export interface BodyDescription {
  /** Written as {@link BodyDescription.type} says; JSON if it says nothing. */
  readonly body?: unknown;
  /** Properties, sent as `application/x-www-form-urlencoded`. */
  readonly form?: object | undefined;
  /** Properties, sent as `multipart/form-data`. */
  readonly multipart?: object | undefined;
  readonly type?: string | undefined;
  readonly encoding?: Encoding | undefined;
}

/** A body as fetch takes it. */
export interface Body {
  readonly content: BodyInit;
  /** The Content-Type; none where fetch says it. */
  readonly type?: string | undefined;
  /** Whether it can be sent a second time. */
  readonly replayable: boolean;
}

/** @throws TypeError for a value that cannot be sent in its media type. */
export function writeBody(description: BodyDescription): Body | undefined {
  const { form, multipart, body, encoding = {} } = description;
  if (form !== undefined) return writeForm(form, encoding);
  if (multipart !== undefined) return writeMultipart(multipart, encoding);
  if (body === undefined) return undefined;
  const type = description.type ?? "application/json";
  if (isJSON(type)) return replayable(JSON.stringify(body), type);
  if (isRaw(body)) return writeRaw(body, type);
  if (typeof body === "object" && body !== null) {
    if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
      return writeForm(body, encoding);
    }
    if (/^multipart\//i.test(type)) {
      return writeMultipart(body, encoding, type.replace(/;.*/, ""));
    }
    throw new TypeError(`An object cannot be sent as ${type}`);
  }
  return replayable(scalar(body), type);
}

/** Whether a media type is JSON: `application/json`, `application/problem+json`, ... */
export function isJSON(type: string): boolean {
  return /[/+]json\s*(?:;|$)/i.test(type);
}

const replayable = (content: BodyInit, type: string | undefined): Body => ({
  content,
  type,
  replayable: true,
});

type Raw =
  string | Blob | BufferSource | ReadableStream | FormData | URLSearchParams;

function isRaw(body: unknown): body is Raw {
  return (
    typeof body === "string" ||
    isBinary(body) ||
    body instanceof ReadableStream ||
    body instanceof FormData ||
    body instanceof URLSearchParams
  );
}

function writeRaw(content: Raw, type: string): Body {
  if (content instanceof FormData) return replayable(content, undefined);
  // "image/*" is what the API takes, not what this is.
  const own = content instanceof Blob ? content.type : "";
  const known = /[*,]/.test(type) ? own || "application/octet-stream" : type;
  return {
    content,
    type: known,
    replayable: !(content instanceof ReadableStream),
  };
}

function writeForm(form: object, encoding: Encoding): Body {
  const pairs = Object.entries(form).flatMap(([name, value]) => {
    const style = encoding[name];
    if (value === null) return [[encode(name), ""] as const];
    if (typeof style === "string" && isQueryStyle(style)) {
      return queryPairs(name, value, style);
    }
    return list(value).map(
      (item) => [encode(name), encode(text(item))] as const,
    );
  });
  return replayable(
    pairs.map(([name, value]) => `${name}=${value}`).join("&"),
    "application/x-www-form-urlencoded",
  );
}

function isQueryStyle(word: string): word is QueryStyle {
  return /^(?:json|(?:form|csv|ssv|pipes|deep)(?:\+reserved)?)$/.test(word);
}

/** The values sent for one property: the members of an array, or the value. */
function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value)
    ? value.filter((item) => item !== undefined)
    : [value];
}

const text = (value: unknown): string => (value === null ? "" : scalar(value));

/**
 * A form as one Blob. Not a FormData, which can give a part neither headers nor
 * a content type without also making it a file. Files are not read here.
 */
function writeMultipart(
  form: object,
  encoding: Encoding,
  type = "multipart/form-data",
): Body {
  const boundary = `----form-${randomHex()}${randomHex()}`;
  const parts: BlobPart[] = [];
  for (const [name, value] of Object.entries(form)) {
    const how = encoding[name];
    const part = typeof how === "string" ? { type: how } : (how ?? {});
    for (const item of list(value)) {
      parts.push(`--${boundary}\r\n${partHead(name, item, part)}\r\n\r\n`);
      parts.push(isBinary(item) ? item : text(item), "\r\n");
    }
  }
  parts.push(`--${boundary}--\r\n`);
  return replayable(new Blob(parts), `${type}; boundary=${boundary}`);
}

const randomHex = (): string =>
  Math.floor(Math.random() * 2 ** 52)
    .toString(16)
    .padStart(13, "0");

function partHead(name: string, value: unknown, part: PartEncoding): string {
  let disposition = `form-data; name="${quoted(name)}"`;
  let type = part.type;
  if (isBinary(value)) {
    const own = value instanceof Blob ? value.type : "";
    const filename =
      value instanceof Blob && "name" in value ? String(value.name) : "blob";
    disposition += `; filename="${quoted(filename)}"`;
    const described = type && !/[*,]/.test(type) ? type : undefined;
    type = own || (described ?? "application/octet-stream");
  } else if (value instanceof ReadableStream) {
    throw new TypeError(`${name}: a form takes a File or Blob, not a stream`);
  } else if (isStructure(value)) {
    type ??= "application/json";
  }
  const lines = [`Content-Disposition: ${disposition}`];
  if (type) lines.push(`Content-Type: ${type}`);
  for (const [header, content] of Object.entries(part.headers ?? {})) {
    headerText(content); // refuses line breaks
    lines.push(`${header}: ${content}`);
  }
  return lines.join("\r\n");
}

function isStructure(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof Date || value instanceof URL)
  );
}

/** As browsers do: https://html.spec.whatwg.org/#multipart-form-data */
const quoted = (name: string): string =>
  name.replace(/["\r\n]/g, (c) =>
    c === '"' ? "%22" : c === "\r" ? "%0D" : "%0A",
  );
