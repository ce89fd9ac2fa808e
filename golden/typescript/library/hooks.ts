/** All hooks of the API. */

export * from "./books/_utils/hooks/books";
export * from "./loans/_utils/hooks/loans";
