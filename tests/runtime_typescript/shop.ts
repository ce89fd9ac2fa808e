/** A client as specloom generates them, by hand: what calls the runtime here has to compile and to work. */

import {
  BaseAPI,
  serverUrl,
  type APIOptions,
  type SecuritySchemes,
} from "./base-api";
import {
  Page,
  path,
  queryParam,
  styled,
  type APIPromise,
  type EventStream,
  type HttpClient,
  type JSONLines,
  type Paged,
  type RequestOptions,
} from "./http";

export interface Product {
  readonly id: number;
  name: string;
}

export interface ProductPage {
  count: number;
  next?: string | null;
  results: Product[];
}

export interface CursorPage {
  data?: Product[] | null;
  next_cursor?: string | null;
}

export interface ValidationError {
  [key: string]: string[];
}

export interface CreateProductErrors {
  400: ValidationError;
  409: { existing: number };
}

export interface ListProductsParams {
  page?: number;
  status?: string[];
}

export class ProductsClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  list(
    params: ListProductsParams = {},
    options?: RequestOptions,
  ): APIPromise<ProductPage> {
    return this.#http.json("GET", "/api/products/", {
      query: [
        ["page", params.page],
        ["status", params.status, "csv"],
      ],
      options,
    });
  }

  iterate(
    params: ListProductsParams = {},
    options?: RequestOptions,
  ): Paged<Product, ProductPage> {
    return Page.numbered((page) => this.list({ ...params, page }, options), {
      start: params.page,
      items: (page) => page.results,
      next: (page) => page.next,
    });
  }

  window(
    params: { limit?: number; offset?: number } = {},
    options?: RequestOptions,
  ): APIPromise<ProductPage> {
    return this.#http.json("GET", "/api/window/", {
      query: [
        ["limit", params.limit],
        ["offset", params.offset],
      ],
      options,
    });
  }

  iterateWindow(
    params: { limit?: number; offset?: number } = {},
    options?: RequestOptions,
  ): Paged<Product, ProductPage> {
    return Page.offset(
      (offset) => this.window({ ...params, offset }, options),
      {
        start: params.offset,
        items: (page) => page.results,
        total: (page) => page.count,
      },
    );
  }

  feed(
    params: { cursor?: string } = {},
    options?: RequestOptions,
  ): APIPromise<CursorPage> {
    return this.#http.json("GET", "/api/feed/", {
      query: [["cursor", params.cursor]],
      options,
    });
  }

  iterateFeed(
    params: { cursor?: string } = {},
    options?: RequestOptions,
  ): Paged<Product, CursorPage> {
    return Page.cursor(
      () => this.feed(params, options),
      (cursor) => this.feed({ ...params, cursor }, options),
      { items: (page) => page.data, next: (page) => page.next_cursor },
    );
  }

  log(
    params: { cursor?: number } = {},
    options?: RequestOptions,
  ): APIPromise<ProductPage> {
    return this.#http.json("GET", "/api/log/", {
      query: [["cursor", params.cursor]],
      options,
    });
  }

  iterateLog(
    params: { cursor?: number } = {},
    options?: RequestOptions,
  ): Paged<Product, ProductPage> {
    return Page.cursor(
      () => this.log(params, options),
      (cursor: number) => this.log({ ...params, cursor }, options),
      {
        items: (page) => page.results,
        next: (page) => Number(queryParam(page.next, "cursor")) || undefined,
      },
    );
  }

  iterateLinked(options?: RequestOptions): Paged<Product, ProductPage> {
    return Page.link(
      () => this.list({}, options),
      (url) => this.#http.json("GET", url, { options }),
      { items: (page) => page.results, next: (page) => page.next },
    );
  }

  all(
    params: { size?: number } = {},
    options?: RequestOptions,
  ): APIPromise<Product[]> {
    return this.#http.json("GET", "/api/all/", {
      query: [["size", params.size]],
      options,
    });
  }

  iterateAll(
    params: { size?: number } = {},
    options?: RequestOptions,
  ): Paged<Product, Product[]> {
    return Page.link(
      () => this.all(params, options),
      (url) => this.#http.json("GET", url, { options }),
      { items: (page) => page },
    );
  }

  create(
    data: Omit<Product, "id">,
    options?: RequestOptions,
  ): APIPromise<Product, CreateProductErrors> {
    return this.#http.json("POST", "/api/products/", { body: data, options });
  }

  partialUpdate(
    id: number,
    data: Partial<Product> = {},
    options?: RequestOptions,
  ): APIPromise<Product> {
    return this.#http.json("PATCH", path`/api/products/${id}/`, {
      body: data,
      type: "application/merge-patch+json",
      options,
    });
  }

  retrieve(id: number | string, options?: RequestOptions): APIPromise<Product> {
    return this.#http.json("GET", path`/api/products/${id}/`, { options });
  }

  near(
    at: { lat: number; lon: number },
    options?: RequestOptions,
  ): APIPromise<Product | undefined> {
    return this.#http.jsonOrEmpty(
      "GET",
      path`/api/near/${styled("matrix*", "at", at)}`,
      { options },
    );
  }

  destroy(id: number, options?: RequestOptions): APIPromise<void> {
    return this.#http.empty("DELETE", path`/api/products/${id}/`, { options });
  }

  photo(
    id: number,
    data: {
      photo: File | Blob;
      caption?: string;
      tags?: string[];
      meta?: object;
    },
    options?: RequestOptions,
  ): APIPromise<void> {
    return this.#http.empty("POST", path`/api/products/${id}/photo/`, {
      multipart: data,
      options,
    });
  }

  login(
    data: { username: string; password: string },
    options?: RequestOptions,
  ): APIPromise<{ access: string }> {
    return this.#http.json("POST", "/api/login/", {
      form: data,
      security: [],
      options,
    });
  }

  upload(
    data: Blob | ReadableStream | ArrayBuffer,
    options?: RequestOptions,
  ): APIPromise<void> {
    return this.#http.empty("PUT", "/api/upload/", {
      body: data,
      type: "application/octet-stream",
      options,
    });
  }

  report(options?: RequestOptions): APIPromise<string> {
    return this.#http.text("GET", "/api/report.csv", {
      accept: "text/csv",
      options,
    });
  }

  download(options?: RequestOptions): APIPromise<Blob> {
    return this.#http.blob("GET", "/api/download/", { options });
  }

  anything(options?: RequestOptions): APIPromise<Product | string | Blob> {
    return this.#http.any("GET", "/api/anything/", { options });
  }

  events(options?: RequestOptions): EventStream<string> {
    return this.#http.events("GET", "/api/events/", { options });
  }

  chat(data: object, options?: RequestOptions): EventStream<Product> {
    return this.#http.jsonEvents("POST", "/api/chat/", { body: data, options });
  }

  lines(options?: RequestOptions): JSONLines<Product> {
    return this.#http.jsonLines("GET", "/api/lines/", { options });
  }

  keyed(options?: RequestOptions): APIPromise<Product> {
    return this.#http.json("GET", "/api/keyed/", {
      security: [["keyAuth"]],
      options,
    });
  }
}

const SECURITY_SCHEMES = {
  bearerAuth: { type: "http", scheme: "bearer" },
  basicAuth: { type: "http", scheme: "basic" },
  cookieAuth: { type: "apiKey", in: "cookie", name: "sessionid" },
  keyAuth: { type: "apiKey", in: "header", name: "X-Shop-Id" },
  queryAuth: { type: "apiKey", in: "query", name: "appid" },
} satisfies SecuritySchemes;

export class API extends BaseAPI {
  readonly products: ProductsClient = new ProductsClient(this.http);

  constructor(
    baseUrl: string = serverUrl("https://{region}.example.com", {
      region: "eu",
    }),
    options: APIOptions = {},
  ) {
    super(baseUrl, options, {
      schemes: SECURITY_SCHEMES,
      security: [["cookieAuth"], ["bearerAuth"], ["basicAuth"], ["queryAuth"]],
    });
  }
}
