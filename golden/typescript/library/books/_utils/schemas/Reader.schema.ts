import { z } from "zod";

export const ReaderSchema = z.object({
  kind: z.literal("reader"),
  name: z.string(),
  email: z.email(),
});
