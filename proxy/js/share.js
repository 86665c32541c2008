// One tenant's part of the quota in one isolate: permits that were leased, and what becomes of requests when there are
// none. Permits are counted by this isolate's clock from before they were asked for, so that they end here first.

/** The time that the ledger may take to answer. */
const PATIENCE = 2_000;

/** How long nothing is asked for after nothing was given. */
const PAUSE = 5_000;

/** The time in which an isolate that cannot reach the ledger uses its last share, and no more. */
const ALONE = 30_000;

/** The most that is asked for at once. */
const MOST = 256;

/** What the service says is told at once if it differs from the ledger by this part of the hour's quota. */
const DIFFERENCE = 0.05;

/** More permits are asked for when less than this part of the last ones is left. */
const LOW = 0.25;

const within = (milliseconds, promise) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("The ledger did not answer in time")), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

export class Share {
  #tenant;
  #isBulk;
  #clock;
  /** Leases with permits: `{ lease, permits, from, end }`. One without a name is a share used without the ledger. */
  #blocks = [];
  /** The use that was not reported to the ledger yet. */
  #closed = [];
  #overdrawn = 0;
  #service;
  #lastGiven = 1;
  #taken = 0;
  #isAsking = false;
  #pausedUntil = 0;
  #aloneUntil = 0;
  /** What the ledger said last, and when. */
  #said = { limit: 0, remaining: 0, resetIn: 0 };
  #saidAt = 0;

  constructor(tenant, isBulk, clock = Date.now) {
    this.#tenant = tenant;
    this.#isBulk = isBulk;
    this.#clock = clock;
  }

  /** Takes a permit for one request. `later` keeps a promise alive after the answer. */
  async take(ledger, later) {
    for (let asked = 0; ; asked++) {
      const now = this.#clock();
      this.#dropEnded(now);
      const block = this.#blocks.find(({ permits }) => permits > 0);
      if (block) {
        block.permits -= 1;
        if (!block.lease) this.#overdrawn += 1;
        this.#taken += 1;
        if (this.#isLow() && !this.#isAsking && now >= this.#pausedUntil)
          this.#askLater(ledger, later);
        return true;
      }
      // Others who waited too may have taken what was given.
      if (asked === 3 || now < this.#pausedUntil) return false;
      await this.#ask(ledger);
    }
  }

  /** Hears what the service said of the quota. `later` keeps a promise alive after the answer. */
  observe(limit, remaining, resetIn, ledger, later) {
    const now = this.#clock();
    this.#service = { limit, remaining, resetIn, at: now };
    // Nothing is left: what was leased is worth nothing, whoever has it.
    if (remaining === 0 && resetIn !== null) this.#close(() => true);
    // Most isolates ask rarely, and what they know would be old when they do.
    if (!this.#isAsking && now - this.#saidAt < PAUSE && this.#contradicts(limit, remaining))
      this.#askLater(ledger, later, 0);
  }

  #contradicts(limit, remaining) {
    const { credential } = this.#said;
    return (
      credential !== undefined &&
      (limit !== credential.limit ||
        Math.abs(remaining - credential.free) > Math.max(10, limit * DIFFERENCE))
    );
  }

  #askLater(ledger, later, want) {
    this.#isAsking = true;
    later(
      this.#ask(ledger, want).finally(() => {
        this.#isAsking = false;
      }),
    );
  }

  /** The tenant's own figures: what the hour has for it, what is left, and milliseconds to its end. */
  figures() {
    const { limit, remaining, resetIn } = this.#said;
    const here = this.#blocks.reduce(
      (total, { lease, permits }) => total + (lease ? permits : 0),
      0,
    );
    return {
      limit,
      remaining: Math.min(limit, remaining + here),
      resetIn: Math.max(0, resetIn - (this.#clock() - this.#saidAt)),
    };
  }

  /** The wait after nothing was given. */
  get wait() {
    const { resetIn } = this.figures();
    return this.#aloneUntil > this.#clock() ? this.#aloneUntil - this.#clock() : resetIn;
  }

  /** Of a lease that is small the next request may be the last one for long: what it does not use is lost. */
  #isLow() {
    if (this.#lastGiven < 1 / LOW) return false;
    const left = this.#blocks.reduce((total, { permits }) => total + permits, 0);
    return left < this.#lastGiven * LOW;
  }

  #dropEnded(now) {
    // A clock that went back would make a lease longer.
    this.#close(({ from, end }) => now >= end || now < from);
    if (this.#pausedUntil > now + PAUSE) this.#pausedUntil = now;
    if (this.#aloneUntil > now + ALONE) this.#aloneUntil = now;
  }

  #close(isOver) {
    for (const block of this.#blocks.filter(isOver))
      if (block.lease) this.#closed.push({ lease: block.lease, unused: block.permits });
    this.#blocks = this.#blocks.filter((block) => !isOver(block));
  }

  /** Twice of what was used since it last asked; one if that was long ago, as it is in most of many isolates. */
  #wanted() {
    const isBusy = this.#clock() - this.#saidAt < ALONE;
    return isBusy ? Math.min(MOST, Math.max(1, 2 * this.#taken)) : 1;
  }

  /** Asks for as many permits as were used lately, or for `want`, and tells what the ledger does not know. */
  async #ask(ledger, want = this.#wanted()) {
    const from = this.#clock();
    // What is used up can be told as well.
    this.#close(({ permits }) => permits === 0);
    const closed = this.#closed.splice(0, 100);
    const overdrawn = this.#overdrawn;
    this.#overdrawn = 0;
    const { at, ...service } = this.#service ?? {};
    let given;
    try {
      given = await within(
        PATIENCE,
        Promise.resolve(
          ledger.lease({
            tenant: this.#tenant,
            bulk: this.#isBulk,
            want,
            closed,
            overdrawn,
            service: at === undefined ? undefined : { ...service, age: Math.max(0, from - at) },
          }),
        ),
      );
    } catch {
      this.#closed.unshift(...closed);
      this.#overdrawn += overdrawn;
      this.#goOnAlone();
      return;
    }
    if (want > 0) this.#taken = 0;
    this.#service = undefined;
    this.#said = given;
    this.#saidAt = from;
    if (given.permits > 0) {
      this.#lastGiven = given.permits;
      this.#blocks.push({
        lease: given.lease,
        permits: given.permits,
        from,
        end: from + given.ttl,
      });
    } else if (want > 0) {
      this.#pausedUntil = this.#clock() + Math.min(PAUSE, given.resetIn);
    }
  }

  /** Without the ledger the last share is used once more: never an open gate, never a full stop. */
  #goOnAlone() {
    const now = this.#clock();
    this.#pausedUntil = now + PAUSE;
    if (now < this.#aloneUntil) return;
    this.#aloneUntil = now + ALONE;
    this.#blocks.push({ permits: this.#lastGiven, from: now, end: now + ALONE });
  }
}

/** The most tenants that are known at a time; the one that was asked for first is let go. */
const TENANTS = 1_000;

/** The parts of all tenants. */
export class Shares {
  #known = new Map();

  of({ tenant, isBulk }) {
    const name = `${isBulk}:${tenant}`;
    const share = this.#known.get(name) ?? new Share(tenant, isBulk);
    this.#known.delete(name);
    this.#known.set(name, share);
    if (this.#known.size > TENANTS) this.#known.delete(this.#known.keys().next().value);
    return share;
  }
}
