import { getAPIInstance } from "../../../api-instance";
import type { API } from "../../../client";
import { parse } from "../../../http";
import type { ListBooksParams } from "../../client";
import type {
  Book,
  BookRequest,
  CoverRequest,
  PaginatedBookList,
  PatchedBookRequest,
} from "../../models";
import { BookSchema } from "../schemas/Book.schema";
import { PaginatedBookListSchema } from "../schemas/PaginatedBookList.schema";

/** List books. Newest first. */
export async function getBooks(
  params: ListBooksParams = {},
  client: API = getAPIInstance(),
): Promise<PaginatedBookList> {
  return parse(PaginatedBookListSchema, await client.books.list(params));
}

/** Add a book. */
export async function createBook(
  data: BookRequest,
  client: API = getAPIInstance(),
): Promise<Book> {
  return parse(BookSchema, await client.books.create(data));
}

export async function getBook(
  id: number,
  client: API = getAPIInstance(),
): Promise<Book> {
  return parse(BookSchema, await client.books.retrieve(id));
}

export async function partialUpdateBook(
  id: number,
  data: PatchedBookRequest = {},
  client: API = getAPIInstance(),
): Promise<Book> {
  return parse(BookSchema, await client.books.partialUpdate(id, data));
}

/**
 * Books are no longer removed; set them to lost.
 *
 * @deprecated
 */
export async function deleteBook(
  id: number,
  client: API = getAPIInstance(),
): Promise<void> {
  return client.books.destroy(id);
}

/** Replace the cover. */
export async function booksCoverCreate(
  id: number,
  data: CoverRequest,
  client: API = getAPIInstance(),
): Promise<void> {
  return client.books.coverCreate(id, data);
}

/** The cover as a picture. */
export async function booksCoverRetrieve(
  id: number,
  client: API = getAPIInstance(),
): Promise<Blob> {
  return client.books.coverRetrieve(id);
}
