// Run as its own program by options.test.mjs: uses the client while every object inherits a property. It prints a line
// of JSON for each property: the requests, the result, and the evil functions that were called.

import { abortedSignal, descriptorParts, evil, inherit, note } from "./evil.mjs";

const module = process.argv[2];

/** The properties to inherit: each option, and each part of a property descriptor. */
const properties = {
  // options of clients and calls
  token: "evil",
  environment: "playpen",
  baseUrl: "https://evil.example",
  fetch: note("fetch"),
  timeout: 1,
  totalTimeout: 1,
  maxRetries: 7,
  maxRetryAfter: 1,
  maxResponseBytes: 1,
  headers: { "X-Evil": "1" },
  idempotency: true,
  onRequest: note("onRequest"),
  onResponse: note("onResponse"),
  onRetry: note("onRetry"),
  logger: { debug: note("debug"), warn: note("warn") },
  logLevel: "debug",
  dangerouslyAllowBrowser: true,
  dangerouslyAllowUnencryptedToken: true,
  signal: abortedSignal,
  validate: false,
  extraBody: { evil: 1 },
  // fields of the client
  isUnchecked: true,
  rateLimit: { evil: 1 },
  cause: "evil",
  issues: ["evil"],
  status: 418,
  keeps: ["evil"],
  maxItems: 1,
  list: note("list"),
  judged: { first_name: 5 },
  unchanged: { id: "evil" },
  nextPage: note("nextPage"),
  unknown: "ignore",
  customer: { id: "evil" },
  customers: [{ id: "evil" }],
  errors: { evil: ["evil"] },
  detail: "evil",
  field: "evil",
  // fields that the platform would read
  method: "PATCH",
  body: "evil",
  redirect: "follow",
  credentials: "include",
  ...descriptorParts,
};

const sent = [];
let answer;
// Everything in it was created before anything is inherited.
const fetch = async (url, init) => {
  const { method, body, redirect, credentials } = init;
  sent.push([url, method, body, redirect, credentials, [...init.headers]]);
  return answer();
};
const { stringify } = JSON;
// The platform's own Response cannot be created while every object inherits a getter.
const headers = { get: () => null };
const answerOf = (status, text) => async () => ({
  status,
  ok: status < 300,
  headers,
  body: null,
  bodyUsed: false,
  type: "basic",
  text: async () => text,
});
const empty = answerOf(200, "{}");
const failing = answerOf(422, '{"email":["Is taken."]}');
const unreachable = () => Promise.reject(new TypeError("failed"));

/** The issues of errors that have their own: the others inherit the property of all objects. */
const issuesOf = (error) =>
  /^(Validation|Unprocessable)/.test(error.name) ? stringify(error.issues) : null;

async function run(client) {
  const calls = {
    list: () => client.list({ labels: ["VIP"] }),
    create: () => client.create({ first_name: "Ada" }, {}),
    invalid: () => client.create({ first_name: 5 }),
    get: () => client.get("1", { timeout: 5000 }),
    walk: () => client.iterate({ page: 1 }).next(),
    delete: () => client.delete("1"),
    other: () => client.withOptions({ maxRetries: 0 }).get("2"),
  };
  const came = [];
  for (const [name, make] of Object.entries({ empty, failing, unreachable })) {
    answer = make;
    for (const call of Object.values(calls)) {
      try {
        came.push([name, stringify(await call())]);
      } catch (error) {
        const own = Object.getOwnPropertyNames(error).filter((key) => key !== "stack");
        const kept = own.map((key) => [
          key,
          Object.getOwnPropertyDescriptor(error, key).enumerable,
        ]);
        came.push([name, error.name, error.code, error.message, kept, issuesOf(error)]);
      }
    }
  }
  return came;
}

const options = () => ({ token: "t", baseUrl: "https://proxy.example", fetch, maxRetries: 0 });

/** Properties with which Node itself cannot import: the package is imported before. */
const before = new Map([["signal", await import(`${module}?signal`)]]);

for (const name of ["", ...Object.keys(properties)]) {
  sent.length = 0;
  inherit(name, properties[name]);
  let came;
  try {
    // A copy of the package that is evaluated while the property exists.
    const { CustomersApi } = before.get(name) ?? (await import(`${module}?${name}`));
    came = await run(new CustomersApi(options()));
  } catch (error) {
    came = `failed: ${error.stack}`;
  }
  delete Object.prototype[name];
  console.log(stringify({ name, sent, came, evil }));
}
