import {
  path,
  type APIPromise,
  type HttpClient,
  type RequestOptions,
} from "../http";
import type { ModelConfig } from "./models";

export class CommonClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** `GET /common` */
  get(options?: RequestOptions): APIPromise<ModelConfig[]> {
    return this.#http.json("GET", "/common", { options });
  }

  /** `GET /common/{label}` */
  label(label: string, options?: RequestOptions): APIPromise<void> {
    return this.#http.empty("GET", path`/common/${label}`, { options });
  }

  /** `DELETE /common/{label}` */
  drop(label: string, options?: RequestOptions): APIPromise<void> {
    return this.#http.empty("DELETE", path`/common/${label}`, { options });
  }
}
