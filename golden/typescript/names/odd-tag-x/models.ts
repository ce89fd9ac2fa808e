import type { PromiseModel } from "../enums";

export interface ErrorModel {
  name?: string;
  Promise?: PromiseModel;
}
