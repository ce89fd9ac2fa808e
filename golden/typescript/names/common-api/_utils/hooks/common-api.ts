"use client";

import useSWR, { type SWRConfiguration, type SWRResponse } from "swr";

import type { API } from "../../../client";
import type { APIError } from "../../../errors";
import type { ModelConfig } from "../../models";
import { getCommon } from "../fetchers/common-api";

export function useCommon(
  options?: SWRConfiguration<ModelConfig[], APIError> & { client?: API },
): SWRResponse<ModelConfig[], APIError> {
  return useSWR("common/get", () => getCommon(options?.client), options);
}
