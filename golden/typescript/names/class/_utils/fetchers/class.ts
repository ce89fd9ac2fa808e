import { getAPIInstance } from "../../../api-instance";
import type { API } from "../../../client";
import { parse } from "../../../http";
import type { ClassParams } from "../../client";
import type { None } from "../../models";
import { NoneSchema } from "../schemas/None.schema";

export async function class_(
  classParam: string,
  id: string,
  params: ClassParams,
  client: API = getAPIInstance(),
): Promise<None> {
  return parse(NoneSchema, await client.class.class(classParam, id, params));
}
