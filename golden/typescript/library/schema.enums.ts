import { z } from "zod";

import { Genre } from "./enums";

export const GenreSchema = z.enum(Genre);
