import {
  Page,
  queryParam,
  type APIPromise,
  type EventStream,
  type HttpClient,
  type Paged,
  type RequestOptions,
} from "../http";
import type { Loan, PaginatedLoanList } from "./models";

export interface ListLoansParams {
  cursor?: string;
}

/** Who has what. */
export class LoansClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** `GET /api/loans/` */
  list(
    params: ListLoansParams = {},
    options?: RequestOptions,
  ): APIPromise<PaginatedLoanList> {
    return this.#http.json("GET", "/api/loans/", {
      query: [["cursor", params.cursor]],
      options,
    });
  }

  /** Every {@link Loan} of every page of {@link list}. */
  iterate(
    params: ListLoansParams = {},
    options?: RequestOptions,
  ): Paged<Loan, PaginatedLoanList> {
    return Page.cursor(
      () => this.list(params, options),
      (cursor) => this.list({ ...params, cursor }, options),
      {
        items: (page) => page.results,
        next: (page) => queryParam(page.next, "cursor"),
      },
    );
  }

  /**
   * Loans as they happen.
   *
   * `GET /api/loans/events/`
   */
  events(options?: RequestOptions): EventStream<Loan> {
    return this.#http.jsonEvents("GET", "/api/loans/events/", { options });
  }
}
