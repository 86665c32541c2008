// The quota of one credential, kept in one place for many isolates: how many permits may still be given, and to whom.
// It does no I/O and has no clock of its own.
//
// What is given counts as used at once. So nothing has to be known of an isolate that is gone, and an object that was
// evicted goes on from one small record. What an isolate hands back, and what the service says, corrects it.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The time that a lease lasts. It never lasts beyond the hour of the quota. */
const LEASE = 30_000;

/** How long a request may be on its way: what was used lately the service may not have counted yet. */
const FLIGHT = 30_000;

/** The service's clock may be late by this much when an hour ends. */
const MARGIN = 1_000;

/** The requests of an hour, until the service says how many there are. */
const GUESS = 60;

/** A lease is a share of what is left, so that many isolates get one. */
const SHARE = 32;

/** What of the hour's quota is kept from bulk work at the beginning of the hour; nothing at its end. */
const KEPT_FROM_BULK = 0.25;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

export class QuotaBook {
  #tenants;
  #limit;
  /** The number of requests that may still be given. */
  #free;
  /** When the hour ends, by this clock. */
  #reset;
  /** By tenant: what was given to it in this hour, less what it handed back. */
  #spent;
  /** When it was asked last: a clock that went back is known by it. */
  #asked;
  /** Until when leases may be out that are not known, because they were given before an eviction. */
  #blindUntil = 0;
  /** The leases of this hour, by number, and those of them that may still be used, by their ends. */
  #leases = new Map();
  #live = new Set();
  #out = 0;
  /** How much was used lately, by the second in which it was known. */
  #used = new Map();
  #count = 0;
  /** What was given after the end of the hour, but within the margin: the service may count it to the next one. */
  #early = 0;
  /** When the service last said that more is left than this book knew. */
  #raisedAt = 0;
  /** Leases of another book, before an eviction, must not be taken for its own. */
  #name;

  /** `saved` is what an earlier book left. */
  constructor(settings, saved, now, name = "") {
    const { limit, tenants = {} } = { __proto__: null, ...settings };
    const shares = Object.entries(tenants).map(([tenant, share]) => [
      tenant,
      { __proto__: null, ...share },
    ]);
    this.#tenants = new Map(shares);
    this.#name = name;
    this.#limit = saved?.limit ?? limit ?? GUESS;
    this.#free = saved?.free ?? this.#limit;
    this.#reset = saved?.reset ?? now + HOUR;
    this.#spent = new Map(Object.entries(saved?.spent ?? {}));
    this.#asked = saved?.asked ?? now;
    if (saved) this.#blindUntil = now + LEASE + FLIGHT;
  }

  /** What another book goes on from. */
  saved() {
    return {
      limit: this.#limit,
      free: this.#free,
      reset: this.#reset,
      spent: Object.fromEntries(this.#spent),
      asked: this.#asked,
    };
  }

  /** Whether nothing was given in this hour. */
  get isUntouched() {
    return this.#spent.size === 0;
  }

  /** When the hour ends, with the margin for the service's clock. */
  get resetAt() {
    return this.#reset + MARGIN;
  }

  /** Gives a lease, of no permits if nothing is left or wanted. */
  lease({ tenant, bulk = false, want, closed = [], overdrawn = 0, service }, now) {
    this.turn(now);
    for (const { lease, unused } of closed) this.#close(lease, unused, now);
    this.#spend(tenant, overdrawn);
    if (service) this.#correct(service, now);

    const { cap, left } = this.#shareOf(tenant, bulk, now);
    const permits = left < 1 ? 0 : Math.min(want, Math.max(1, Math.floor(left / SHARE)));
    const end = Math.min(now + LEASE, now < this.#reset ? this.#reset : this.resetAt);
    const lease = `${this.#name}${++this.#count}`;
    if (permits > 0) {
      this.#spend(tenant, permits);
      this.#leases.set(lease, { tenant, permits, end });
      this.#live.add(lease);
      this.#out += permits;
      if (now >= this.#reset) this.#early += permits;
    }
    return {
      lease,
      permits,
      ttl: Math.max(0, end - now),
      limit: Math.floor(cap),
      remaining: Math.max(0, Math.floor(left) - permits),
      resetIn: Math.max(0, this.resetAt - now),
      credential: { limit: this.#limit, free: this.#free },
    };
  }

  /** Lets leases end, and the hour. */
  turn(now) {
    // No hour ends later than in an hour, whatever became of the clock.
    if (now < this.#asked) this.#reset = Math.min(this.#reset, now + HOUR);
    this.#asked = now;
    for (const lease of this.#live) {
      const known = this.#leases.get(lease);
      if (known.end > now && known.end <= now + LEASE) break;
      this.#live.delete(lease);
      this.#end(known, known.permits, known.end);
    }
    for (const second of this.#used.keys())
      if (second * 1000 < now - 2 * FLIGHT) this.#used.delete(second);
    if (now < this.resetAt) return;
    this.#reset += HOUR * Math.ceil((now + 1 - this.#reset) / HOUR);
    this.#forget();
    this.#free -= this.#early;
    this.#early = 0;
  }

  /** Begins an hour in which nothing was given yet. */
  #forget() {
    this.#free = this.#limit;
    this.#spent.clear();
    this.#leases.clear();
    this.#live.clear();
    this.#out = 0;
    this.#used.clear();
  }

  #spend(tenant, permits) {
    this.#free -= permits;
    this.#spent.set(tenant, (this.#spent.get(tenant) ?? 0) + permits);
  }

  /** Takes back what a lease has left. It may have ended long ago. */
  #close(lease, unused, now) {
    const known = this.#leases.get(lease);
    if (!known) return;
    this.#leases.delete(lease);
    const back = Math.max(0, Math.min(unused, known.permits));
    this.#spend(known.tenant, -back);
    if (this.#live.delete(lease)) this.#end(known, known.permits - back, now);
    // What it had left came back already, with what the service said.
    else if (known.end <= this.#raisedAt) this.#free -= back;
  }

  #end({ permits }, used, when) {
    this.#out -= permits;
    const second = Math.floor(when / 1000);
    this.#used.set(second, (this.#used.get(second) ?? 0) + used);
  }

  /**
   * What the service said is true of the moment when it was said. It has counted what this book gave, but perhaps not
   * what is out or was used lately: between the two this book knows better.
   */
  #correct({ limit, remaining, resetIn, age }, now) {
    const said = now - age;
    if (said < this.#reset - HOUR) return;
    if (resetIn !== null && resetIn > 0 && resetIn <= HOUR + MARGIN) {
      // Another hour has begun than the one that this book is in.
      if (said + resetIn > this.#reset + MINUTE) {
        this.#limit = limit;
        this.#forget();
      }
      this.#reset = said + resetIn;
    }
    this.#limit = limit;
    const recent = [...this.#used].filter(([second]) => second * 1000 > said - FLIGHT - 1000);
    const lately = sum(recent.map(([, used]) => used));
    const least = remaining - this.#out - lately;
    if (now >= this.#blindUntil && age <= FLIGHT && least > this.#free) {
      this.#free = least;
      this.#raisedAt = now;
    }
    this.#free = Math.min(this.#free, remaining);
  }

  /** What a tenant may have of the hour, and what of it is left. */
  #shareOf(tenant, isBulk, now) {
    const names = new Set([...this.#spent.keys(), tenant]);
    const weightOf = (name) => this.#tenants.get(name)?.weight ?? 1;
    const spentOf = (name) => this.#spent.get(name) ?? 0;
    const reserves = sum([...this.#tenants.values()].map(({ reserve = 0 }) => reserve));
    // Reserves of more than there is are shares of what there is.
    const scale = reserves > this.#limit ? this.#limit / reserves : 1;
    const reserveOf = (name) => (this.#tenants.get(name)?.reserve ?? 0) * scale;
    const rest = Math.max(0, this.#limit - reserves);
    const weights = sum([...names].map(weightOf));
    const fairOf = (name) => reserveOf(name) + (rest * weightOf(name)) / weights;
    const ahead = Math.max(0, this.#reset - now) / HOUR;

    // Reserves of others stay theirs to the end; of their fair share, what the time that is left could use.
    let reserved = 0;
    let claimed = 0;
    for (const name of new Set([...names, ...this.#tenants.keys()])) {
      if (name === tenant && !isBulk) continue;
      const kept = Math.max(0, reserveOf(name) - spentOf(name));
      const isOther = name !== tenant && names.has(name);
      const claim = isOther ? (fairOf(name) - spentOf(name)) * ahead : 0;
      reserved += kept;
      claimed += Math.max(kept, claim);
    }
    const fair = Math.min(fairOf(tenant) - spentOf(tenant), this.#free - reserved);
    const left = isBulk
      ? this.#free - Math.max(claimed, reserved + rest * KEPT_FROM_BULK * ahead)
      : Math.max(fair, this.#free - claimed);
    return { cap: Math.max(fairOf(tenant), spentOf(tenant) + left), left };
  }
}
