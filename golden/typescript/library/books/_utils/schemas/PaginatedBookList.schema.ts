import { z } from "zod";

import { BookSchema } from "./Book.schema";

export const PaginatedBookListSchema = z.object({
  count: z.int(),
  next: z.url().nullable().exactOptional(),
  previous: z.url().nullable().exactOptional(),
  results: z.array(BookSchema),
});
