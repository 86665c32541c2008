// The entry `collins-customers/proxy/cloudflare`: the ledger as a Durable Object, for workers that run in many isolates.

import { DurableObject } from "cloudflare:workers";
import { QuotaBook } from "./quota.js";
import { begin, end, KEPT } from "./records.js";

const QUOTA = "quota";
const recordOf = (key) => `key:${key}`;
const makerOf = (customer) => `customer:${customer}`;
/** The name of an entry for the sweep: entries are sorted by their ends. */
const endOf = (until, key) => `until:${String(until).padStart(15, "0")}:${key}`;

/** The number of entries that are swept at a time. */
const BATCH = 40;

export class CustomersLedger extends DurableObject {
  #book;

  /** The settings of the quota, to be overridden. */
  settings() {
    return {};
  }

  async lease(ask) {
    const book = await this.#read();
    const given = book.lease(ask, Date.now());
    await this.ctx.storage.put(QUOTA, book.saved());
    await this.#wakeAt(book.resetAt);
    return given;
  }

  async begin(key, hash, settle) {
    const { storage } = this.ctx;
    const { answer, record } = begin(await storage.get(recordOf(key)), hash, settle, Date.now());
    if (record) {
      await storage.put({ [recordOf(key)]: record, [endOf(record.until, key)]: key });
      await this.#wakeAt(record.until);
    }
    return answer;
  }

  async end(key, outcome) {
    const { storage } = this.ctx;
    const before = await storage.get(recordOf(key));
    const record = end(before, outcome);
    if (record) await this.#keep(key, record);
    else if (before) await storage.delete([recordOf(key), endOf(before.until, key)]);
  }

  async claim(key, candidates) {
    const { storage } = this.ctx;
    const record = await storage.get(recordOf(key));
    const makers = await storage.get(candidates.slice(0, 128).map(makerOf));
    const customer = candidates.find((id) => (makers.get(makerOf(id)) ?? key) === key);
    if (customer === undefined || !record) return null;
    await this.#keep(key, end(record, customer));
    return customer;
  }

  /** Ends the hour of the quota, and deletes expired keys. */
  async alarm() {
    const { storage } = this.ctx;
    const now = Date.now();
    const book = await this.#read();
    book.turn(now);
    await storage.put(QUOTA, book.saved());
    // The service may have moved the end in the meantime.
    if (!book.isUntouched) await this.#wakeAt(book.resetAt);
    for (;;) {
      const over = await storage.list({ prefix: "until:", end: endOf(now, ""), limit: BATCH });
      if (over.size === 0) break;
      const records = await storage.get([...over.values()].map(recordOf));
      const names = [...over].flatMap(([name, key]) => {
        const { customer, until } = records.get(recordOf(key)) ?? {};
        // A key that was begun again in the meantime has another end.
        if (until === undefined || until > now) return [name];
        return customer === undefined
          ? [name, recordOf(key)]
          : [name, recordOf(key), makerOf(customer)];
      });
      await storage.delete(names);
    }
    const [next] = await storage.list({ prefix: "until:", limit: 1 });
    if (next) await this.#wakeAt(Number(next[0].split(":")[1]));
  }

  async #keep(key, record) {
    const entries = { [recordOf(key)]: record };
    if (record.customer !== undefined) entries[makerOf(record.customer)] = key;
    await this.ctx.storage.put(entries);
  }

  async #read() {
    if (!this.#book) {
      const saved = await this.ctx.storage.get(QUOTA);
      // Another request may have read it in the meantime.
      this.#book ??= new QuotaBook(this.settings(), saved, Date.now(), crypto.randomUUID());
    }
    return this.#book;
  }

  async #wakeAt(time) {
    const { storage } = this.ctx;
    const alarm = await storage.getAlarm();
    // An alarm too far ahead was set by another clock.
    if (alarm === null || time < alarm || alarm > Date.now() + KEPT) await storage.setAlarm(time);
  }
}

export const durableLedger = (namespace, name = "customers") => {
  const ledger = namespace.get(namespace.idFromName(name));
  return {
    lease: (ask) => ledger.lease(ask),
    begin: (...record) => ledger.begin(...record),
    end: (...record) => ledger.end(...record),
    claim: (...record) => ledger.claim(...record),
  };
};
