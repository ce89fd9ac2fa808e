// What a page does with the clients of all groups, as generate_api leaves them; printed as JSON by step.
import { API } from "./api/clients/typescript/index";

const { SHOP_URL, SHOP_CLIENT, SHOP_CUSTOMER, SHOP_EXPIRED, SHOP_PASSWORD } = process.env as Record<string, string>;
const headers = { "X-Client": SHOP_CLIENT };
const results: Record<string, unknown> = {};
let refreshed = 0;

async function refresh(token: string): Promise<{ access: string; refresh: string | undefined }> {
  refreshed++;
  const pair = await new API(SHOP_URL!, { headers }).storefront.auth.tokenRefresh({ refresh: token });
  return { access: pair.access, refresh: pair.refresh };
}

const api = new API(SHOP_URL!, { headers, refresh });
const pair = await api.storefront.auth.token({ email: SHOP_CUSTOMER!, password: SHOP_PASSWORD! });
api.setToken(SHOP_EXPIRED!, pair.refresh);
const [me, account, uploads] = await Promise.all([
  api.storefront.users.meRetrieve(),
  api.backoffice.accounts.list(),
  api.backoffice.uploads.list(),
]);
results["one refresh for all groups"] = [me.email === account.results[0]?.email, uploads.count, refreshed];

api.setToken(SHOP_EXPIRED!, pair.refresh);
const refused = await api.backoffice.uploads.list().safe();
results["refused in another group"] = [refused.error?.status, api.isAuthenticated()];

console.log(JSON.stringify(results));
