export { API } from "./client";
export { getAPIInstance, setAPIInstance } from "./api-instance";
export * from "./enums";
export type * from "./common/models";
export * from "./class/index";
export * from "./odd-tag-x/index";
export * from "./common-api/index";
export {
  APIError,
  NetworkError,
  ResponseParseError,
  ResponseValidationError,
  TimeoutError,
  isAPIError,
  onValidationError,
  type ValidationIssue,
} from "./errors";
export type {
  APIPromise,
  APIResponse,
  EventStream,
  JSONLines,
  Paged,
  RequestOptions,
  Result,
  ServerSentEvent,
} from "./http";
export type { APIOptions } from "./base-api";
export {
  FetchAdapter,
  KeepAliveFetchAdapter,
  type HttpAdapter,
} from "./adapters";
export { APILogger, type LogLevel, type LoggerOptions } from "./logger";
export { DEFAULT_RETRY_CONFIG, type RetryConfig } from "./retry";
export {
  CookieStorageAdapter,
  LocalStorageAdapter,
  MemoryStorageAdapter,
  type StorageAdapter,
} from "./storage";
