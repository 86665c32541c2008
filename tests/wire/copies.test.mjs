// Objects in stores, proxies and messages: a copy of a filter asks for the same customers, and a client, a filter, a
// page and a walk work behind the proxies of the usual libraries.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import * as immer from "immer";
import lodash from "lodash";
import * as mobx from "mobx";
import { createPinia, defineStore } from "pinia";
import * as vue from "vue";
import {
  CustomerFilter,
  CustomersApi,
  clientOf,
  id,
  json,
  module,
  rejection,
  validateListFilter,
} from "../support/package.mjs";

const vips = new CustomerFilter()
  .labels(["VIP", "Regular"])
  .email(["ada@example.com"])
  .query("ada")
  .dobMonth(5)
  .optedIn([id])
  .optedInDateFrom("2019-01-01")
  .sort(["-last_updated"])
  .limit(10);
const query = vips.toQueryString();

/** A copy through a port, as between a page and its worker. */
const posted = (value) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = ({ data }) => {
      port2.close();
      resolve(data);
    };
    port1.postMessage(value);
  });

const copies = {
  "a spread": (filter) => ({ ...filter }),
  "Object.assign": (filter) => Object.assign({}, filter),
  "Object.fromEntries": (filter) => Object.fromEntries(Object.entries(filter)),
  structuredClone,
  postMessage: posted,
  JSON: (filter) => JSON.parse(JSON.stringify(filter)),
  "JSON of a spread": (filter) => JSON.parse(JSON.stringify({ ...filter })),
  "another realm": (filter) =>
    runInNewContext("JSON.parse(text)", { text: JSON.stringify({ ...filter }) }),
  "lodash cloneDeep": (filter) => lodash.cloneDeep(filter),
  "lodash merge": (filter) => lodash.merge({}, filter),
  "immer, as it is": (filter) =>
    immer.produce({}, (draft) => Object.assign(draft, { filter })).filter,
  "immer, a draft of a copy": (filter) =>
    immer.produce({ ...filter }, (draft) => Object.assign(draft, { page: 1 })),
  "Vue reactive": (filter) => vue.reactive({ filter }).filter,
  "Vue ref of a copy": (filter) => vue.ref({ ...filter }).value,
  "MobX observable": (filter) => mobx.observable({ filter }).filter,
  "MobX observable of a copy": (filter) => mobx.observable({ ...filter }),
  "MobX toJS": (filter) => mobx.toJS(mobx.observable({ filter })).filter,
  "Object.create": (filter) => Object.create(filter),
  "Object.create of a copy": (filter) => Object.create({ ...filter }),
  "new CustomerFilter": (filter) => new CustomerFilter(filter),
  "new CustomerFilter of a copy": (filter) => new CustomerFilter({ ...filter }),
  toObject: (filter) => filter.toObject(),
};

for (const [how, copyOf] of Object.entries(copies)) {
  test(`a filter copied by ${how} asks for the same customers`, async () => {
    const copy = await copyOf(vips);
    assert.deepEqual(validateListFilter(copy), []);
    const { api, requests } = clientOf();
    await api.list(copy);
    await api.iterate(copy).next();
    assert.equal(
      new CustomerFilter(copy).labels(["VIP", "Regular"]).toQueryString().replace("&page=1", ""),
      query,
    );
    for (const { url } of requests) {
      const [, sent] = url.split("?");
      assert.equal(sent.replace("&page=1", ""), query);
    }
    // A copy of an invalid filter is invalid too.
    const wrong = await copyOf(new CustomerFilter().labels([]).limit(31));
    assert.deepEqual(
      validateListFilter(wrong).map(({ code }) => code),
      ["empty_list", "out_of_range"],
    );
    assert.equal((await rejection(api.list(wrong))).name, "ValidationError");
  });
}

test("a copy with more filters has all of them, and later values win", async () => {
  const inMay = new CustomerFilter().dobMonth(5).limit(5);
  for (const [filter, expected] of [
    [{ ...inMay, page: 2 }, "dob_month=5&limit=5&page=2"],
    [{ ...inMay, limit: 7 }, "dob_month=5&limit=7"],
    [{ limit: 7, ...inMay }, "dob_month=5&limit=5"],
    [{ ...inMay, limit: undefined }, "dob_month=5"],
    [{ ...inMay, ...new CustomerFilter().labels(["VIP"]) }, "dob_month=5&labels=VIP&limit=5"],
    [{ ...inMay, ...new CustomerFilter().limit(8) }, "dob_month=5&limit=8"],
    [Object.assign({}, inMay, { query: "a" }), "dob_month=5&query=a&limit=5"],
    [lodash.merge({}, inMay, new CustomerFilter().page(3)), "dob_month=5&limit=5&page=3"],
    [new CustomerFilter({ ...inMay, page: 2 }).limit(6), "dob_month=5&limit=6&page=2"],
  ]) {
    const { api, requests } = clientOf();
    await api.list(filter);
    assert.equal(requests[0].url.split("?")[1], expected);
    assert.deepEqual(validateListFilter(filter), []);
  }
  const misspelt = { ...inMay, labels: "VIP", colour: "red" };
  assert.deepEqual(
    validateListFilter(misspelt).map(({ path: [name], code }) => [name, code]),
    [
      ["labels", "invalid_type"],
      ["colour", "unknown_field"],
    ],
  );
});

test("a filter that inherits from another one may be built on", () => {
  const filter = Object.create(new CustomerFilter().labels(["VIP"]));
  assert.equal(filter.limit(5).toQueryString(), "labels=VIP&limit=5");
  assert.deepEqual(filter.toObject(), { labels: ["VIP"] });
  assert.equal(JSON.stringify(filter), '{"labels":["VIP"]}');
});

test("inherited properties of all objects are not filters", async () => {
  Object.prototype["labels="] = ["by an old script"];
  try {
    const { api, requests } = clientOf();
    await api.list(new CustomerFilter().limit(5));
    await api.list({ ...new CustomerFilter().limit(5) });
    await api.list({ limit: 5 });
    for (const { url } of requests) assert.match(url, /customers\?limit=5$/);
  } finally {
    delete Object.prototype["labels="];
  }
});

test("a name that every object inherits is not a filter, also in a copy", () => {
  for (const name of ["__proto__", "constructor", "toString"])
    for (const filter of [{ [`${name}=`]: ["a"] }, { [name]: ["a"] }]) {
      const [issue, ...more] = validateListFilter(filter);
      assert.deepEqual([issue.path, issue.code, more], [[name], "unknown_field", []]);
      assert.throws(() => new CustomerFilter(filter).toQueryString(), { name: "ValidationError" });
    }
});

test("a filter of plain dates is plain data as well", async () => {
  const date = { year: 2024, month: 2, day: 29, toString: () => "2024-02-29" };
  const filter = new CustomerFilter({ created_date: date }).bookingDate(date);
  assert.deepEqual(filter.toObject(), { created_date: "2024-02-29", booking_date: "2024-02-29" });
  assert.equal(new CustomerFilter(structuredClone(filter)).toQueryString(), filter.toQueryString());
});

test("values without a JSON form are refused in a copy too, and never left out", () => {
  for (const value of [() => {}, Symbol("a"), new Date(0), Number.NaN, [() => {}]]) {
    const filter = new CustomerFilter().labels(value);
    for (const copy of [
      filter,
      { ...filter },
      JSON.parse(JSON.stringify(filter)),
      filter.toObject(),
    ]) {
      const [issue, ...more] = validateListFilter(copy);
      assert.deepEqual([issue.path[0], issue.code, more], ["labels", "invalid_type", []]);
    }
  }
});

test("a filter cannot be changed from outside", () => {
  const labels = ["VIP"];
  const filter = new CustomerFilter({ labels }).sort(["id"]);
  labels.push("Regular");
  for (const handedOut of [filter.toObject(), filter.toJSON()]) {
    try {
      handedOut.labels.push("Regular");
    } catch {
      // It may be frozen.
    }
  }
  assert.throws(() => filter["labels="].push("Regular"), TypeError);
  assert.throws(() => Object.assign(filter, { "labels=": ["Regular"] }), TypeError);
  assert.equal(filter.toQueryString(), "labels=VIP&sort=id");
  for (const wrong of [null, 5, "labels=VIP", ["VIP"], new Date(), new Map()])
    assert.throws(() => new CustomerFilter(wrong), { name: "ConfigurationError" });
});

test("a filter that is built on a deep copy does not change with the copy", () => {
  for (const freeze of [(copy) => copy, Object.freeze]) {
    const copy = freeze(lodash.cloneDeep(new CustomerFilter().labels(["VIP"])));
    const filter = copy.limit(5);
    copy["labels="].push("Regular");
    assert.equal(filter.toQueryString(), "labels=VIP&limit=5");
  }
});

test("a setter removes the filter if it is given undefined", () => {
  const filter = new CustomerFilter().labels(["VIP"]).limit(5).labels(undefined);
  assert.equal(filter.toQueryString(), "limit=5");
  assert.deepEqual(Object.keys(filter), ["limit="]);
  assert.equal(filter.labels(["a"]).limit(undefined).toQueryString(), "labels=a");
});

test("a list or a function with properties of a filter is not a filter", () => {
  for (const value of [
    Object.assign([], { "labels=": ["VIP"] }),
    Object.assign(() => {}, { "labels=": ["VIP"] }),
  ]) {
    const [issue, ...more] = validateListFilter(value);
    assert.deepEqual([issue.path, issue.code, more], [[], "invalid_type", []]);
  }
});

test("printing a filter or a page shows its contents", async () => {
  assert.match(inspect(vips), /^CustomerFilter \{\s+'labels=': \[ 'VIP', 'Regular' \]/);
  const { api } = clientOf(() => json({ customers: [{ id }] }));
  assert.match(inspect(await api.list()), new RegExp(`customers: \\[ \\{ id: '${id}' \\} \\]`));
});

test("names that are not filters can be ignored in a query", () => {
  const text = "?utm_source=mail%2Cmay&labels=VIP&%zz=1&fbclid=%FF&limit=5&utm_source=again";
  assert.equal(
    CustomerFilter.parse(text, { unknown: "ignore" }).toQueryString(),
    "labels=VIP&limit=5",
  );
  for (const options of [undefined, {}, { unknown: undefined }, { unknown: "refuse" }])
    assert.throws(() => CustomerFilter.parse(text, options), { name: "ValidationError" });
  // Filters must follow the rules.
  for (const wrong of [
    "limit=31",
    "limit=1&limit=2",
    "labels=%FF",
    "labels=",
    "opted_in_date=2024-01-01",
  ])
    assert.throws(() => CustomerFilter.parse(wrong, { unknown: "ignore" }), {
      name: "ValidationError",
    });
  for (const options of [{ unknown: "drop" }, { unknown: true }, { ignore: "unknown" }, "ignore"])
    assert.throws(() => CustomerFilter.parse("limit=1", options), { name: "ConfigurationError" });
});

test("lists are decoded and then divided", () => {
  for (const [text, labels] of [
    ["labels=a%2Cb", ["a", "b"]],
    ["labels=a%2cb,c", ["a", "b", "c"]],
    [`${new URLSearchParams({ labels: "a b,c" })}`, ["a b", "c"]],
  ])
    assert.deepEqual(CustomerFilter.parse(text).toObject(), { labels });
  assert.deepEqual(CustomerFilter.parse("dob_month=1%2C12").toObject(), { dob_month: [1, 12] });
  // In the builder, an item with a comma could not be distinguished from two items.
  assert.throws(() => new CustomerFilter().labels(["a,b"]).toQueryString(), {
    name: "ValidationError",
  });
});

// ── Behind proxies ──

const secret = "secret-token-0123456789";
const people = (count) => Array.from({ length: count }, (_, index) => ({ id: `${index}` }));
const paged = (url) => {
  const page = Number(new URL(url).searchParams.get("page") ?? 1);
  const headers = {
    "X-Pagination-Page": `${page}`,
    "X-Pagination-Per-Page": "30",
    "X-Pagination-Total-Pages": "3",
    "X-Pagination-Total-Results": "90",
    "X-RateLimit-Limit": "100",
    "X-RateLimit-Remaining": `${100 - page}`,
  };
  return json(
    { customers: people(90).slice(30 * (page - 1), 30 * page), customer: { id } },
    { headers },
  );
};

/** Uses all objects of the package through `wrap(object)`. */
async function useBehind(wrap) {
  const api = wrap(clientOf(paged, { token: secret }).api);
  const filter = wrap(new CustomerFilter().labels(["VIP"]));
  assert.equal(wrap(filter.limit(30)).toQueryString(), "labels=VIP&limit=30");
  let page = wrap(await api.list(filter));
  const pages = [];
  while (page) {
    pages.push(page.pagination.page, page.customers.length);
    page = await page.nextPage();
    if (page) page = wrap(page);
  }
  assert.deepEqual(pages, [1, 30, 2, 30, 3, 30]);
  const walk = wrap(api.iterate(filter));
  assert.equal((await walk.next()).value.id, "0");
  let count = 1;
  for await (const _ of walk) count++;
  assert.equal(count, 90);
  assert.equal((await wrap(api.iterate()).toArray({ maxItems: 31 })).length, 31);
  assert.equal((await api.get(id)).id, id);
  await api.update(id, { notes: "a" });
  assert.equal((await api.create({}).withResponse()).data.id, id);
  await api
    .withOptions({ maxRetries: 0 })
    .delete(id)
    .catch(() => {});
  assert.equal(api.rateLimit.limit, 100);
}

test("Vue's ref, reactive and readonly leave everything working", async () => {
  await useBehind((value) => vue.ref(value).value);
  await useBehind((value) => vue.reactive({ value }).value);
  await useBehind((value) => vue.readonly(vue.reactive({ value })).value);
});

test("a Pinia store can hold everything", async () => {
  let count = 0;
  const pinia = createPinia();
  await useBehind((value) => {
    const useStore = defineStore(`store-${++count}`, { state: () => ({ value }) });
    return useStore(pinia).value;
  });
});

test("MobX's observables leave everything working", async () => {
  await useBehind((value) => mobx.observable({ value }).value);
  await useBehind((value) => mobx.observable.box(value).get());
});

test("immer's states can hold everything", async () => {
  await useBehind((value) => immer.produce({}, (draft) => Object.assign(draft, { value })).value);
});

test("everything works behind a transparent proxy", async () => {
  await useBehind((value) => new Proxy(value, {}));
});

test("a client works behind a proxy that hands on proxies", async () => {
  const wrapped = (value) =>
    new Proxy(value, {
      get(target, key, receiver) {
        const inner = Reflect.get(target, key, receiver);
        return typeof inner === "object" && inner !== null ? wrapped(inner) : inner;
      },
    });
  const { api } = clientOf(paged);
  assert.equal((await wrapped(api).get(id)).id, id);
  assert.equal((await wrapped(api).withOptions({ maxRetries: 0 }).list()).customers.length, 30);
});

test("the package works where the language's own objects are frozen", () => {
  const program = `
    const { CustomersApi, CustomerFilter, validateNewCustomer } = await import(process.argv[1]);
    const fetch = async () => Response.json({ customers: [{ id: "1" }] });
    const api = new CustomersApi({ baseUrl: "https://proxy.example/api", fetch });
    const filter = new CustomerFilter().labels(["VIP"]);
    const page = await api.list(filter);
    const all = await api.iterate({ ...filter }).toArray({ maxItems: 5 });
    const { code } = await api.list({ limit: 31 }).catch((error) => error);
    const issues = validateNewCustomer({ phone: 5, emial: "a" });
    console.log([page.customers.length, all.length, code, issues.length].join());`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--frozen-intrinsics", "--input-type=module", "--eval", program, module],
    { encoding: "utf8", timeout: 30_000 },
  );
  assert.equal(stdout.trim(), "1,1,validation,2", stderr);
});

test("the token cannot be found by inspecting a client", async () => {
  const { api } = clientOf(paged, { token: secret, headers: { "X-Key": secret } });
  const page = await api.list();
  const walk = api.iterate();
  for (const start of [api, page, walk, api.withOptions({}), vue.reactive(api)]) {
    const seen = new Set();
    const found = [];
    const look = (value, path) => {
      if (typeof value === "string" && value.includes(secret)) found.push(path);
      if (Object(value) !== value || seen.has(value)) return;
      seen.add(value);
      if (typeof value === "function") look(Function.prototype.toString.call(value), `${path}()`);
      for (let owner = value; owner !== null; owner = Object.getPrototypeOf(owner))
        for (const key of Reflect.ownKeys(owner)) {
          let inner;
          try {
            inner = value[key];
          } catch {
            continue;
          }
          look(inner, `${path}.${String(key)}`);
        }
    };
    look(start, "");
    assert.deepEqual(found, []);
    const printed = inspect(start, { showHidden: true, depth: 20, getters: true });
    assert.ok(!printed.includes(secret));
    assert.ok(!JSON.stringify([start, { ...start }]).includes(secret));
    assert.ok(!JSON.stringify(vue.toRaw(start)).includes(secret));
  }
  assert.equal(JSON.stringify(api), "{}");
  assert.deepEqual(Object.keys(api), []);
  assert.deepEqual(structuredClone(api), {});
});

test("a class of a user's may derive from the client and change a method", async () => {
  class Traced extends CustomersApi {
    traced = [];
    get(...given) {
      this.traced.push("get");
      return super.get(...given);
    }
  }
  const fetch = async (url) => paged(url);
  const api = new Traced({ token: secret, baseUrl: "https://proxy.example/api", fetch });
  assert.equal((await api.get(id)).id, id);
  assert.deepEqual(api.traced, ["get"]);
});
