// One request through the proxy: authorisation, checks, the request that is sent instead, and the answer.

import { isToken } from "../../src/js/bearer.js";
import { operations } from "../../src/js/contract.js";
import {
  ALLOWED,
  allowMethods,
  asJson,
  common,
  copyHeaders,
  headersBeside,
  hopsIn,
  passOn,
  readAnswer,
  requirePassable,
  showFigures,
} from "./answer.js";
import { isJson, readBytes, readerOf } from "./body.js";
import {
  check,
  checkRecord,
  NO_METHOD,
  NO_PATH,
  NOBODY,
  readQuota,
  route,
  SEND,
  SEND_LOOSE,
} from "./core.js";
import { BAD_KEY, Create, isKey } from "./create.js";
import { Refusal, retryAfter } from "./refusal.js";
import { EVERYONE, readScope } from "./scope.js";
import { OPERATIONS } from "./settings.js";

const [LIST, CREATE, GET, UPDATE, DELETE] = OPERATIONS.keys();

/** The longest query that is read: several times the length of all 26 parameters, and as much as servers accept. */
const MAX_QUERY = 16_384;

/** Version 00 of the W3C's trace context: a trace and a parent that are not all zeros. */
const TRACEPARENT = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** Workers refuse some options of `fetch`, depending on their compatibility date. They cache nothing with a token. */
const isWorkerd = globalThis.navigator?.userAgent === "Cloudflare-Workers";

/**
 * Path and query of a request's URL, which the platform has normalised. The module does not accept a path in any other
 * form.
 */
const targetOf = (url) => {
  const [whole] = url.split("#", 1);
  return whole.slice(whole.indexOf("/", whole.indexOf("//") + 2));
};

const queryLength = (target) => {
  const at = target.indexOf("?");
  return at < 0 ? 0 : target.length - at;
};

/** Returns whether a value is a response of any realm: a framework may have its own class. */
const isResponse = (value) =>
  typeof value?.status === "number" && typeof value.headers?.get === "function";

export class Exchange {
  #settings;
  #request;
  #env;
  #context;
  #controller = new AbortController();
  #isLate = false;
  #timer;
  /** The reader of the caller's body, once there is one. */
  #reader;
  #started = performance.now();
  /** When the current step began. */
  #since;
  #durations = {};
  /** The number of the operation, once it is known. */
  #operation = -1;
  #isLoose = false;
  #headers;
  /** The headers of authorize's response, as pairs. */
  #theirs;
  /** The customers that the caller may see. */
  #scope = EVERYONE;
  /** The tenant's part of the quota, once a permit was asked for. */
  #share;

  constructor(settings, request, env, context) {
    this.#settings = settings;
    this.#request = request;
    this.#env = env;
    this.#context = context;
    this.#headers = common(request.headers.get("origin"), settings);
  }

  async run() {
    this.#watch();
    let rule = null;
    let answer;
    try {
      answer = await this.#answer();
    } catch (error) {
      const refusal = this.#refusalOf(error);
      rule = refusal.rule;
      Object.assign(this.#headers, refusal.headers);
      answer = { status: refusal.status, body: refusal.body };
    }
    const { status, body } = answer;
    // The deadline still applies to a body that is being read; a complete body is done.
    if (!body?.getReader) clearTimeout(this.#timer);
    if (body !== null && !answer.isTheirs) asJson(this.#headers);
    if (this.#share)
      showFigures(this.#share.figures(), this.#headers, status === 429 && rule === null);
    const timing = this.#timing();
    if (timing) this.#headers["Server-Timing"] = timing;
    if (this.#settings.onEvent) this.#report(status, rule);
    const headers = this.#theirs
      ? [...Object.entries(this.#headers), ...this.#theirs]
      : this.#headers;
    return new Response(body, { __proto__: null, status, headers });
  }

  /** Aborts everything when the caller disconnects, and at the deadline. */
  #watch() {
    this.#timer = setTimeout(() => {
      this.#isLate = true;
      this.#stop();
    }, this.#settings.timeout);
    // In a runtime whose timers keep the process alive, this one must not.
    this.#timer.unref?.();
    const { signal } = this.#request;
    if (signal?.aborted) this.#stop();
    signal?.addEventListener("abort", () => this.#stop());
  }

  /** Waits for a promise of the user's code until the deadline, or until the caller disconnects. */
  #inTime(value) {
    if (typeof value?.then !== "function") return value;
    const { signal } = this.#controller;
    const ended = new Promise((_, reject) => {
      if (signal.aborted) reject();
      signal.addEventListener("abort", reject);
    });
    return Promise.race([value, ended]);
  }

  #stop() {
    this.#controller.abort();
    this.#reader?.cancel().catch(() => {});
  }

  /**
   * Turns an exception into a refusal. Its message may contain a URL, a token or a body, so nothing of it is passed on.
   */
  #refusalOf(error, isUnsent) {
    const isRefusal = error instanceof Refusal;
    // An answer may have been cut off because time was up.
    if (isRefusal && error.rule !== "upstream") return error;
    if (this.#isLate) return new Refusal(504, "timeout", { isUnsent });
    // The caller has disconnected.
    if (this.#controller.signal.aborted) return new Refusal(499, "caller_gone", { isUnsent });
    return isRefusal ? error : new Refusal(500, "exception");
  }

  async #answer() {
    const request = this.#request;
    const target = this.#below(targetOf(request.url));
    const found = target === undefined ? NO_PATH : route(request.method, target);
    if (found === NO_PATH) throw new Refusal(404, "path");
    if (!this.#settings.isAllowed[found]) return this.#otherMethod(found);
    this.#operation = found;
    if (queryLength(target) > MAX_QUERY) throw new Refusal(414, "query");

    const theirs = await this.#authorize();
    if (theirs) return theirs;
    const body = found === CREATE || found === UPDATE ? await this.#readBody() : undefined;
    const checked = this.#check(target, body);
    if (checked.status === NOBODY) return this.#nobody(checked.numbers);
    return await this.#carryOut(checked.target ?? target, checked.body ?? body);
  }

  /** The target below the mount point. */
  #below(target) {
    const { basePath } = this.#settings;
    return target.startsWith(basePath) ? target.slice(basePath.length) : undefined;
  }

  /** Answers a method that a path does not have, or that is not allowed. */
  #otherMethod(found) {
    const isOne = found < 0 ? found !== NO_METHOD : operations[found][1].includes("{");
    const methods = this.#settings.methods[isOne ? 1 : 0];
    if (!methods) throw new Refusal(404, "path");
    const { method, headers } = this.#request;
    if (method !== "OPTIONS" || !headers.has("access-control-request-method"))
      throw new Refusal(405, "method", { headers: { Allow: methods } });
    if (!Object.hasOwn(this.#headers, ALLOWED)) throw new Refusal(403, "origin");
    allowMethods(methods, this.#headers);
    return { status: 204, body: null };
  }

  /** Finds out which customers the caller may see. Returns authorize's response, if it gave one. */
  async #authorize() {
    const operation = OPERATIONS[this.#operation];
    const more = { operation, env: this.#env, ctx: this.#context };
    this.#begin();
    let given;
    try {
      given = await this.#inTime(this.#settings.authorize(this.#request, more));
    } catch {
      if (this.#controller.signal.aborted) throw this.#refusalOf(undefined, true);
      throw this.#failure("authorize", "authorize failed");
    } finally {
      this.#end("authorize");
    }
    if (given === true) return undefined;
    if (isResponse(given)) {
      if (given.bodyUsed || given.status < 200)
        throw this.#failure(
          "authorize",
          "authorize returned a Response that cannot be sent: it must make a new one for each request",
        );
      this.#theirs = headersBeside(this.#headers, given.headers);
      return { status: given.status, body: given.body, isTheirs: true };
    }
    if (typeof given !== "object" || given === null) throw new Refusal(403, "authorize");
    const scope = readScope(given);
    if (!scope)
      throw this.#failure(
        "scope",
        "authorize must return true, false, a Response, or a scope: { tenant: a string, filters: { associated_venues, labels: lists of strings } }. What it has no value for must be left out",
      );
    this.#scope = scope;
    return undefined;
  }

  /** Reports a mistake in the set-up of the proxy. The caller gets no details. */
  #failure(rule, message) {
    if (!this.#settings.onEvent) console.error(`collins-customers/proxy: ${message}`);
    return new Refusal(500, rule, { isUnsent: true });
  }

  async #readBody() {
    const { headers, body } = this.#request;
    if (!isJson(headers)) throw new Refusal(415, "media_type");
    if (this.#request.bodyUsed)
      throw this.#failure("authorize", "authorize read the body: let it read request.clone()");
    const { maxBodyBytes } = this.#settings;
    const length = headers.get("content-length");
    if (Number(length) > maxBodyBytes) throw new Refusal(413, "body");
    const said = length === null ? undefined : Number(length);
    this.#reader = readerOf(body, said);
    let bytes;
    let isBroken = false;
    try {
      bytes = await readBytes(this.#reader, maxBodyBytes, said);
    } catch {
      isBroken = true;
    }
    this.#reader = undefined;
    // A stream that was cancelled ends as if it were complete.
    if (this.#isLate) throw new Refusal(408, "body");
    if (this.#controller.signal.aborted) throw this.#refusalOf();
    if (isBroken) throw new Refusal(400, "body");
    if (bytes === undefined) throw new Refusal(413, "body");
    return bytes;
  }

  #check(target, body) {
    this.#begin();
    const isLenient = this.#settings.enforce === "log";
    const checked = check(this.#operation, target, body, this.#scope.lists, isLenient);
    this.#end("check");
    this.#isLoose = checked.status === SEND_LOOSE;
    if (checked.status > NOBODY)
      throw new Refusal(checked.status, "contract", { body: checked.body });
    return checked;
  }

  /** Answers a list that can match nobody, as the service would. */
  #nobody([page, limit]) {
    const figures = { Page: page, "Per-Page": limit, "Total-Pages": 1, "Total-Results": 0 };
    for (const [name, figure] of Object.entries(figures))
      this.#headers[`X-Pagination-${name}`] = `${figure}`;
    return { status: 200, body: '{"customers":[]}' };
  }

  async #carryOut(target, body) {
    const [method] = operations[this.#operation];
    const key = this.#idempotencyKey();
    if (key !== null) return this.#createOnce(key, target, body);
    const isWrite = this.#operation === UPDATE || this.#operation === DELETE;
    if (this.#scope.lists && isWrite) {
      const record = await this.#send("GET", target);
      if (record.status !== 200) return this.#pass(record);
      await this.#readRecord(record, body);
    }
    const response = await this.#send(method, target, body);
    if (this.#scope.lists && this.#operation === GET && response.status === 200)
      return this.#passRecord(response, 200);
    return this.#pass(response);
  }

  /** The key of a create that must not happen twice; null if there is no key or no ledger. */
  #idempotencyKey() {
    if (this.#operation !== CREATE || !this.#settings.idempotency) return null;
    const key = this.#request.headers.get("idempotency-key");
    if (key !== null && !isKey(key)) throw new Refusal(400, "idempotency", { body: BAD_KEY });
    return key;
  }

  async #createOnce(key, target, body) {
    const create = new Create({
      ledger: this.#ledger(this.#settings.idempotency),
      key,
      body,
      tenant: this.#scope.tenant,
      timeout: this.#settings.timeout,
      send: () => this.#send("POST", target, body),
      read: (target) => this.#read(LIST, target),
    });
    const { response, customer } = await create.run();
    if (response) return this.#pass(response);
    const found = await this.#read(GET, `/customers/${encodeURIComponent(customer)}`);
    if (!found) throw new Refusal(502, "upstream");
    return found.status === 200 ? this.#passRecord(found, 201) : this.#pass(found);
  }

  /** Reads for the proxy itself, within the caller's scope; undefined if the request cannot be expressed. */
  async #read(operation, target) {
    const checked = check(operation, target, undefined, this.#scope.lists, false);
    return checked.status === SEND ? this.#send("GET", checked.target ?? target) : undefined;
  }

  #ledger(ledger) {
    try {
      return typeof ledger === "function" ? ledger(this.#env) : ledger;
    } catch {
      throw this.#failure("ledger", "the function for the ledger failed");
    }
  }

  /** Takes a permit for one request from the tenant's part of the quota. */
  async #takePermit() {
    const { quota, shares } = this.#settings;
    const ledger = this.#ledger(quota);
    this.#share = shares.of(this.#scope);
    this.#begin();
    const isTaken = await this.#share.take(ledger, (promise) => this.#later(promise));
    this.#end("quota");
    if (isTaken) return;
    const headers = retryAfter(this.#share.wait);
    throw new Refusal(429, "quota", { headers, isUnsent: true });
  }

  /** Keeps a worker alive for a promise: otherwise it ends when its answer is sent. */
  #later(promise) {
    if (typeof this.#context?.waitUntil === "function") this.#context.waitUntil(promise);
  }

  #observe(response) {
    const date = Date.parse(response.headers.get("date") ?? "");
    const now = Number.isNaN(date) ? Date.now() : date;
    const [limit, remaining, resetAt] = readQuota(response.headers, now) ?? [];
    if (limit === undefined) return;
    const resetIn = Number.isNaN(resetAt) ? null : resetAt - now;
    const ledger = this.#ledger(this.#settings.quota);
    this.#share.observe(limit, remaining, resetIn, ledger, (promise) => this.#later(promise));
  }

  #pass(response) {
    requirePassable(response);
    copyHeaders(response.headers, this.#headers);
    return passOn(response, this.#operation === DELETE);
  }

  /** Passes a record on, if it is in scope. */
  async #passRecord(response, status) {
    if (!this.#scope.lists) return { ...(await this.#pass(response)), status };
    const body = await this.#readRecord(response);
    copyHeaders(response.headers, this.#headers);
    return { status, body };
  }

  /** The bytes of a record, if it is in scope and may be changed to `body`. */
  async #readRecord(response, body) {
    const bytes = await readAnswer(response);
    const checked = checkRecord(bytes, body, this.#scope.lists);
    if (checked.status === SEND) return bytes;
    throw new Refusal(checked.status, "scope", { body: checked.body });
  }

  async #send(method, target, body) {
    const { baseUrl, token, quota, fetch = globalThis.fetch } = this.#settings;
    if (quota) await this.#takePermit();
    const bearer = typeof token === "function" ? await this.#ask(token) : token;
    const init = {
      __proto__: null,
      method,
      headers: this.#headersFor(bearer, body),
      body,
      redirect: "manual",
      signal: this.#controller.signal,
    };
    if (!isWorkerd) init.cache = "no-store";
    this.#begin();
    let response;
    try {
      response = await fetch(baseUrl + target, init);
    } catch {
      throw this.#refusalOf(new Refusal(502, "upstream"));
    } finally {
      this.#end("upstream");
    }
    if (this.#share) this.#observe(response);
    return response;
  }

  /** The headers of the request to the service. Only a trace comes from the caller. */
  #headersFor(token, body) {
    const headers = { Accept: "application/json" };
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const given = this.#request.headers;
    const trace = given.get("traceparent");
    if (
      trace &&
      TRACEPARENT.test(trace) &&
      !hopsIn(given.get("connection")).includes("traceparent")
    )
      headers.Traceparent = trace;
    return headers;
  }

  /** Calls the token function for one request. */
  async #ask(token) {
    let given;
    try {
      given = await this.#inTime(token(this.#env));
    } catch {
      if (this.#controller.signal.aborted) throw this.#refusalOf(undefined, true);
      // There is no token.
    }
    if (isToken(given)) return given;
    throw this.#failure("token", "the token function must return visible ASCII characters");
  }

  #begin() {
    this.#since = performance.now();
  }

  #end(what) {
    const now = performance.now();
    this.#durations[what] = (this.#durations[what] ?? 0) + now - this.#since;
  }

  #timing() {
    let text = "";
    for (const what in this.#durations)
      text += `${text && ", "}${what};dur=${Math.round(this.#durations[what] * 10) / 10}`;
    return text;
  }

  #report(status, rule) {
    const { onEvent } = this.#settings;
    const event = {
      operation: OPERATIONS[this.#operation] ?? null,
      status,
      refusedBy: rule,
      isOutOfContract: this.#isLoose,
      durations: { ...this.#durations, total: performance.now() - this.#started },
    };
    try {
      // A rejection of the observer is ignored.
      Promise.resolve(onEvent(event)).catch(() => {});
    } catch {
      // As above.
    }
  }
}
