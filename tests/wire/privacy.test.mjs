// No customer data and no token in what is logged, observed or printed.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { Writable } from "node:stream";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect, promisify } from "node:util";
import {
  createStackParser,
  createTransport,
  extraErrorDataIntegration,
  linkedErrorsIntegration,
} from "@sentry/core";
import { nodeStackLineParser, ServerRuntimeClient } from "@sentry/core/server";
import { processError } from "@vitest/utils/error";
import { createConsola } from "consola";
import pino from "pino";
import { serializeError } from "serialize-error";
import winston from "winston";
import { programOf } from "../runtimes/support/tools.mjs";
import { CustomersApi, json, module, originalCause } from "../support/package.mjs";

// None of these occurs in the package's own texts.
const MARK = "Zq7xMARK";
const mark = (where) => `${MARK}-${where}`;

const customer = {
  email: `${mark("email")}@example.com`,
  first_name: mark("first_name"),
  phone: "0Zq7xMARK",
  company_address: { street: mark("street") },
  labels: [mark("label")],
  notes: mark("notes"),
  marketing_preferences: { [mark("preference")]: true },
};
const filter = {
  labels: [mark("label")],
  query: mark("query"),
  email: [customer.email],
  full_name: mark("name"),
};
const invalid = {
  ...customer,
  email: mark("no address"),
  phone: MARK.repeat(9),
  dob: mark("dob"),
  company_address: { post_code: MARK.repeat(9) },
};

const calls = {
  list: (api, options) => api.list(filter, options),
  walk: (api, options) => api.iterate(filter, options).next(),
  create: (api, options) => api.create(customer, options),
  get: (api, options) => api.get(mark("id"), options),
  update: (api, options) => api.update(mark("id"), customer, options),
  delete: (api, options) => api.delete(mark("id"), options),
  "extra body": (api, options) =>
    api.create(customer, { ...options, extraBody: { own: mark("extra") } }),
  headers: (api, options) =>
    api.get(mark("id"), { ...options, headers: { "X-Own": mark("header") } }),
  "bad id": (api, options) => api.get(`${mark("id")}/..`, options),
  "bad create": (api, options) => api.create(invalid, options),
  edit: (api, options) => api.update({ id: mark("id") }, customer, options),
  "bad edit": (api, options) => api.update({ id: mark("id"), own: mark("a") }, invalid, options),
  "bad update": (api, options) => api.update(mark("id"), invalid, options),
  "bad labels": (api, options) => api.list({ labels: [`${MARK},${MARK}`] }, options),
  "bad date": (api, options) => api.list({ created_date: mark("date") }, options),
  "bad header": (api, options) =>
    api.get("1", { ...options, headers: { "X-Own": `${MARK}\n${MARK}` } }),
  "bad header name": (api, options) =>
    api.get("1", { ...options, headers: { "X-Own": 1, [`${MARK} `]: MARK } }),
};

const echo = {
  message: mark("echo"),
  error: mark("echo"),
  errors: { "labels.0": [mark("sentence")] },
};
const echoed = (status) => () =>
  json(echo, { status, headers: { "X-Echo": mark("header"), "Retry-After": MARK } });
const answers = {
  success: () => json({ customer, customers: [customer] }),
  "success of another shape": () => json({ data: customer }),
  "success of text": () => new Response(mark("text")),
  ...Object.fromEntries(
    [400, 401, 403, 404, 409, 422, 429, 500, 503].map((status) => [status, echoed(status)]),
  ),
  HTML: () => new Response(`<html>${MARK}</html>`, { status: 502 }),
  redirect: () =>
    new Response(null, { status: 302, headers: { Location: `https://other.example/${MARK}` } }),
  "no connection": (url) =>
    Promise.reject(new TypeError(`fetch of ${url} failed: ${MARK}`, { cause: mark("cause") })),
  "a string as the reason": () => Promise.reject(mark("reason")),
  "half a body": () =>
    new Response(new ReadableStream({ pull: (controller) => controller.error(new Error(MARK)) })),
  "no response": async () => ({ own: MARK }),
  silence: () => new Promise(() => {}),
};

/** The lines that a logger wrote, whatever it writes to. */
function sink() {
  const written = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { written, stream };
}

/** The output of the usual loggers and reporters for an error. */
const reporters = {
  pino(error) {
    const { written, stream } = sink();
    const logger = pino({ level: "trace" }, stream);
    logger.error(error);
    logger.error({ err: error, error, nested: { error } }, "failed");
    return written;
  },
  winston(error) {
    const { written, stream } = sink();
    const { errors, json, simple, prettyPrint, combine } = winston.format;
    for (const format of [json(), simple(), prettyPrint({ depth: 9 })]) {
      const logger = winston.createLogger({
        format: combine(errors({ stack: true, cause: true }), format),
        transports: [new winston.transports.Stream({ stream })],
      });
      logger.error(error);
      logger.error("failed", { error });
      logger.error("failed", error);
    }
    return written;
  },
  consola(error) {
    const { written, stream } = sink();
    for (const fancy of [false, true]) {
      const logger = createConsola({ stdout: stream, stderr: stream, fancy, level: 5 });
      logger.error(error);
      logger.error("failed", { error });
    }
    return written;
  },
  // The output of Vitest's reporters for a failed test.
  vitest: (error) => [
    JSON.stringify(processError(error)),
    JSON.stringify(processError(new Error("failed", { cause: error }))),
  ],
  "serialize-error": (error) => [
    JSON.stringify(serializeError(error)),
    JSON.stringify(serializeError({ error }, { maxDepth: 9 })),
  ],
  sentry(error) {
    const written = [];
    const stackParser = createStackParser(nodeStackLineParser());
    const client = new ServerRuntimeClient({
      dsn: "https://key@sentry.example/1",
      integrations: [linkedErrorsIntegration(), extraErrorDataIntegration({ depth: 9 })],
      stackParser,
      normalizeDepth: 9,
      transport: (options) =>
        createTransport(options, async ({ body }) => {
          written.push(String(body));
          return { statusCode: 200 };
        }),
    });
    client.init();
    // As its scope does it.
    client.captureException(error, { originalException: error });
    client.captureException(new Error("failed"), { captureContext: { extra: { error } } });
    return written;
  },
};

/** All the ways in which an error reaches a log. */
const printed = (error) => [
  ...Object.values(reporters).flatMap((report) => report(error)),
  JSON.stringify(error, Object.getOwnPropertyNames(error)),
  inspect(error, { depth: 9, showHidden: true }),
  inspect(error, { depth: 9, showHidden: true, customInspect: false }),
  inspect({ ...error }, { depth: 9, showHidden: true, getters: true }),
  inspect(Object.getOwnPropertyDescriptors(error), { depth: 9, showHidden: true }),
  ...Reflect.ownKeys(error).flatMap((key) => [
    JSON.stringify(error[key]) ?? "",
    inspect(error[key], { depth: 9, showHidden: true, getters: true }),
    String(error[key]?.message),
  ]),
  ...inherited(error),
  error.message,
  error.stack,
  String(error),
  JSON.stringify(error),
  JSON.stringify({ error }),
  inspect(error, { depth: 9 }),
  inspect({ nested: { error } }, { depth: 9 }),
  inspect(error, { depth: 9, showHidden: false, getters: true }),
  `${inspect(structuredClone(error), { depth: 9 })}`,
  ...Object.values(error).map((value) => inspect(value, { depth: 9 })),
];

/** What a loop over an error meets. */
function* inherited(error) {
  for (const name in error) yield inspect(error[name], { depth: 9 });
}

const TOKEN = "Zq7xTOKEN";

test("marked values reach no log, no observer and no printed error", {
  concurrency: true,
}, async (t) => {
  const tests = Object.entries(answers).map(([what, answer]) =>
    t.test(what, async () => {
      const said = [];
      const note =
        (where) =>
        (...event) =>
          said.push(`${where}: ${inspect(event, { depth: 9 })} ${JSON.stringify(event)}`);
      const logger = {
        debug: note("debug"),
        info: note("info"),
        warn: note("warn"),
        error: note("error"),
      };
      const api = new CustomersApi({
        token: async () => TOKEN,
        baseUrl: `https://proxy.example/${MARK}`,
        fetch: async (url) => answer(url),
        headers: { "X-Client": mark("client header") },
        timeout: 100,
        maxRetries: 1,
        onRequest: note("onRequest"),
        onResponse: note("onResponse"),
        onRetry: note("onRetry"),
        logger,
        logLevel: "debug",
      });
      let errors = 0;
      for (const [name, call] of Object.entries(calls)) {
        try {
          await call(api);
        } catch (error) {
          errors += 1;
          assert.match(error.code, /^[a-z_]+$/, `${name}: an error of the package`);
          said.push(...printed(error).map((text) => `${name}, printed: ${text}`));
        }
      }
      // Sentry's client writes later.
      await new Promise((resolve) => setTimeout(resolve, 50));
      // The errors were printed, so the search is meaningful.
      assert.ok(errors >= 6, `${errors} errors`);
      assert.ok(said.some((line) => line.startsWith("debug: ")));
      assert.ok(said.some((line) => line.startsWith("onRequest: ")));
      for (const line of said) assert.ok(!/Zq7x/i.test(line), line);
    }),
  );
  await Promise.all(tests);
});

test("tokens and options that are refused are not quoted", () => {
  const baseUrl = "https://proxy.example";
  const rows = [
    { token: `${TOKEN}\n`, baseUrl },
    { token: TOKEN, baseUrl: `http://${MARK}.example` },
    { token: TOKEN, baseUrl: `https://${MARK}:${MARK}@proxy.example` },
    { token: TOKEN, baseUrl: `https://proxy.example/?token=${MARK}` },
    { token: TOKEN, baseUrl, environment: MARK },
    { token: { value: TOKEN }, baseUrl },
    { token: TOKEN, baseUrl, headers: { Authorization: `${MARK}\n${MARK}` } },
    { token: TOKEN, baseUrl, headers: { [`${MARK} `]: "a" } },
    { token: TOKEN, baseUrl, logLevel: MARK },
  ];
  for (const options of rows) {
    assert.throws(
      () => new CustomersApi(options),
      (error) =>
        error.name === "ConfigurationError" && !printed(error).some((text) => /Zq7x/i.test(text)),
    );
  }
});

test("fields with possible personal data can still be read", async () => {
  const cause = new TypeError(mark("cause"));
  const failing = new CustomersApi({
    token: TOKEN,
    baseUrl: "https://proxy.example",
    fetch: () => Promise.reject(cause),
    maxRetries: 0,
  });
  await assert.rejects(failing.list(), (error) => originalCause(error) === cause);
  const refusing = failing.withOptions({ fetch: async () => echoed(422)() });
  await assert.rejects(refusing.create(customer), (error) => {
    assert.deepEqual(error.body, echo);
    assert.equal(error.headers.get("X-Echo"), mark("header"));
    assert.equal(error.issues[0].message, mark("sentence"));
    return true;
  });
});

test("an error as JSON has its kind, and the fields that may be logged", async () => {
  const api = new CustomersApi({
    token: TOKEN,
    baseUrl: "https://proxy.example",
    fetch: async () => echoed(422)(),
  });
  await assert.rejects(api.create(customer), (error) => {
    const { message, ...rest } = JSON.parse(JSON.stringify(error));
    assert.equal(message, error.message);
    assert.deepEqual(rest, {
      name: "UnprocessableEntityError",
      code: "unprocessable_entity",
      method: "POST",
      route: "/customers",
      attempts: 1,
      mayHaveSucceeded: false,
      status: 422,
      rateLimit: null,
    });
    return true;
  });
});

test("the reporters are real: they show the data of other errors", async () => {
  const leaking = Object.assign(new Error("no", { cause: new Error(MARK) }), { body: MARK });
  for (const [name, report] of Object.entries(reporters)) {
    const written = report(leaking);
    const isWritten = () => written.some((line) => line.includes(MARK));
    // Sentry's client writes later.
    for (let turn = 0; !isWritten() && turn < 1000; turn++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(isWritten(), name);
  }
});

test("Node, Deno and Bun print the class and the code of a cause, and nothing of its message", {
  concurrency: true,
}, async (t) => {
  const program = fileURLToPath(new URL("../support/printing.mjs", import.meta.url));
  const runtimes = {
    node: [process.execPath],
    deno: [programOf("deno"), "run", "--no-prompt", "--allow-read", "--allow-env"],
    bun: [programOf("bun")],
  };
  const run = (runtime, ...args) => {
    const [file, ...before] = runtimes[runtime];
    const options = { timeout: 60_000, env: { ...process.env, NO_COLOR: "1" } };
    return promisify(execFile)(file, [...before, program, module, MARK, ...args], options).then(
      ({ stdout, stderr }) => ({ code: 0, shown: stdout + stderr }),
      ({ code, stdout, stderr }) => ({ code, shown: stdout + stderr }),
    );
  };
  const kinds = [
    "ConnectionError",
    "UnprocessableEntityError",
    "UnexpectedResponseError",
    "ConfigurationError",
    "ValidationError",
  ];
  const tests = Object.keys(runtimes).map((runtime) =>
    t.test(runtime, async () => {
      const { code, shown } = await run(runtime, "print");
      assert.equal(code, 0, shown);
      for (const kind of kinds) assert.ok(shown.includes(kind), `${kind}: ${shown}`);
      assert.match(shown, /ECONNREFUSED/);
      assert.doesNotMatch(shown, /\[cause\]: \[Getter|Zq7x/i);
      for (const way of ["uncaught", "rejected"]) {
        for (const kind of kinds) {
          const { code, shown } = await run(runtime, way, kind);
          assert.notEqual(code, 0, `${way} ${kind}`);
          assert.ok(shown.includes(kind), `${way} ${kind}: ${shown.slice(-1000)}`);
          if (kind === "ConnectionError") assert.match(shown, /TypeError.*ECONNREFUSED/s);
          assert.doesNotMatch(shown, /Zq7x/i, `${way} ${kind}`);
        }
      }
    }),
  );
  await Promise.all(tests);
});
