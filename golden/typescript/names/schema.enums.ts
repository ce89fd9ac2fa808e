import { z } from "zod";

import { PromiseModel } from "./enums";

export const PromiseModelSchema = z.enum(PromiseModel);
