import { z } from "zod";

export const FooBarModelSchema = z.object({
  value: z.int().exactOptional(),
});
