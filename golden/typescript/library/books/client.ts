import type { Genre } from "../enums";
import {
  Page,
  path,
  type APIPromise,
  type HttpClient,
  type Paged,
  type RequestOptions,
} from "../http";
import type {
  Book,
  BookRequest,
  CoverRequest,
  Detail,
  PaginatedBookList,
  PatchedBookRequest,
  ValidationError,
} from "./models";

export interface ListBooksParams {
  /** A page number within the paginated result set. */
  page?: number;
  /** Multiple values may be separated by commas. */
  genre?: Genre[];
  search?: string;
}

/** What {@link BooksClient.create} answers when it fails. */
export interface CreateBookErrors {
  400: ValidationError;
}

/** What {@link BooksClient.retrieve} answers when it fails. */
export interface RetrieveBookErrors {
  404: Detail;
}

/** What can be borrowed. */
export class BooksClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /**
   * List books.
   *
   * Newest first.
   *
   * `GET /api/books/`
   */
  list(
    params: ListBooksParams = {},
    options?: RequestOptions,
  ): APIPromise<PaginatedBookList> {
    return this.#http.json("GET", "/api/books/", {
      query: [
        ["page", params.page],
        ["genre", params.genre, "csv"],
        ["search", params.search],
      ],
      options,
    });
  }

  /** Every {@link Book} of every page of {@link list}. */
  iterate(
    params: ListBooksParams = {},
    options?: RequestOptions,
  ): Paged<Book, PaginatedBookList> {
    return Page.numbered((page) => this.list({ ...params, page }, options), {
      start: params.page,
      items: (page) => page.results,
      next: (page) => page.next,
      total: (page) => page.count,
    });
  }

  /**
   * Add a book.
   *
   * `POST /api/books/`
   *
   * @throws {@link APIError} 400 with a {@link ValidationError}
   */
  create(
    data: BookRequest,
    options?: RequestOptions,
  ): APIPromise<Book, CreateBookErrors> {
    return this.#http.json("POST", "/api/books/", { body: data, options });
  }

  /**
   * `GET /api/books/{id}/`
   *
   * @throws {@link APIError} 404 with a {@link Detail}
   */
  retrieve(
    id: number,
    options?: RequestOptions,
  ): APIPromise<Book, RetrieveBookErrors> {
    return this.#http.json("GET", path`/api/books/${id}/`, { options });
  }

  /** `PATCH /api/books/{id}/` */
  partialUpdate(
    id: number,
    data: PatchedBookRequest = {},
    options?: RequestOptions,
  ): APIPromise<Book> {
    return this.#http.json("PATCH", path`/api/books/${id}/`, {
      body: data,
      options,
    });
  }

  /**
   * Books are no longer removed; set them to lost.
   *
   * `DELETE /api/books/{id}/`
   *
   * @deprecated
   */
  destroy(id: number, options?: RequestOptions): APIPromise<void> {
    return this.#http.empty("DELETE", path`/api/books/${id}/`, { options });
  }

  /**
   * Replace the cover.
   *
   * `POST /api/books/{id}/cover/`
   */
  coverCreate(
    id: number,
    data: CoverRequest,
    options?: RequestOptions,
  ): APIPromise<void> {
    return this.#http.empty("POST", path`/api/books/${id}/cover/`, {
      multipart: data,
      options,
    });
  }

  /**
   * The cover as a picture.
   *
   * `GET /api/books/{id}/cover/`
   */
  coverRetrieve(id: number, options?: RequestOptions): APIPromise<Blob> {
    return this.#http.blob("GET", path`/api/books/${id}/cover/`, {
      security: [[]],
      options,
    });
  }
}
