import { z } from "zod";

import { GenreSchema } from "../../../schema.enums";
import { HolderSchema } from "./Holder.schema";
import { ShelfSchema } from "./Shelf.schema";

export const BookSchema = z.object({
  id: z.int(),
  title: z.string().max(200),
  genre: z
    .union([GenreSchema, z.literal("")])
    .nullable()
    .exactOptional(),
  price: z.string().regex(/^-?\d{0,4}(?:\.\d{0,2})?$/),
  pages: z.int().min(1).max(32767).nullable().exactOptional(),
  added_at: z.iso.datetime({ offset: true }),
  shelf: ShelfSchema,
  holder: HolderSchema,
  extra: z.record(z.string(), z.unknown()).exactOptional(),
});
