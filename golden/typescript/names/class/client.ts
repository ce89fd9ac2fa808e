import {
  path,
  type APIPromise,
  type HttpClient,
  type RequestOptions,
} from "../http";
import type { None } from "./models";

export interface ClassParams {
  "page-size": number;
  id?: string;
  self?: string;
  options?: string;
  "X-Request-ID"?: string;
}

export class ClassClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** `GET /class/{class}/{id}` */
  class(
    classParam: string,
    id: string,
    params: ClassParams,
    options?: RequestOptions,
  ): APIPromise<None> {
    return this.#http.json("GET", path`/class/${classParam}/${id}`, {
      query: [
        ["page-size", params["page-size"]],
        ["id", params.id],
        ["self", params.self],
        ["options", params.options],
      ],
      headers: [["X-Request-ID", params["X-Request-ID"]]],
      options,
    });
  }
}
