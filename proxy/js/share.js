// One tenant's part of the quota in one isolate: leased permits, and the fate of requests without one. The time of a
// lease is counted by this isolate's clock from before it was requested, so that it ends here first.

/** The time that the ledger may take to answer. */
const PATIENCE = 2_000;

/** The time without a request to the ledger after it had no permits. */
const PAUSE = 5_000;

/** The time for which an isolate that cannot reach the ledger uses its last share again. */
const ALONE = 30_000;

/** The maximum number of permits requested at once. */
const MOST = 256;

/** Figures of the service are reported at once if they differ from the ledger's by this part of the hour's quota. */
const DIFFERENCE = 0.05;

/** More permits are requested when less than this part of the last lease is left. */
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
  /** Leases with permits: `{ lease, permits, from, end }`. One without an id is a share used without the ledger. */
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
  /** The last answer of the ledger, and its time. */
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
      // Other requests that waited may have taken the permits.
      if (asked === 3 || now < this.#pausedUntil) return false;
      await this.#ask(ledger);
    }
  }

  /** Takes the service's figures of the quota. `later` keeps a promise alive after the answer. */
  observe(limit, remaining, resetIn, ledger, later) {
    const now = this.#clock();
    this.#service = { limit, remaining, resetIn, at: now };
    // Nothing is left: leased permits are worthless, too.
    if (remaining === 0 && resetIn !== null) this.#close(() => true);
    // Most isolates rarely call the ledger, and their figures would be old by then.
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

  /** The tenant's own figures: its share of the hour, the rest of it, and milliseconds to the end of the hour. */
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

  /** The wait after the ledger had no permits. */
  get wait() {
    const { resetIn } = this.figures();
    return this.#aloneUntil > this.#clock() ? this.#aloneUntil - this.#clock() : resetIn;
  }

  /** Returns whether few permits are left. A small lease may not be renewed for long: its unused permits are lost. */
  #isLow() {
    if (this.#lastGiven < 1 / LOW) return false;
    const left = this.#blocks.reduce((total, { permits }) => total + permits, 0);
    return left < this.#lastGiven * LOW;
  }

  #dropEnded(now) {
    // A clock that was set back would make a lease longer.
    this.#close(({ from, end }) => now >= end || now < from);
    if (this.#pausedUntil > now + PAUSE) this.#pausedUntil = now;
    if (this.#aloneUntil > now + ALONE) this.#aloneUntil = now;
  }

  #close(isOver) {
    for (const block of this.#blocks.filter(isOver))
      if (block.lease) this.#closed.push({ lease: block.lease, unused: block.permits });
    this.#blocks = this.#blocks.filter((block) => !isOver(block));
  }

  /** Twice the use since the last request; one if that was long ago, as in most of many isolates. */
  #wanted() {
    const isBusy = this.#clock() - this.#saidAt < ALONE;
    return isBusy ? Math.min(MOST, Math.max(1, 2 * this.#taken)) : 1;
  }

  /** Requests permits according to the recent use, or `want`, and reports what the ledger does not know yet. */
  async #ask(ledger, want = this.#wanted()) {
    const from = this.#clock();
    // Leases that are used up can be reported as well.
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

  /** Uses the last share once more without the ledger: neither without a limit nor not at all. */
  #goOnAlone() {
    const now = this.#clock();
    this.#pausedUntil = now + PAUSE;
    if (now < this.#aloneUntil) return;
    this.#aloneUntil = now + ALONE;
    this.#blocks.push({ permits: this.#lastGiven, from: now, end: now + ALONE });
  }
}

/** The maximum number of tenants that are kept; the oldest one is deleted. */
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
