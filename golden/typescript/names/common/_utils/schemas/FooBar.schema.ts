import { z } from "zod";

import { FooBarModelSchema } from "./FooBarModel.schema";

export const FooBarSchema = z.object({
  value: FooBarModelSchema.exactOptional(),
});
