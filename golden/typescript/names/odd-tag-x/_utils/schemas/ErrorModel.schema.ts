import { z } from "zod";

import { PromiseModelSchema } from "../../../schema.enums";

export const ErrorModelSchema = z.object({
  name: z.string().exactOptional(),
  Promise: PromiseModelSchema.exactOptional(),
});
