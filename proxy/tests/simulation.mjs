// A day of the shared quota on a fake clock: 10 000 isolates that come and go, and the requests that the service got.
// Run by hand for the table of DESIGN.md: node proxy/tests/simulation.mjs

import { chance } from "../../tests/support/random.mjs";
import { QuotaBook } from "../js/quota.js";
import { Share } from "../js/share.js";

const HOUR = 3_600_000;
const START = Date.UTC(2019, 2, 6);
const ISOLATES = 10_000;

const tenants = { north: { reserve: 0.2 }, south: { reserve: 0.1, weight: 2 } };

/** The tenant of a request: most requests are of one without a reserve. */
const tenantOf = (number) => (number < 0.15 ? "north" : number < 0.35 ? "south" : "other");

async function day({ limit, demand, evictions = 0, outages = 0, foreign = 0 }) {
  const { next } = chance(limit + demand * 1000);
  const settings = {
    tenants: Object.fromEntries(
      Object.entries(tenants).map(([name, { reserve, ...more }]) => [
        name,
        { ...more, reserve: reserve * limit },
      ]),
    ),
  };
  let now = START;
  let book = new QuotaBook(settings, undefined, now, "0");
  let isDown = false;
  let asked = 0;
  const ledger = {
    lease: async (request) => {
      asked += 1;
      if (isDown) throw new Error("overloaded");
      return book.lease(request, now);
    },
  };
  const isolates = new Map();
  const telling = [];
  const total = { requests: 0, passed: 0, refused: 0, over: 0, most: 0, hours: 0, below: 0 };
  let hour = { used: 0, asked: {}, passed: {} };
  let reset = START + HOUR;

  const endHour = () => {
    total.hours += 1;
    total.most = Math.max(total.most, hour.used);
    for (const [tenant, { reserve }] of Object.entries(settings.tenants))
      if ((hour.passed[tenant] ?? 0) < Math.min(reserve, hour.asked[tenant] ?? 0)) total.below += 1;
    hour = { used: 0, asked: {}, passed: {} };
    reset += HOUR;
  };

  // Requests vary by day and night; on average they are `demand` times the quota of an hour.
  while (now < START + 24 * HOUR) {
    const rate =
      (limit * demand * (1 + 0.8 * Math.sin(((now - START) / HOUR / 24) * 2 * Math.PI))) / HOUR;
    now += -Math.log(1 - next()) / rate;
    while (now >= reset) endHour();
    if (next() < evictions) book = new QuotaBook(settings, book.saved(), now, `${now}`);
    isDown = outages > 0 && (now - START) % HOUR < outages;
    if (next() < foreign) hour.used = Math.min(limit, hour.used + 1);
    const tenant = tenantOf(next());
    const name = `${tenant} ${Math.floor(next() * ISOLATES)}`;
    // Isolates live only a short time.
    if (!isolates.has(name) || next() < 0.02)
      isolates.set(name, new Share(tenant, false, () => now));
    const share = isolates.get(name);
    total.requests += 1;
    hour.asked[tenant] = (hour.asked[tenant] ?? 0) + 1;
    if (!(await share.take(ledger, () => {}))) {
      total.refused += 1;
      continue;
    }
    if (hour.used >= limit) total.over += 1;
    else {
      hour.used += 1;
      total.passed += 1;
      hour.passed[tenant] = (hour.passed[tenant] ?? 0) + 1;
    }
    share.observe(limit, limit - hour.used, reset - now, ledger, (promise) =>
      telling.push(promise),
    );
    await Promise.all(telling.splice(0));
  }
  return {
    "quota an hour": limit,
    demand: `${demand} ×`,
    requests: total.requests,
    passed: total.passed,
    "refused by the proxy": total.refused,
    "refused by the service": total.over,
    "most in an hour": total.most,
    "below a reserve": total.below,
    "leases per request": (asked / total.requests).toFixed(2),
  };
}

const rows = {
  "a quiet day": { limit: 10_000, demand: 0.5 },
  "a busy day": { limit: 10_000, demand: 1.5 },
  "a small quota": { limit: 500, demand: 2 },
  "a large quota": { limit: 50_000, demand: 1.2 },
  "the object evicted each 1000 requests": { limit: 10_000, demand: 1.5, evictions: 0.001 },
  "the object away for 10 minutes an hour": { limit: 10_000, demand: 1.5, outages: HOUR / 6 },
  "a tenth used by others": { limit: 10_000, demand: 1.5, foreign: 0.1 },
};
const results = {};
for (const [name, row] of Object.entries(rows)) results[name] = await day(row);
console.table(results);
