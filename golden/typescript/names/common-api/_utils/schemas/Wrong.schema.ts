import { z } from "zod";

export const WrongSchema = z.object({
  why: z.string().exactOptional(),
});
