/** All types of the API. */

export type * from "./class/models";
export type * from "./common-api/models";
export type * from "./common/models";
export * from "./enums";
export type * from "./odd-tag-x/models";
