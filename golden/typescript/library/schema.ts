/** All types of the API. */

export type * from "./books/models";
export * from "./enums";
export type * from "./loans/models";
