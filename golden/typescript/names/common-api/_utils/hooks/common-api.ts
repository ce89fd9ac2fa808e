"use client";

import useSWR, { type SWRConfiguration, type SWRResponse } from "swr";
import useSWRMutation, { type SWRMutationResponse } from "swr/mutation";

import type { API } from "../../../client";
import type { APIError } from "../../../errors";
import type { ModelConfig } from "../../models";
import { drop, getCommon, label } from "../fetchers/common-api";

export function useCommon(
  options?: SWRConfiguration<ModelConfig[], APIError> & { client?: API },
): SWRResponse<ModelConfig[], APIError> {
  return useSWR("common/get", () => getCommon(options?.client), options);
}

/** Pass `null` to wait. */
export function useLabel(
  labelValue: string | null,
  options?: SWRConfiguration<void, APIError> & { client?: API },
): SWRResponse<void, APIError> {
  return useSWR(
    labelValue !== null && (["common/label", labelValue] as const),
    ([, labelValue]) => label(labelValue, options?.client),
    options,
  );
}

export function useDrop(
  label: string,
  options?: { client?: API },
): SWRMutationResponse<void, APIError, readonly ["common/drop", string]> {
  return useSWRMutation(["common/drop", label] as const, () =>
    drop(label, options?.client),
  );
}
