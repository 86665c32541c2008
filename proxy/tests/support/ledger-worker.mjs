// Workers of the tests: the ledger, and proxies that share it.

import { CustomersLedger, durableLedger } from "./pkg/dist/proxy/cloudflare.js";
import { createCustomersProxy } from "./pkg/dist/proxy/workerd.js";

const realTime = Date.now;
let ahead = 0;
Date.now = () => realTime() + ahead;

const realTimeout = setTimeout;
let slowness = 1;
globalThis.setTimeout = (code, milliseconds, ...given) =>
  realTimeout(code, milliseconds * slowness, ...given);

/** True if workerd ends the object at each lease. It is kept by the isolate, because the object is gone each time. */
let isBroken = false;

/** The ledger, with methods for the tests. */
export class Ledger extends CustomersLedger {
  #isOverloaded = false;
  #isSilent = false;

  settings() {
    return this.env.SETTINGS ?? {};
  }

  async lease(ask) {
    // Like Cloudflare's refusal when an object is overloaded: workerd itself has no such limit.
    if (this.#isOverloaded) throw Object.assign(new Error("overloaded"), { overloaded: true });
    if (isBroken) this.ctx.abort("broken by a test");
    if (this.#isSilent) return new Promise(() => {});
    return super.lease(ask);
  }

  overload(isOverloaded) {
    this.#isOverloaded = isOverloaded;
  }

  break(isToBreak) {
    isBroken = isToBreak;
  }

  silence(isSilent) {
    this.#isSilent = isSilent;
  }

  /** Moves this isolate's clock. */
  jump(milliseconds) {
    ahead += milliseconds;
  }

  evict() {
    this.ctx.abort("evicted by a test");
  }

  /** Runs the alarm, which cannot be called from outside. */
  wake() {
    return this.alarm();
  }

  put(entries) {
    return this.ctx.storage.put(entries);
  }

  async state() {
    const { storage } = this.ctx;
    const entries = await storage.list();
    return { alarm: await storage.getAlarm(), entries: Object.fromEntries(entries) };
  }
}

let proxy;

/** Reports a step to the test, which may kill the process then. */
const reach = (env, step) => env.CONTROL && fetch(`${env.CONTROL}/${step}`);

const watched = (env) => {
  const ledger = durableLedger(env.LEDGER);
  const around =
    (name) =>
    async (...given) => {
      await reach(env, `before ${name}`);
      const result = await ledger[name](...given);
      await reach(env, `after ${name}`);
      return result;
    };
  return {
    lease: (ask) => ledger.lease(ask),
    begin: around("begin"),
    end: around("end"),
    claim: around("claim"),
  };
};

let here;

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/door/")) {
      const ledger = env.LEDGER.get(env.LEDGER.idFromName("customers"));
      const [name, given] = await request.json();
      try {
        return Response.json((await ledger[name](...given)) ?? null);
      } catch (error) {
        const { message, overloaded } = error;
        return Response.json({ error: message, overloaded });
      }
    }
    here = env;
    // On a busy machine the ledger has more time to answer.
    slowness = env.SLOWNESS ?? 1;
    proxy ??= createCustomersProxy({
      token: env.TOKEN,
      baseUrl: env.BASE_URL,
      timeout: env.TIMEOUT,
      allow: ["list", "create"],
      authorize: (request) => {
        const tenant = request.headers.get("x-tenant");
        return tenant ? { tenant, bulk: request.headers.has("x-bulk") } : true;
      },
      quota: env.HAS_QUOTA ? (env) => durableLedger(env.LEDGER) : undefined,
      idempotency: watched,
      fetch: async (url, init) => {
        if (init.method !== "POST") return fetch(url, init);
        await reach(here, "before the request");
        const response = await fetch(url, init);
        await reach(here, "after the request");
        return response;
      },
    });
    const response = await proxy(request, env, ctx);
    if (request.method === "POST") await reach(env, "before the answer");
    return response;
  },
};
