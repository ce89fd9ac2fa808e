import { z } from "zod";

export const TakenSchema = z.object({
  by: z.string().exactOptional(),
});
