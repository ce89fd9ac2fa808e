import { z } from "zod";

export const ValidationErrorSchema = z.record(z.string(), z.array(z.string()));
