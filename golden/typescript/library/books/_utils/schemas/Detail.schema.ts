import { z } from "zod";

export const DetailSchema = z.object({
  detail: z.string(),
});
