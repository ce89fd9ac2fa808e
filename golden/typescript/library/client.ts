import { BaseAPI, type APIOptions, type SecuritySchemes } from "./base-api";
import { BooksClient } from "./books/client";
import { LoansClient } from "./loans/client";

const SECURITY_SCHEMES = {
  jwtAuth: { type: "http", scheme: "bearer" },
  cookieAuth: { type: "apiKey", in: "cookie", name: "sessionid" },
} satisfies SecuritySchemes;

/**
 * Library API.
 *
 * Books
 */
export class API extends BaseAPI {
  readonly books: BooksClient = new BooksClient(this.http);
  readonly loans: LoansClient = new LoansClient(this.http);

  constructor(
    baseUrl: string = "https://library.example.com",
    options: APIOptions = {},
  ) {
    super(baseUrl, options, {
      schemes: SECURITY_SCHEMES,
      security: [["jwtAuth"], ["cookieAuth"]],
    });
  }
}
