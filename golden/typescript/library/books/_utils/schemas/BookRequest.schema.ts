import { z } from "zod";

import { GenreSchema } from "../../../schema.enums";

export const BookRequestSchema = z.object({
  title: z.string().min(1).max(200),
  genre: z
    .union([GenreSchema, z.literal("")])
    .nullable()
    .exactOptional(),
  price: z.string().regex(/^-?\d{0,4}(?:\.\d{0,2})?$/),
  pages: z.int().min(1).max(32767).nullable().exactOptional(),
});
