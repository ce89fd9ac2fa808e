// What a TypeScript program does with the shop's generated client and the shop itself; printed as JSON by step.
import { API, isAPIError } from "./shop/index";
import type { AddressRequest, ErrorDetail, ValidationError } from "./shop/common/models";
import type { StockConflict } from "./shop/cart/models";

const env = process.env as Record<string, string>;
const URL = env.SHOP_URL!;
const NAME = env.SHOP_CLIENT!;
const CUSTOMER = env.SHOP_CUSTOMER!;
const EXPIRED = env.SHOP_EXPIRED!;
const password = env.SHOP_PASSWORD!;
const PICTURE = Buffer.from(env.SHOP_PICTURE!, "base64");
const headers = { "X-Client": NAME };
const HOME: AddressRequest = {
  kind: "billing",
  name: "Åsa & Co. “KG”",
  street: "Gränsgatan 1",
  postal_code: "10115",
  city: "Göteborg",
  country: "DE",
  phone: "+49 30 1234567",
};
const NEWCOMER = `${NAME.replaceAll(" ", "-")}@example.com`;
const SKU = `LIVE-${NAME.replaceAll(" ", "-").toUpperCase()}`;
const results: Record<string, unknown> = {};

async function signedIn(email: string): Promise<API> {
  const client = new API(URL, { headers });
  const pair = await client.auth.token({ email, password });
  client.setToken(pair.access, pair.refresh);
  return client;
}

/** Status and code of an error that concerns the request as a whole. */
async function refusal(call: Promise<unknown>): Promise<unknown[]> {
  try {
    await call;
  } catch (error) {
    if (isAPIError<ErrorDetail>(error)) return [error.status, error.body.code];
    throw error;
  }
  throw new Error("not refused");
}

async function collect<T, R>(items: AsyncIterable<T>, change: (item: T) => R): Promise<R[]> {
  const found: R[] = [];
  for await (const item of items) found.push(change(item));
  return found;
}

const picture = (name: string): File => new File([PICTURE], name, { type: "image/png" });

async function accounts(): Promise<void> {
  const nobody = new API(URL, { headers });
  const opened = await nobody.accounts.create({ email: NEWCOMER, password, first_name: "Åsa" });
  results["open an account"] = [opened.full_name, opened.role, opened.is_active];
  results["not signed in"] = await refusal(nobody.users.meRetrieve());
  results["a wrong password"] = await refusal(nobody.auth.token({ email: NEWCOMER, password: "wrong" }));
  const pair = await nobody.auth.token({ email: NEWCOMER, password });
  nobody.setToken(pair.access, pair.refresh);
  const me = await nobody.users.meRetrieve();
  results["sign in for a token"] = me.id === opened.id && me.email === NEWCOMER;
  const forger = new API(URL, { headers, token: "no token at all" });
  results["a false token"] = await refusal(forger.users.meRetrieve());
}

async function lists(customer: API, anna: API): Promise<void> {
  results["pages by number"] = await collect(customer.products.iterate(), (product) => product.sku);
  results["pages by offset"] = await collect(customer.catalog.iterateBrandsList({ limit: 7 }), (brand) => brand.name);
  results["pages by cursor"] = await collect(anna.orders.iterate(), (order) => order.number);
  const german = new API(URL, { headers, locale: "de" });
  const cheapest = await german.products.list({ ordering: "price", page_size: 1 });
  results["in German"] = cheapest.results[0]?.name;
  const page = await customer.products.list({ search: "lamp", status: ["on_sale"], ordering: "-price", page_size: 2 });
  results["a page that was looked for"] = page.results.map((product) => product.name);
}

async function addresses(customer: API): Promise<void> {
  const answer = await customer.users.meAddressesCreate(HOME).withResponse();
  const address = answer.data;
  const place = answer.headers.get("Location") === `${URL}/api/users/me/addresses/${address.id}/`;
  results["create"] = [answer.status, place, address.name, address.phone, address.is_default];
  const again = await customer.users.meAddressesRetrieve(address.id);
  results["retrieve"] = JSON.stringify(again) === JSON.stringify(address);
  const changed = await customer.users.meAddressesPartialUpdate(address.id, { city: "Malmö", phone: null });
  results["change"] = [changed.name, changed.city, changed.phone];
  await customer.users.meAddressesDestroy(address.id);
  results["removed"] = await refusal(customer.users.meAddressesRetrieve(address.id));
}

async function products(manager: API, customer: API): Promise<void> {
  const { category } = await manager.products.bySku("LAMP-01");
  const lamp = { kind: "physical", sku: SKU, name: "Lämpchen", price: "19.90", category, weight: 900 } as const;
  const made = await manager.products.create(lamp);
  results["create of a kind"] = [made.kind, made.name, made.price, made.old_price, made.status];
  const taken = await manager.products.create({ ...lamp, category: 9999 }).safe();
  if (!taken.ok && isAPIError(taken.error, 400)) {
    const body: ValidationError = taken.error.body;
    results["not valid"] = [taken.error.status, Object.keys(body).sort(), body.sku?.length];
  }
  const cheaper = await manager.products.partialUpdate(made.id, { kind: "physical", price: "9.99", old_price: "19.90" });
  results["change of a kind"] = [cheaper.name, cheaper.price, cheaper.old_price];
  results["not allowed"] = await refusal(customer.products.create({ ...lamp, sku: "MINE" }));
  const photo = await manager.products.photo(made.id, { photo: picture("lämpchen.png"), alt: "Ä “b”" });
  results["upload a photo"] = [photo.alt, photo.width, photo.height];
  const photos = { photos: [picture("1.png"), picture("2.png")], alts: ["x", "y"] };
  results["upload photos"] = (await manager.products.photosCreate(made.id, photos)).map((found) => found.alt);
  const text = await manager.products.photo(made.id, { photo: new File(["no picture"], "a.png") }).safe();
  if (!text.ok && isAPIError(text.error, 400)) {
    results["no photo"] = [text.error.status, Object.keys(text.error.body)];
  }
  await manager.products.destroy(made.id);
  results["not found"] = await refusal(manager.products.retrieve(made.id));
  const rows = [`LIVE-1,physical,Lämpchen,9.90,${category},500`, `LIVE-2,physical,,9.90,${category},500`, ""];
  const table = ["sku,kind,name,price,category,weight", ...rows].join("\n");
  const report = await manager.products.import(table, { dry_run: true });
  if (!report) throw new Error("the table is read later");
  results["send a table"] = [report.created, report.updated, report.failed.map((row) => row.line), report.dry_run];
  const lines: string[] = [];
  for await (const product of manager.products.export()) {
    if (lines.push(product.sku) === 3) break;
  }
  results["read lines"] = lines;
}

async function files(customer: API, anna: API): Promise<void> {
  const file = new File(["Hello"], "nöte.txt", { type: "text/plain" });
  const upload = await customer.uploads.create({ file, purpose: "manual" });
  results["upload a file"] = [upload.filename, upload.content_type, upload.size];
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  const replaced = await customer.uploads.contentUpdate(upload.id, new Blob([bytes]));
  results["upload bytes"] = [replaced.content_type, replaced.size];
  const content = await customer.uploads.contentRetrieve(upload.id);
  results["download bytes"] = Buffer.from(await content.arrayBuffer()).equals(bytes);
  results["not one's own"] = await refusal(anna.uploads.retrieve(upload.id));
  const pdf = await anna.orders.invoice(env.SHOP_ORDER!);
  results["download a document"] = await pdf.slice(0, 5).text();
}

async function shopping(customer: API): Promise<void> {
  const lamp = await customer.products.bySku("LAMP-04");
  const item = await customer.cart.itemsCreate({ product_id: lamp.id, quantity: 2, options: { color: "röd" } });
  results["into the cart"] = [item.product.sku, item.quantity, item.options, item.subtotal];
  const tooMany = await customer.cart.itemsCreate({ product_id: lamp.id, quantity: 999 }).safe();
  if (!tooMany.ok && isAPIError(tooMany.error, 409)) {
    const body: StockConflict = tooMany.error.body;
    results["too many"] = [tooMany.error.status, body.code, body.items[0]?.requested];
  }
  const cart = await customer.cart.couponCreate({ code: "FIVE" });
  results["redeem"] = [cart.discount.amount, cart.total.amount];
  const method = await customer.payments.methodsCreate({ type: "card", token: "tok_visa_4242" });
  const checkout = { billing_address: HOME, payment_method: method.id, accept_terms: true } as const;
  const order = await customer.cart.checkout(checkout, { "Idempotency-Key": method.id });
  const again = await customer.cart.checkout(checkout, { "Idempotency-Key": method.id });
  results["check out"] = [order.status, order.total.amount, order.items[0]?.name, order.id === again.id];
  const noted = await customer.orders.partialUpdate(order.id, { note: "Tack!" });
  results["note"] = noted.note;
  const events: unknown[] = [];
  for await (const event of customer.orders.events(order.id, { "Last-Event-ID": "0" }).data()) {
    if (event.kind === "note_added") {
      events.push([event.author.full_name === order.customer.full_name, event.text]);
      const cancelled = await customer.orders.cancel(order.id, { reason: "too_late", comment: "Tyvärr" });
      results["cancel"] = [cancelled.status, cancelled.cancel_reason];
    } else if (event.kind === "status_changed") events.push([event.previous, event.status]);
  }
  results["follow"] = events;
  results["cancel again"] = await refusal(customer.orders.cancel(order.id, { reason: "other" }));
}

async function actions(customer: API, manager: API): Promise<void> {
  const lamp = await customer.products.bySku("LAMP-01");
  const reviews = await collect(customer.reviews.iterateProductsList(lamp.id), ({ id, title }) => ({ id, title }));
  results["pages of reviews"] = reviews.map((review) => review.title).sort();
  const review = reviews.find(({ title }) => title === "Review no. 10")!;
  results["vote"] = (await customer.reviews.productsVote(lamp.id, review.id, { vote: "down" })).title;
  for (let said = 0; said < 100; said++) {
    const comment = { text: `Comment no. ${said}` };
    const answer = await customer.reviews.productsCommentsCreate(lamp.id, review.id, comment).safe();
    if (answer.ok) continue;
    if (!isAPIError(answer.error, 429)) throw answer.error;
    const seconds = Number(answer.error.headers.get("Retry-After"));
    results["too often"] = [said, answer.error.status, answer.error.body.code, 0 < seconds && seconds <= 60];
    break;
  }
  const found = await collect(manager.accounts.iterate({ search: NEWCOMER }), (account) => account.id);
  const newcomer = found[0]!;
  results["not for customers"] = await refusal(customer.accounts.suspend(newcomer, { reason: "Revenge" }));
  const suspended = await manager.accounts.suspend(newcomer, { reason: "It was a test." });
  results["suspend"] = [found.length, suspended.is_active];
  results["suspended"] = await refusal(customer.auth.token({ email: NEWCOMER, password }));
}

/** Keeps cookies as browsers do; Node's fetch keeps none. */
class Cookies {
  readonly #cookies = new Map<string, string>();

  get = (name: string): string | undefined => this.#cookies.get(name);

  fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const sent = new Headers(init.headers);
    sent.set("Cookie", Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(url, { ...init, headers: sent });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)="?([^;"]*)/.exec(cookie)!;
      this.#cookies.set(name!, value!);
    }
    return response;
  };
}

async function session(): Promise<void> {
  const cookies = new Cookies();
  const client = new API(URL, { headers, fetch: cookies.fetch, csrf: { token: () => cookies.get("csrftoken") } });
  const careless = new API(URL, { headers, fetch: cookies.fetch, csrf: false });
  const account = await client.auth.login({ email: CUSTOMER, password });
  results["sign in for a session"] = (await client.users.meRetrieve()).id === account.id;
  results["without a CSRF token"] = await refusal(careless.users.meAddressesCreate(HOME));
  results["with a CSRF token"] = (await client.users.meAddressesCreate(HOME)).name;
  await client.auth.logout();
  results["session over"] = await refusal(client.users.meRetrieve());
}

async function refresh(): Promise<void> {
  let refreshed = 0;
  const renew = async (token: string): Promise<{ access: string; refresh: string | null }> => {
    refreshed++;
    const pair = await new API(URL, { headers }).auth.tokenRefresh({ refresh: token });
    return { access: pair.access, refresh: pair.refresh ?? null };
  };
  const used = (await signedIn(CUSTOMER)).getRefreshToken()!;
  const client = new API(URL, { headers, token: EXPIRED, refreshToken: used, refresh: renew });
  const calls = Array.from({ length: 5 }, () => client.users.meRetrieve());
  const found = await Promise.all(calls);
  results["refresh"] = [found.map((account) => account.email === CUSTOMER), refreshed];
  client.setToken(EXPIRED);
  const changed = await client.users.mePartialUpdate({ last_name: "Öberg" });
  results["refresh again"] = [changed.last_name, refreshed];
  const late = new API(URL, { headers, token: EXPIRED, refreshToken: used, refresh: renew });
  const refused = await refusal(late.users.meRetrieve());
  results["refresh with what was used"] = [refused, refreshed];
}

await accounts();
const customer = await signedIn(CUSTOMER);
const manager = await signedIn("manager@shop.example.com");
const anna = await signedIn("anna@example.com");
await lists(customer, anna);
await addresses(customer);
await products(manager, customer);
await files(customer, anna);
await shopping(customer);
await actions(customer, manager);
await session();
await refresh();

console.log(JSON.stringify(results));
