/** All hooks of the API. */

export * from "./class/_utils/hooks/class";
export * from "./odd-tag-x/_utils/hooks/odd-tag-x";
export * from "./common-api/_utils/hooks/common-api";
