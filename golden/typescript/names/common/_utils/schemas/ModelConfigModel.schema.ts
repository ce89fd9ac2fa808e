import { z } from "zod";

export const ModelConfigModelSchema = z.object({
  x: z.int().exactOptional(),
});
