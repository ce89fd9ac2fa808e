"use client";

import useSWR, { type SWRConfiguration, type SWRResponse } from "swr";
import useSWRMutation, { type SWRMutationResponse } from "swr/mutation";

import type { API } from "../../../client";
import type { APIError } from "../../../errors";
import type { ListBooksParams } from "../../client";
import type {
  Book,
  BookRequest,
  CoverRequest,
  PaginatedBookList,
  PatchedBookRequest,
} from "../../models";
import {
  booksCoverCreate,
  booksCoverRetrieve,
  createBook,
  deleteBook,
  getBook,
  getBooks,
  partialUpdateBook,
} from "../fetchers/books";

/** List books. Newest first. Pass `null` to wait. */
export function useBooks(
  params: ListBooksParams | null = {},
  options?: SWRConfiguration<PaginatedBookList, APIError> & { client?: API },
): SWRResponse<PaginatedBookList, APIError> {
  return useSWR(
    params && (["books/list", params] as const),
    ([, params]) => getBooks(params, options?.client),
    options,
  );
}

/** Add a book. */
export function useCreateBook(options?: {
  client?: API;
}): SWRMutationResponse<Book, APIError, "books/create", BookRequest> {
  return useSWRMutation("books/create", (_key, { arg }: { arg: BookRequest }) =>
    createBook(arg, options?.client),
  );
}

/** Pass `null` to wait. */
export function useBook(
  id: number | null,
  options?: SWRConfiguration<Book, APIError> & { client?: API },
): SWRResponse<Book, APIError> {
  return useSWR(
    id !== null && (["books/retrieve", id] as const),
    ([, id]) => getBook(id, options?.client),
    options,
  );
}

export function usePartialUpdateBook(
  id: number,
  options?: { client?: API },
): SWRMutationResponse<
  Book,
  APIError,
  readonly ["books/partialUpdate", number],
  PatchedBookRequest | undefined
> {
  return useSWRMutation(
    ["books/partialUpdate", id] as const,
    (_key, { arg }: { arg: PatchedBookRequest | undefined }) =>
      partialUpdateBook(id, arg, options?.client),
  );
}

/**
 * Books are no longer removed; set them to lost.
 *
 * @deprecated
 */
export function useDeleteBook(
  id: number,
  options?: { client?: API },
): SWRMutationResponse<void, APIError, readonly ["books/destroy", number]> {
  return useSWRMutation(["books/destroy", id] as const, () =>
    deleteBook(id, options?.client),
  );
}

/** Replace the cover. */
export function useBooksCoverCreate(
  id: number,
  options?: { client?: API },
): SWRMutationResponse<
  void,
  APIError,
  readonly ["books/coverCreate", number],
  CoverRequest
> {
  return useSWRMutation(
    ["books/coverCreate", id] as const,
    (_key, { arg }: { arg: CoverRequest }) =>
      booksCoverCreate(id, arg, options?.client),
  );
}

/** The cover as a picture. Pass `null` to wait. */
export function useBooksCoverRetrieve(
  id: number | null,
  options?: SWRConfiguration<Blob, APIError> & { client?: API },
): SWRResponse<Blob, APIError> {
  return useSWR(
    id !== null && (["books/coverRetrieve", id] as const),
    ([, id]) => booksCoverRetrieve(id, options?.client),
    options,
  );
}
