import { z } from "zod";

import { BranchSchema } from "./Branch.schema";
import { ReaderSchema } from "./Reader.schema";

export const HolderSchema = z.discriminatedUnion("kind", [
  ReaderSchema,
  BranchSchema,
]);
