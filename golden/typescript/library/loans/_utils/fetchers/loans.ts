import { getAPIInstance } from "../../../api-instance";
import type { API } from "../../../client";
import { parse, type EventStream } from "../../../http";
import type { ListLoansParams } from "../../client";
import type { Loan, PaginatedLoanList } from "../../models";
import { PaginatedLoanListSchema } from "../schemas/PaginatedLoanList.schema";

export async function getLoans(
  params: ListLoansParams = {},
  client: API = getAPIInstance(),
): Promise<PaginatedLoanList> {
  return parse(PaginatedLoanListSchema, await client.loans.list(params));
}

/** Loans as they happen. */
export function loansEventsRetrieve(
  client: API = getAPIInstance(),
): EventStream<Loan> {
  return client.loans.events();
}
