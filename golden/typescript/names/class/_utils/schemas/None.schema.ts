import { z } from "zod";

export const NoneSchema = z.object({
  from: z.string(),
  ["__proto__"]: z.string(),
  constructor: z.string().exactOptional(),
  "@id": z.string().exactOptional(),
  "1st": z.int().exactOptional(),
  "a-b": z.string().exactOptional(),
  a_b: z.string().exactOptional(),
});
