import { z } from "zod";

export const BranchSchema = z.object({
  kind: z.literal("branch"),
  town: z.string(),
});
