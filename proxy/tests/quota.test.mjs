// The shared quota of an hour: the book that keeps it, and the part of an isolate. Both run on a clock of the test.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "../../tests/support/random.mjs";
import { QuotaBook } from "../js/quota.js";
import { Share } from "../js/share.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2019, 2, 6, 17);

const ask = (more) => ({
  tenant: "t",
  bulk: false,
  want: 1_000_000,
  closed: [],
  overdrawn: 0,
  ...more,
});
const said = (remaining, more) => ({ limit: 1000, remaining, resetIn: HOUR / 2, age: 0, ...more });

/** All that can be leased at a moment. */
function drain(book, now, more) {
  let total = 0;
  for (;;) {
    const { permits } = book.lease(ask(more), now);
    if (permits === 0) return total;
    total += permits;
  }
}

test("an hour gives all its permits, and so does the next one", () => {
  const book = new QuotaBook({ limit: 100 }, undefined, START);
  assert.equal(drain(book, START), 100);
  assert.equal(drain(book, START + HOUR), 0, "the service's clock may be late");
  assert.equal(drain(book, START + HOUR + 1000), 100);
  assert.equal(drain(book, START + 5 * HOUR + 1000), 100);
});

test("a permit that is given while an hour ends may belong to the next one", () => {
  const book = new QuotaBook({ limit: 100 }, undefined, START);
  assert.equal(book.lease(ask({ want: 3 }), START + HOUR + 500).permits, 3);
  assert.equal(drain(book, START + HOUR + 1000), 97);
});

test("an hour is small until the service has reported its quota", () => {
  const book = new QuotaBook({}, undefined, START);
  assert.equal(drain(book, START), 60);
  assert.equal(drain(book, START, { service: said(900) }), 840, "60 may still be on their way");
});

test("a lease is a share of what is left, and at most the number asked for", () => {
  const book = new QuotaBook({ limit: 3200 }, undefined, START);
  assert.equal(book.lease(ask(), START).permits, 100);
  assert.equal(book.lease(ask(), START).permits, 96);
  assert.equal(book.lease(ask({ want: 3 }), START).permits, 3);
  assert.equal(new QuotaBook({ limit: 5 }, undefined, START).lease(ask(), START).permits, 1);
});

test("the unused part of a lease comes back once, and never more than it had", () => {
  const book = new QuotaBook({ limit: 3200 }, undefined, START);
  const { lease, permits } = book.lease(ask(), START);
  assert.equal(permits, 100);
  const closed = [{ lease, unused: 40 }];
  assert.equal(book.lease(ask({ want: 1, closed }), START).remaining, 3139);
  assert.equal(book.lease(ask({ want: 1, closed }), START).remaining, 3138);
  const other = book.lease(ask({ want: 10 }), START);
  const late = [
    { lease: other.lease, unused: 1000 },
    { lease: "unknown", unused: 1000 },
  ];
  assert.equal(book.lease(ask({ want: 1, closed: late }), START + 10 * MINUTE).remaining, 3137);
});

test("what the service has already given back does not come back twice", () => {
  const book = new QuotaBook({ limit: 1000 }, undefined, START);
  const { lease, permits } = book.lease(ask({ want: 20 }), START);
  assert.equal(permits, 20);
  const later = START + 2 * MINUTE;
  // None of the 20 was used: first the service reports it, then the isolate.
  assert.equal(book.lease(ask({ want: 1, service: said(1000) }), later).remaining, 999);
  const closed = [{ lease, unused: 20 }];
  assert.equal(book.lease(ask({ want: 1, closed }), later).remaining, 998);
});

test("a lease ends with its time, and with the hour", () => {
  const book = new QuotaBook({ limit: 100 }, undefined, START);
  assert.equal(book.lease(ask(), START).ttl, 30_000);
  assert.equal(book.lease(ask(), START + HOUR - 7000).ttl, 7000);
});

test("the service's figures correct the book where they contradict it", () => {
  const book = new QuotaBook({ limit: 1000 }, undefined, START);
  const first = book.lease(ask({ want: 20 }), START);
  book.lease(ask({ want: 10 }), START);
  assert.equal(book.lease(ask({ want: 1, service: said(985) }), START).remaining, 969);
  // Others use the quota too.
  assert.equal(book.lease(ask({ want: 1, service: said(500) }), START).remaining, 499);
  const closed = [{ lease: first.lease, unused: 5 }];
  const later = START + 1000;
  const service = said(505, { age: 5000 });
  assert.equal(book.lease(ask({ want: 1, closed, service }), later).remaining, 503);
  // The service may or may not have counted what is leased (from 13 on) or was used lately (15).
  for (const [remaining, expected] of [
    [503, 502],
    [503 + 13 + 15, 501],
    [503 + 15 + 15 + 100, 602],
  ]) {
    const request = ask({ want: 1, service: said(remaining) });
    assert.equal(book.lease(request, later).remaining, expected);
  }
  // When all leases are over, the service's number counts again, also upwards.
  const end = book.lease(ask({ want: 1, service: said(800) }), START + 2 * MINUTE);
  assert.equal(end.remaining, 799);
});

test("a limit that shrinks is overdrawn at most by what was leased", () => {
  const book = new QuotaBook({ limit: 1000 }, undefined, START);
  const out = book.lease(ask({ want: 30 }), START).permits;
  const service = said(10, { limit: 100 });
  // The 10 may be among the 30: it is overdrawn by at most that many.
  assert.equal(drain(book, START + 1000, { service }), 10);
  assert.equal(drain(book, START + 10 * MINUTE, { service: said(0, { limit: 100 }) }), 0);
  assert.equal(out, 30);
});

test("figures of an earlier hour, or invalid ones, change nothing", () => {
  const book = new QuotaBook({ limit: 100 }, undefined, START);
  book.turn(START + HOUR + 1000);
  const old = said(0, { age: 2 * MINUTE });
  assert.equal(drain(book, START + HOUR + 1000, { service: old }), 100);
  for (const resetIn of [null, -5, 0, 2 * HOUR, 1e15]) {
    const book = new QuotaBook({ limit: 100 }, undefined, START);
    const { resetIn: left } = book.lease(ask({ service: said(50, { resetIn }) }), START);
    assert.equal(left, HOUR + 1000, `${resetIn}`);
  }
});

test("tenants keep their reserve and share the rest by their weights", () => {
  const tenants = { a: { reserve: 100 }, b: { reserve: 200 }, c: { weight: 3 } };
  const book = new QuotaBook({ limit: 700, tenants }, undefined, START);
  // Alone, a has the whole rest, without the reserves of others.
  assert.equal(drain(book, START, { tenant: "a" }), 500);
  assert.equal(drain(book, START, { tenant: "b" }), 200);
  assert.equal(drain(book, START, { tenant: "c" }), 0);

  const shared = new QuotaBook({ limit: 700, tenants }, undefined, START);
  for (const tenant of ["a", "b", "c"]) shared.lease(ask({ tenant, want: 1 }), START);
  const limit = (tenant) => shared.lease(ask({ tenant, want: 1 }), START).limit;
  assert.deepEqual(["a", "b", "c"].map(limit), [100 + 80, 200 + 80, 240]);
  assert.equal(drain(shared, START, { tenant: "c" }), 240 - 2);
});

test("reserves that exceed the quota are shares of it", () => {
  const tenants = { a: { reserve: 300 }, b: { reserve: 100 } };
  const book = new QuotaBook({ limit: 100, tenants }, undefined, START);
  assert.equal(drain(book, START, { tenant: "a" }), 75);
  assert.equal(drain(book, START, { tenant: "other" }), 0);
  assert.equal(drain(book, START, { tenant: "b" }), 25);
});

test("bulk work gets what others leave, all of it at the hour's end", () => {
  const tenants = { a: { reserve: 100 } };
  const bulk = { tenant: "importer", bulk: true };
  const at = (now) => drain(new QuotaBook({ limit: 500, tenants }, undefined, START), now, bulk);
  assert.equal(at(START), 300);
  assert.equal(at(START + HOUR / 2), 350);
  assert.ok(at(START + HOUR - 1) >= 399);
});

test("an evicted object continues from its record, and gives nothing twice", () => {
  const book = new QuotaBook({ limit: 100 }, undefined, START, "one");
  const { lease } = book.lease(ask({ want: 3 }), START);
  const next = new QuotaBook({ limit: 999 }, book.saved(), START + 1000, "two");
  // An earlier lease is no longer known: what it has left is lost until the service reports it.
  const closed = [{ lease, unused: 3 }];
  assert.equal(next.lease(ask({ want: 1, closed }), START + 1000).remaining, 96);
  // Unknown leases may exist: the service's figures can only lower the number.
  assert.equal(next.lease(ask({ want: 1, service: said(99) }), START + 2000).remaining, 95);
  const later = START + 2 * MINUTE;
  assert.equal(next.lease(ask({ want: 1, service: said(99) }), later).remaining, 98);
});

test("a clock that jumps neither blocks the book nor lifts its limit", () => {
  const back = new QuotaBook({ limit: 100 }, undefined, START);
  assert.equal(drain(back, START), 100);
  assert.equal(drain(back, START - 24 * HOUR), 0);
  assert.equal(drain(back, START - 23 * HOUR + 1000), 100, "an hour is an hour");

  const forth = new QuotaBook({ limit: 100 }, undefined, START);
  assert.equal(drain(forth, START), 100);
  const far = START + 1000 * HOUR;
  assert.equal(forth.lease(ask({ want: 1 }), far).remaining, 99);
  assert.equal(drain(forth, far, { service: said(0) }), 0, "and the service says so");
});

/** A book behind a wire that a test can cut, and isolates with one clock. */
function isolates(settings) {
  const world = { now: START, isDown: false, calls: 0 };
  const book = new QuotaBook(settings, undefined, START);
  const ledger = {
    lease: async (request) => {
      world.calls += 1;
      if (world.isDown) throw Object.assign(new Error("overloaded"), { overloaded: true });
      return book.lease(structuredClone(request), world.now);
    },
  };
  const isolate = (tenant = "t", isBulk = false) => {
    const share = new Share(tenant, isBulk, () => world.now);
    const later = [];
    return {
      share,
      observe: async (...said) => {
        share.observe(...said, ledger, (promise) => later.push(promise));
        await Promise.all(later.splice(0));
      },
      async take() {
        const taken = await share.take(ledger, (promise) => later.push(promise));
        await Promise.all(later.splice(0));
        return taken;
      },
    };
  };
  return { world, book, isolate };
}

test("an isolate asks once for many requests, and returns what it did not use", async () => {
  const { world, isolate } = isolates({ limit: 10_000 });
  const one = isolate();
  for (let count = 0; count < 2000; count++) assert.ok(await one.take());
  assert.ok(world.calls < 40, `${world.calls} calls`);
  world.now += MINUTE;
  await one.take();
  assert.deepEqual(one.share.figures(), {
    limit: 10_000,
    remaining: 10_000 - 2001,
    resetIn: HOUR + 1000 - MINUTE,
  });
});

test("many isolates take exactly what there is", async () => {
  const { isolate } = isolates({ limit: 500 });
  const all = Array.from({ length: 50 }, () => isolate());
  let taken = 0;
  for (let round = 0; round < 40; round++)
    for (const one of all) taken += (await one.take()) ? 1 : 0;
  assert.ok(taken <= 500);
  assert.ok(taken >= 450, `${taken} of 500`);
});

test("requests that wait at the same time are all served, as far as the quota goes", async () => {
  const { world, isolate } = isolates({ limit: 40 });
  const one = isolate();
  const taken = await Promise.all(Array.from({ length: 60 }, () => one.take()));
  assert.equal(taken.filter(Boolean).length, 40);
  assert.ok(world.calls < 300);
});

test("without the ledger an isolate uses its last share, again and again, and no more", async () => {
  const { world, isolate } = isolates({ limit: 3200 });
  const one = isolate();
  for (let count = 0; count < 100; count++) await one.take();
  world.isDown = true;
  const taken = [];
  for (let round = 0; round < 10; round++) {
    let count = 0;
    for (let tries = 0; tries < 500; tries++) count += (await one.take()) ? 1 : 0;
    taken.push(count);
    assert.ok(one.share.wait <= 30_000);
    world.now += 31_000;
  }
  assert.ok(
    taken.every((count) => count > 0),
    "never all refused",
  );
  assert.ok(
    taken.slice(1).every((count) => count <= 100),
    `never more than the last share: ${taken}`,
  );
  const calls = world.calls;
  for (let tries = 0; tries < 500; tries++) await one.take();
  assert.ok(world.calls - calls <= 2, "an object that is overloaded is left alone");
  world.isDown = false;
  world.now += 31_000;
  await one.take();
  const sent = 100 + taken.reduce((total, count) => total + count, 0);
  const { remaining } = one.share.figures();
  assert.ok(remaining <= 3200 - sent + 100, "what was sent meanwhile is told");
});

test("a fresh isolate without the ledger still sends some requests", async () => {
  const { world, isolate } = isolates({});
  world.isDown = true;
  const one = isolate();
  assert.equal(await one.take(), true);
  assert.equal(await one.take(), false);
  assert.equal(one.share.wait, 30_000);
  world.now += 30_001;
  assert.equal(await one.take(), true);
});

test("an isolate that gets other figures from the service tells the ledger at once", async () => {
  const { world, isolate } = isolates({});
  const [one, other] = [isolate(), isolate()];
  await one.take();
  await one.observe(1000, 999, HOUR / 2);
  assert.equal(world.calls, 2);
  await other.take();
  assert.equal(other.share.figures().limit, 1000);
  // Figures that agree are not worth a call.
  await other.observe(1000, 998, HOUR / 2);
  assert.equal(world.calls, 3);
});

test("a service that reports nothing left is believed at once", async () => {
  const { world, isolate } = isolates({ limit: 3200 });
  const one = isolate();
  for (let count = 0; count < 10; count++) await one.take();
  await one.observe(3200, 0, 10 * MINUTE);
  assert.equal(await one.take(), false);
  assert.ok(Math.abs(one.share.wait - 10 * MINUTE) <= 1000);
  world.now += 10 * MINUTE + 1000;
  assert.equal(await one.take(), true);
});

test("an isolate's clock that jumps ends its lease, and no more", async () => {
  const { world, isolate } = isolates({ limit: 3200 });
  const one = isolate();
  for (let count = 0; count < 50; count++) await one.take();
  for (const jump of [-24 * HOUR, 24 * HOUR, -5000, 5000]) {
    world.now += jump;
    assert.equal(await one.take(), true, `${jump}`);
  }
});

test("whatever happens, no more is given than the service has, except for open leases", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const { next, oneOf } = chance(seed);
    const world = { now: START, limit: 400, used: 0, reset: START + HOUR };
    const tenants = { a: { reserve: 80 }, b: { reserve: 40, weight: 2 } };
    let book = new QuotaBook({ limit: 400, tenants }, undefined, world.now, "0");
    const ledger = { lease: async (request) => book.lease(request, world.now) };
    const shares = Array.from(
      { length: 50 },
      () => new Share(oneOf(["a", "b", "c"]), next() < 0.1, () => world.now),
    );
    let refused = 0;
    for (let step = 0; step < 3000; step++) {
      world.now += next() * 4000;
      if (world.now >= world.reset) {
        assert.ok(world.used <= world.limit, `seed ${seed}: ${world.used} of ${world.limit}`);
        world.used = 0;
        world.reset += HOUR;
      }
      // The object is evicted, and so is an isolate: both lose their state.
      if (next() < 0.002) book = new QuotaBook({ tenants }, book.saved(), world.now, `${step}`);
      if (next() < 0.01) shares[Math.floor(next() * 50)] = new Share("c", false, () => world.now);
      const share = oneOf(shares);
      if (!(await share.take(ledger, () => {}))) {
        refused += 1;
        continue;
      }
      world.used += 1;
      const remaining = Math.max(0, world.limit - world.used);
      const later = [];
      share.observe(world.limit, remaining, world.reset - world.now, ledger, (promise) =>
        later.push(promise),
      );
      await Promise.all(later);
    }
    assert.ok(refused > 0, "there was enough for everyone");
  }
});
