import { z } from "zod";

export const LoanSchema = z.object({
  id: z.guid(),
  book: z.int(),
  due: z.iso.date(),
});
