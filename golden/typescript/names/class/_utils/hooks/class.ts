"use client";

import useSWR, { type SWRConfiguration, type SWRResponse } from "swr";

import type { API } from "../../../client";
import type { APIError } from "../../../errors";
import type { ClassParams } from "../../client";
import type { None } from "../../models";
import { class_ } from "../fetchers/class";

/** Pass `null` to wait. */
export function useClass(
  classParam: string | null,
  id: string | null,
  params: ClassParams,
  options?: SWRConfiguration<None, APIError> & { client?: API },
): SWRResponse<None, APIError> {
  return useSWR(
    classParam !== null &&
      id !== null &&
      (["class/class", classParam, id, params] as const),
    ([, classParam, id, params]) =>
      class_(classParam, id, params, options?.client),
    options,
  );
}
