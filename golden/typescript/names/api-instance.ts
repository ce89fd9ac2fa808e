import type { API } from "./client";

const current: { api?: API } = {};

/** The shared instance. It has to be set before. */
export function getAPIInstance(): API {
  if (current.api === undefined)
    throw new Error(
      "No API instance: call setAPIInstance(new API(baseUrl)) first",
    );
  return current.api;
}

/** Sets the instance that fetchers and hooks use. */
export function setAPIInstance(api: API): void {
  current.api = api;
}
