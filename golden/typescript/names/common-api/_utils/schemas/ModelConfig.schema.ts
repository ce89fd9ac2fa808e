import { z } from "zod";

export const ModelConfigSchema = z.object({
  model_config: z.string().exactOptional(),
  copy: z.string().exactOptional(),
  date: z.iso.date().exactOptional(),
  list: z.array(z.string()).exactOptional(),
  field: z.string().max(3).exactOptional(),
});
