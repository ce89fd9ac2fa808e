import { z } from "zod";

export const CoverRequestSchema = z.object({
  picture: z.instanceof(Blob),
  credit: z.string().exactOptional(),
});
