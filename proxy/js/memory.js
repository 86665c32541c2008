// The entry `collins-customers/proxy/memory`: the ledger of one process.

import { QuotaBook } from "./quota.js";
import { begin, end } from "./records.js";

/** The maximum number of keys that are kept. The oldest are deleted. */
const MOST = 10_000;

export const createMemoryLedger = (settings) => {
  const book = new QuotaBook(settings, undefined, Date.now());
  /** The records by key, in the order in which they were begun, which is the order of their ends. */
  const records = new Map();
  /** The key that created each customer. */
  const makers = new Map();

  const remove = (key) => {
    makers.delete(records.get(key)?.customer);
    records.delete(key);
  };

  const sweep = (now) => {
    for (const [key, { until }] of records) {
      if (until > now && records.size <= MOST) return;
      remove(key);
    }
  };

  const put = (key, record) => {
    records.set(key, record);
    if (record.customer !== undefined) makers.set(record.customer, key);
  };

  return {
    lease: async (ask) => book.lease(ask, Date.now()),
    begin: async (key, hash, settle) => {
      const now = Date.now();
      sweep(now);
      const { answer, record } = begin(records.get(key), hash, settle, now);
      if (record) put(key, record);
      return answer;
    },
    end: async (key, outcome) => {
      const record = end(records.get(key), outcome);
      if (record) put(key, record);
      else remove(key);
    },
    claim: async (key, candidates) => {
      const customer = candidates.find((id) => (makers.get(id) ?? key) === key);
      const record = records.get(key);
      if (customer === undefined || !record) return null;
      put(key, end(record, customer));
      return customer;
    },
  };
};
