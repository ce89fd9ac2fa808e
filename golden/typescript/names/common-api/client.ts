import {
  path,
  type APIPromise,
  type HttpClient,
  type RequestOptions,
} from "../http";
import type { ModelConfig, Taken, Wrong } from "./models";

/** What {@link CommonClient.get} answers when it fails. */
export interface GetCommonsErrors {
  400: Wrong;
  409: Taken;
}

export class CommonClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /**
   * `GET /common`
   *
   * @throws {@link APIError} 400 with a {@link Wrong}
   * @throws {@link APIError} 409 with a {@link Taken}
   */
  get(options?: RequestOptions): APIPromise<ModelConfig[], GetCommonsErrors> {
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
