import { BaseAPI, type APIOptions } from "./base-api";
import { ClassClient } from "./class/client";
import { CommonClient } from "./common-api/client";
import { OddTagXClient } from "./odd-tag-x/client";

/** Names. */
export class API extends BaseAPI {
  readonly class: ClassClient = new ClassClient(this.http);
  readonly oddTagX: OddTagXClient = new OddTagXClient(this.http);
  readonly common: CommonClient = new CommonClient(this.http);

  constructor(baseUrl: string, options: APIOptions = {}) {
    super(baseUrl, options);
  }
}
