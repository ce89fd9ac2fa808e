import type { APIPromise, HttpClient, RequestOptions } from "../http";
import type { ErrorModel } from "./models";

export class OddTagXClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** `GET /odd` */
  list(options?: RequestOptions): APIPromise<ErrorModel> {
    return this.#http.json("GET", "/odd", { options });
  }

  /** `POST /odd` */
  oddTagXList(options?: RequestOptions): APIPromise<void> {
    return this.#http.empty("POST", "/odd", { options });
  }
}
