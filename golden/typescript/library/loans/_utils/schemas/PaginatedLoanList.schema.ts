import { z } from "zod";

import { LoanSchema } from "./Loan.schema";

export const PaginatedLoanListSchema = z.object({
  next: z.url().nullable().exactOptional(),
  previous: z.url().nullable().exactOptional(),
  results: z.array(LoanSchema),
});
