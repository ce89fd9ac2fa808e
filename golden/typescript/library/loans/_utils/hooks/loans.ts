"use client";

import useSWR, { type SWRConfiguration, type SWRResponse } from "swr";

import type { API } from "../../../client";
import type { APIError } from "../../../errors";
import type { ListLoansParams } from "../../client";
import type { PaginatedLoanList } from "../../models";
import { getLoans } from "../fetchers/loans";

/** Pass `null` to wait. */
export function useLoans(
  params: ListLoansParams | null = {},
  options?: SWRConfiguration<PaginatedLoanList, APIError> & { client?: API },
): SWRResponse<PaginatedLoanList, APIError> {
  return useSWR(
    params && (["loans/list", params] as const),
    ([, params]) => getLoans(params, options?.client),
    options,
  );
}
