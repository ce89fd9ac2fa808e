import { API } from "./client";

const current: { api?: API } = {};

/** The shared instance; made with its defaults where none was set. */
export function getAPIInstance(): API {
  if (current.api === undefined) {
    current.api = new API();
  }
  return current.api;
}

/** Sets the instance that fetchers and hooks use. */
export function setAPIInstance(api: API): void {
  current.api = api;
}
