// The sandbox as a `fetch`: the service of src/ in its own WebAssembly instance, plus what a network and a platform
// would add.

import { open, ready } from "#module";
import { OPERATIONS, readOptions, toFault, toMilliseconds } from "./options.js";
import { takeLast } from "./outside.js";
import { toResponse, waitForever } from "./response.js";

/** No name in `.invalid` ever resolves, so a request that misses the sandbox cannot reach anything else. */
const BASE_URL = "https://sandbox.invalid/api";

/** The number of bytes of a body that the service reads, and one more to let it see that the body is too long. */
const LONGEST_BODY = 2 ** 20 + 1;

/** The number of requests that are kept for tests: their list must not grow for as long as a page is open. */
const MOST_REQUESTS = 10_000;

/** Rejects when the signal aborts. `settle` gets the function that resolves the promise, and returns the clean-up. */
function until(signal, settle) {
  return new Promise((resolve, reject) => {
    let undo;
    const abort = () => {
      undo?.();
      reject(signal.reason);
    };
    undo = settle(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    signal?.addEventListener("abort", abort, { once: true });
  });
}

const after = (milliseconds) => (resolve) => {
  const timer = setTimeout(resolve, milliseconds);
  return () => clearTimeout(timer);
};

/** The error that a `fetch` rejects with if there is no response. */
const networkError = () =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("the connection was reset"), { code: "ECONNRESET" }),
  });

/** The error for a request to a URL that the sandbox does not serve. */
function outsideError(request, base) {
  const error = new TypeError(
    `The sandbox serves ${base.href} and nothing else. A request to ${new URL(request.url).origin} was not sent anywhere: ` +
      "give the client the baseUrl of the sandbox, or the sandbox the baseUrl of the client",
  );
  return Object.assign(error, { code: "OUTSIDE_SANDBOX" });
}

/** Decodes a part of a path. What cannot be decoded stays as it is. */
const decode = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const toJson = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The maximum number of requests in one call of `fail`. */
const MOST_TIMES = 10_000;

export function createSandbox(given = {}) {
  const options = readOptions(given);
  const snapshot = options.snapshot && { __proto__: null, ...options.snapshot };
  const base = new URL(options.baseUrl ?? BASE_URL);
  base.pathname = base.pathname.replace(/\/+$/, "");
  let ahead = snapshot?.ahead ?? 0;
  const clock = () => {
    const now = options.now ?? Date.now();
    return Number(typeof now === "function" ? now() : now) + ahead;
  };

  // Created on first use: by then the module may be compiled.
  let instance;
  const run = (code) => {
    if (!instance) {
      const opened = open();
      opened((core) => begin(core));
      // If it cannot begin, every request says why.
      instance = opened;
    }
    return instance(code);
  };

  function begin(core) {
    const { token = "sandbox", quota = 100_000, seed = 0, faults } = options;
    const customers = JSON.stringify(snapshot?.customers ?? options.customers ?? []);
    const { ends = 0, used = 0 } = { __proto__: null, ...snapshot?.quota };
    const dice = snapshot?.dice ?? (faults?.seed ?? 0).toString(16);
    core.open_sandbox(token, quota, seed, customers, ends, used, dice);
    if (faults) {
      const only = (faults.only ?? []).map(toFault).join();
      if (core.draw_faults(Math.round(faults.share * 1000), only) !== 1)
        throw new TypeError('The option "faults.only" of createSandbox contains an unknown fault');
    }
  }

  /** Returns the path as the service knows it, if the request is for the sandbox. */
  function pathOf(url) {
    if (url.origin !== base.origin) return undefined;
    if (/^\/(?:scenario|sandbox)\//.test(url.pathname)) return url.pathname;
    const rest = url.pathname.slice(base.pathname.length);
    const isBelow = url.pathname.startsWith(base.pathname) && /^(?:\/|$)/.test(rest);
    return isBelow ? `/api${rest}` : undefined;
  }

  const requests = [];

  async function fetch(input, init) {
    const signal = init?.signal === undefined ? input.signal : init.signal;
    // A request would get its own signal that follows this one for as long as both live: leave it out. Copied member by
    // member, because Vercel's edge runtime copies `init` and would lose inherited members.
    const { method, headers, body, redirect, duplex } = init ?? {};
    const request = new Request(input, { method, headers, body, redirect, duplex, signal: null });
    signal?.throwIfAborted();
    const url = new URL(request.url);
    const path = pathOf(url);
    if (path === undefined) throw outsideError(request, base);
    const bytes = new Uint8Array(await request.arrayBuffer()).subarray(0, LONGEST_BODY);
    await ready();
    signal?.throwIfAborted();

    const [, scenario] = /^\/sandbox\/scenarios\/([^/]+)$/.exec(path) ?? [];
    if (scenario !== undefined) {
      run((core) => core.describe_scenario(decode(scenario)));
      return Response.json(toJson(takeLast()));
    }

    const header = (name) => request.headers.get(name) ?? "";
    const head = [
      request.method,
      path,
      url.search.slice(1),
      header("authorization"),
      header("content-type"),
      url.host,
      header("x-sandbox-fault"),
      header("x-sandbox-scenario"),
    ].join("\n");
    const delay = run((core) => core.receive_request(head));
    let answer = takeLast();
    let fault;
    if (delay >= 0) {
      fault = answer;
      if (delay > 0) await until(signal, after(delay));
      // The user's clock runs before the module: an exception that passes through it would end the sandbox.
      const now = clock();
      run((core) => core.answer_request(head, bytes, fault, now));
      answer = takeLast();
    }
    const isAnswered = answer.ending < 3;
    requests.push(seen(answer, url, path, bytes, isAnswered, fault));
    if (requests.length > MOST_REQUESTS) requests.shift();

    if (answer.ending === 3) await until(signal, waitForever);
    if (!isAnswered) {
      // No response is available synchronously.
      await undefined;
      throw networkError();
    }
    if (answer.status === 302 && request.redirect !== "manual") throw networkError();
    return toResponse(answer, {
      url: url.href,
      signal,
      hasBody: request.method !== "HEAD",
      isExposed: options.exposeHeaders !== false,
    });
  }

  /** Builds the entry of `requests` for a request. */
  function seen({ operation, status }, url, path, bytes, isAnswered, fault) {
    const [, id] = /\/customers\/([^/]+)$/.exec(path) ?? [];
    return {
      operation: OPERATIONS[operation] ?? null,
      id: id === undefined ? null : decode(id),
      query: url.search.slice(1),
      body: bytes.length > 0 ? toJson(new TextDecoder().decode(bytes)) : undefined,
      status: isAnswered ? status : null,
      fault: fault === undefined || fault === "ok" ? null : fault,
    };
  }

  return {
    baseUrl: base.href,
    fetch,
    requests,

    advance(duration) {
      ahead += toMilliseconds(duration);
    },

    fail(operation, fault, options) {
      const { times = 1 } = { __proto__: null, ...options };
      if (!(Number.isInteger(times) && times >= 0 && times <= MOST_TIMES))
        throw new TypeError(
          `The option "times" of fail() must be a whole number up to ${MOST_TIMES}`,
        );
      const number = OPERATIONS.indexOf(operation);
      if (number < 0) throw new TypeError(`fail() knows the operations ${OPERATIONS.join(", ")}`);
      const text = toFault(fault);
      for (let time = 0; time < times; time += 1)
        if (run((core) => core.plan_fault(number, text)) !== 1)
          throw new TypeError(
            "fail() does not know this fault: see the type Fault for those that there are",
          );
    },

    snapshot() {
      run((core) => core.remember_all());
      const { customers, ends, used, dice } = takeLast();
      return { customers: JSON.parse(customers), quota: { ends, used }, dice, ahead };
    },
  };
}
