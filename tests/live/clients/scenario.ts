// What a TypeScript program does with the generated shop client; printed as JSON by step.
import { API, isAPIError } from "./shop/index";
import type { ErrorDetail, ValidationError } from "./shop/common/models";

const { SHOP_URL, SHOP_ORDER, SHOP_SHIPPED_ORDER, SHOP_UPLOAD } = process.env as Record<string, string>;
const results: Record<string, unknown> = {};

async function step(name: string): Promise<void> {
  await fetch(`${SHOP_URL}/__step__/${encodeURIComponent(name)}`, { method: "POST" });
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function base64(data: Blob): Promise<string> {
  return Buffer.from(await data.arrayBuffer()).toString("base64");
}

const api = new API(SHOP_URL, {
  locale: "de",
  refresh: async (refresh: string) => {
    const pair = await new API(SHOP_URL).auth.tokenRefresh({ refresh });
    return { access: pair.access, refresh: pair.refresh ?? null };
  },
});

await step("sign in");
const pair = await api.auth.token({ email: "ada@example.com", password: "secret" });
results["sign in"] = pair;
api.setToken(pair.access, pair.refresh);

await step("list");
results["list"] = await api.products.list({
  page: 2,
  page_size: 3,
  status: ["on_sale", "sold-out"],
  tag: ["a b", "c&d"],
  in_stock: true,
  search: "ä/?",
  attributes: { color: "red" },
});

await step("pages by number");
results["pages by number"] = (await collect(api.products.iterate())).map((product) => product.id);
await step("pages by offset");
results["pages by offset"] = (await collect(api.catalog.iterateBrandsList())).map((brand) => brand.id);
await step("pages by cursor");
results["pages by cursor"] = (await collect(api.orders.iterate())).map((order) => order.id);

const lamp = { kind: "physical", sku: "LAMP-8", name: "Lämpchen", price: "19.90", category: 3, weight: 900 } as const;
for (const name of ["create", "create from a dict"]) {
  await step(name);
  results[name] = await api.products.create({ ...lamp, old_price: null });
}
await step("create what is taken");
const taken = await api.products.create({ ...lamp, name: "taken" }).safe();
if (!taken.ok && isAPIError(taken.error, 400)) {
  const body: ValidationError = taken.error.body;
  results["create what is taken"] = { status: taken.error.status, body };
}

await step("change");
results["change"] = await api.products.partialUpdate(3, { kind: "physical", price: "9.99", available_from: null });
await step("remove");
await api.products.destroy(3);
results["remove"] = null;
await step("miss");
try {
  await api.products.retrieve(404);
} catch (error) {
  if (isAPIError<ErrorDetail>(error, 404)) results["miss"] = { status: error.status, code: error.body.code };
}
await step("meet what is new");
results["meet what is new"] = await api.products.retrieve(5);

await step("upload");
const photo = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff])], "a.png", { type: "image/png" });
results["upload"] = await api.products.photo(3, { photo, alt: "Ä “b”" });
await step("upload several");
const photos = [new File(["1"], "1.png", { type: "image/png" }), new File(["2"], "2.jpg", { type: "image/jpeg" })];
results["upload several"] = await api.products.photosCreate(3, { photos, alts: ["x", "y"], replace: true });
await step("upload bytes");
results["upload bytes"] = await api.uploads.contentUpdate(SHOP_UPLOAD!, new Blob([new Uint8Array([0, 1, 0xfe])]));
await step("download bytes");
results["download bytes"] = await base64(await api.uploads.contentRetrieve(SHOP_UPLOAD!));
await step("download a document");
results["download a document"] = await base64(await api.orders.invoice(SHOP_ORDER!));
await step("download a table");
results["download a table"] = await api.accounts.export();

await step("call an action");
results["call an action"] = await api.products.featured();
await step("call an action with a body");
results["call an action with a body"] = await api.orders.cancel(SHOP_ORDER!, { reason: "too_late", comment: "Sorry" });
await step("call an action too late");
const late = await api.orders.cancel(SHOP_SHIPPED_ORDER!, { reason: "other" }).safe();
if (!late.ok && isAPIError(late.error, 409)) {
  results["call an action too late"] = { status: late.error.status, code: late.error.body.code };
}

await step("retry");
results["retry"] = (await api.products.featured()).map((product) => product.id);
await step("not retry a post");
const refused = await api.products.create({ ...lamp, name: "Lamp", price: "1.00" }).safe();
if (!refused.ok) results["not retry a post"] = refused.error.status;
await step("refresh");
results["refresh"] = (await api.users.meRetrieve()).email;
results["token"] = api.getToken();

await step("stream events");
results["stream events"] = await collect(api.orders.events(SHOP_ORDER!).data());
await step("stream lines");
results["stream lines"] = await collect(api.products.export());

console.log(JSON.stringify(results));
