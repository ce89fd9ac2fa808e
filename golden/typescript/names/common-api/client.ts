import type { APIPromise, HttpClient, RequestOptions } from "../http";
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
}
