// Run as its own program by inherited.test.mjs: uses the other entries while every object inherits a property. It
// prints a line of JSON for each property: the result, and the evil functions that were called.

import { abortedSignal, descriptorParts, evil, inherit, note } from "./evil.mjs";
import { CustomerFilter, CustomersApi } from "./package.mjs";

const [bulk, proxy, memory, sandbox] = await Promise.all(
  process.argv.slice(2).map((entry) => import(entry)),
);

// The proxy logs what is wrong with a scope.
console.error = () => {};

/** The properties to inherit: each option, and each part of a property descriptor. */
const properties = {
  // bulk
  mapping: { email: null },
  dialect: { header: false },
  fixes: { trim: true },
  keep: 0,
  onProgress: note("onProgress"),
  signal: abortedSignal,
  worker: { postMessage: note("postMessage"), addEventListener: note("addEventListener") },
  encoding: "utf-16le",
  delimiter: "|",
  header: false,
  trim: true,
  phoneBlanks: true,
  lowerCaseEmails: true,
  splitNames: true,
  dates: "dmy",
  format: "ndjson",
  bom: true,
  preferences: ["evil"],
  resume: {
    ids: [],
    bytes: 1,
    customers: 1,
    position: 30,
    furthest: 30,
    filter: "[]",
    format: "csv",
  },
  existing: "create",
  maxRefusals: 0,
  boundTo: "evil",
  journal: { read: note("read"), append: note("append") },
  // proxy
  token: "evil",
  environment: "playpen",
  baseUrl: "https://evil.example",
  fetch: note("fetch"),
  allow: ["delete"],
  origins: ["https://evil.example"],
  basePath: "/evil",
  maxBodyBytes: 1,
  timeout: 1,
  enforce: "log",
  quota: { lease: note("lease") },
  idempotency: { begin: note("begin"), end: note("end"), claim: note("claim") },
  onEvent: note("onEvent"),
  tenant: "evil",
  filters: { labels: ["evil"] },
  bulk: true,
  limit: 1,
  tenants: { evil: { reserve: 1e9 } },
  reserve: 59,
  weight: 1e9,
  body: "evil",
  headers: { "X-Evil": "1" },
  isUnsent: true,
  credentials: "include",
  statusText: "evil",
  // sandbox
  customers: [{ id: "evil" }],
  exposeHeaders: false,
  faults: { share: 1 },
  now: 1,
  seed: 5,
  snapshot: { customers: [{ id: "evil" }] },
  share: 1,
  only: ["reset"],
  times: 3,
  ahead: 1e12,
  delay: 1e6,
  // what else has options
  unknown: "ignore",
  maxItems: 1,
  ...descriptorParts,
};

/** The properties with which Node itself cannot create a request or a response. */
const OF_PLATFORM = Object.keys(descriptorParts);

const FILE = "email,first_name\nada@example.com, Ada \nnobody,x\n";

const failed = ({ name, message }) => `${name}: ${message}`;
const tried = async (action) => {
  try {
    return await action();
  } catch (error) {
    return failed(error);
  }
};

const customer = { id: "1", first_name: "Ada" };
const page = {
  nextPage: async () => null,
  customers: [customer],
  pagination: { page: 1, perPage: 30, totalPages: 1, totalResults: 1 },
  rateLimit: null,
};
/** A client without a platform under it. */
const api = {
  rateLimit: null,
  list: async () => page,
  get: async () => customer,
  create: async () => ({ id: "2" }),
  update: async () => customer,
};

async function useBulk() {
  const { checkFile, exportCustomers, importCustomers } = bulk;
  const report = await tried(() => checkFile(FILE, {}));
  const visible = Object.keys(Object.getOwnPropertyDescriptors(report.issues ?? []));
  const seen = [];
  for (const key in report.issues) seen.push(key);
  const own = seen.filter((key) => visible.includes(key));
  const written = [];
  const exported = await tried(() => exportCustomers(api, {}, (text) => written.push(text), {}));
  const lines = [];
  const journal = { read: async () => lines, append: async (line) => void lines.push(line) };
  const imported = await tried(async () => {
    const plan = await importCustomers.plan(FILE, api, { mapping: { first_name: "first_name" } });
    const { rest: _, ...counts } = await plan.run({ journal });
    return counts;
  });
  return [report, own, written, exported, imported];
}

const scopes = [{ tenant: "a" }, { filters: { labels: ["VIP"] } }, {}];
/** The requests of all rounds and the service's answers, made before anything is inherited. */
const rounds = new Map(
  ["", ...Object.keys(properties)].map((name) => [
    name,
    scopes.map((scope) => ({
      scope,
      requests: [
        new Request("https://app.example/api/customers?limit=5"),
        new Request("https://app.example/api/customers?zzz=5"),
        new Request("https://app.example/api/customers/1", { method: "DELETE" }),
      ],
      answers: [1, 2, 3].map(() => Response.json({ customers: [customer] })),
    })),
  ]),
);

async function useProxy(name) {
  const came = [];
  for (const { scope, requests, answers } of rounds.get(name)) {
    const sent = [];
    const handle = proxy.createCustomersProxy({
      token: "t",
      baseUrl: "https://service.example/api",
      authorize: () => scope,
      fetch: async (url, init) => {
        const { method, headers, body, redirect, credentials } = init;
        sent.push([url, method, headers, body, redirect, credentials]);
        return answers.pop();
      },
      quota: memory.createMemoryLedger({ tenants: { a: {}, b: {} } }),
    });
    for (const request of requests) {
      const response = await tried(() => handle(request));
      const shown = [...(response.headers ?? [])].filter(
        ([name]) => !["server-timing", "x-ratelimit-reset"].includes(name),
      );
      came.push([
        response.status,
        response.statusText,
        shown,
        await response.text?.(),
        sent.splice(0),
      ]);
    }
  }
  return came;
}

async function useSandbox() {
  const made = sandbox.createSandbox({ customers: [customer], now: 1.7e12 });
  const client = new CustomersApi({
    baseUrl: made.baseUrl,
    token: "sandbox",
    fetch: made.fetch,
    maxRetries: 0,
  });
  made.fail("list", { status: 503 }, {});
  const came = [
    await tried(() => client.list()),
    await tried(() => client.list()),
    await tried(() => client.create({ first_name: "Béla" })),
  ];
  return [came, made.requests, made.snapshot()];
}

const others = {
  parse: () => CustomerFilter.parse("zzz=1", {}),
  toArray: () =>
    new CustomersApi({ baseUrl: "https://a.example", fetch() {} }).iterate().toArray({}),
};

for (const name of rounds.keys()) {
  inherit(name, properties[name]);
  const came = { __proto__: null };
  try {
    came.bulk = await useBulk();
    if (!OF_PLATFORM.includes(name)) {
      came.proxy = await useProxy(name);
      // Node's own Request takes the property for its body.
      if (name !== "body") came.sandbox = await useSandbox();
      came.parse = await tried(others.parse);
      came.toArray = await tried(others.toArray);
    }
  } catch (error) {
    came.failed = error.stack;
  }
  delete Object.prototype[name];
  console.log(JSON.stringify({ name, came, evil }));
}
