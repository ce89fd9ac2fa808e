import type { Genre } from "../enums";

/** A shelf; shelves stand in shelves. */
export interface Shelf {
  readonly id: number;
  name: string;
  readonly inside?: Shelf | null;
  readonly parts: Shelf[];
}

export interface Book {
  readonly id: number;
  title: string;
  genre?: Genre | "" | null;
  /** What it costs to replace. */
  price: string;
  pages?: number | null;
  readonly added_at: string;
  shelf: Shelf;
  holder: Holder;
  extra?: Record<string, unknown>;
}

/** What is sent to create a {@link Book}. */
export interface BookRequest {
  title: string;
  genre?: Genre | "" | null;
  /** What it costs to replace. */
  price: string;
  /** @default 100 */
  pages?: number | null;
}

/** What is sent to change a {@link Book}; what is left out stays. */
export interface PatchedBookRequest {
  title?: string;
  /** What it costs to replace. */
  price?: string;
}

export interface CoverRequest {
  picture: File | Blob;
  credit?: string;
}

export type Holder = Reader | Branch;

export interface Reader {
  kind: "reader";
  name: string;
  email: string;
}

export interface Branch {
  kind: "branch";
  town: string;
}

export interface PaginatedBookList {
  /** @example 123 */
  count: number;
  next?: string | null;
  previous?: string | null;
  results: Book[];
}

export type ValidationError = Record<string, string[]>;

export interface Detail {
  detail: string;
}
