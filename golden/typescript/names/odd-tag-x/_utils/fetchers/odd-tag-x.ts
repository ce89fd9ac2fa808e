import { getAPIInstance } from "../../../api-instance";
import type { API } from "../../../client";
import { parse } from "../../../http";
import type { ErrorModel } from "../../models";
import { ErrorModelSchema } from "../schemas/ErrorModel.schema";

export async function list(
  client: API = getAPIInstance(),
): Promise<ErrorModel> {
  return parse(ErrorModelSchema, await client.oddTagX.list());
}

export async function oddTagXList(
  client: API = getAPIInstance(),
): Promise<void> {
  return client.oddTagX.oddTagXList();
}
