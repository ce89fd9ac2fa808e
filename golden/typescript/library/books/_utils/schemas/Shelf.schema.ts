import { z } from "zod";

import type { Shelf } from "../../models";

/** A shelf; shelves stand in shelves. */
export const ShelfSchema: z.ZodType<Shelf> = z.object({
  id: z.int(),
  name: z.string().max(40),
  get inside() {
    return ShelfSchema.nullable().exactOptional();
  },
  get parts() {
    return z.array(ShelfSchema);
  },
});
