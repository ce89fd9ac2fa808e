import { z } from "zod";

export const PatchedBookRequestSchema = z.object({
  title: z.string().min(1).max(200).exactOptional(),
  price: z
    .string()
    .regex(/^-?\d{0,4}(?:\.\d{0,2})?$/)
    .exactOptional(),
});
