import { z } from "zod";

import { getAPIInstance } from "../../../api-instance";
import type { API } from "../../../client";
import { parse } from "../../../http";
import type { ModelConfig } from "../../models";
import { ModelConfigSchema } from "../schemas/ModelConfig.schema";

export async function getCommon(
  client: API = getAPIInstance(),
): Promise<ModelConfig[]> {
  return parse(z.array(ModelConfigSchema), await client.common.get());
}

export async function label(
  label: string,
  client: API = getAPIInstance(),
): Promise<void> {
  return client.common.label(label);
}

export async function drop(
  label: string,
  client: API = getAPIInstance(),
): Promise<void> {
  return client.common.drop(label);
}
