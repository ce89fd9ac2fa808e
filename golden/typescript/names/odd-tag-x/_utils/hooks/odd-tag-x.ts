"use client";

import useSWR, { type SWRConfiguration, type SWRResponse } from "swr";
import useSWRMutation, { type SWRMutationResponse } from "swr/mutation";

import type { API } from "../../../client";
import type { APIError } from "../../../errors";
import type { ErrorModel } from "../../models";
import { list, oddTagXList } from "../fetchers/odd-tag-x";

export function useList(
  options?: SWRConfiguration<ErrorModel, APIError> & { client?: API },
): SWRResponse<ErrorModel, APIError> {
  return useSWR("oddTagX/list", () => list(options?.client), options);
}

export function useOddTagXList(options?: {
  client?: API;
}): SWRMutationResponse<void, APIError, "oddTagX/oddTagXList"> {
  return useSWRMutation("oddTagX/oddTagXList", () =>
    oddTagXList(options?.client),
  );
}
