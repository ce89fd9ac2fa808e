export * from "./client";
export type * from "./models";
export * from "./_utils/fetchers/common-api";
