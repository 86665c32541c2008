// The quota of one credential, kept in one place for many isolates: the permits that are left, and who gets them. It
// does no I/O and has no clock of its own.
//
// A leased permit counts as used at once. So nothing has to be known about an isolate that has ended, and an object
// that was evicted continues from one small record. Returned permits and the service's figures correct the count.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The time that a lease lasts. It never lasts beyond the hour of the quota. */
const LEASE = 30_000;

/** The longest time that a request is under way: the service may not have counted recent ones yet. */
const FLIGHT = 30_000;

/** The service's clock may be this late when an hour ends. */
const MARGIN = 1_000;

/** The assumed number of requests per hour, until the service reports it. */
const GUESS = 60;

/** A lease is a share of what is left, so that many isolates get one. */
const SHARE = 32;

/** The part of the hour's quota that bulk work does not get at the beginning of the hour. It falls to 0 at the end. */
const KEPT_FROM_BULK = 0.25;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

export class QuotaBook {
  #tenants;
  #limit;
  /** The number of permits that are left. */
  #free;
  /** When the hour ends, by this clock. */
  #reset;
  /** By tenant: the permits leased in this hour, without those returned. */
  #spent;
  /** The time of the last call, to recognise a clock that was set back. */
  #asked;
  /** The time until which unknown leases may exist, which were made before an eviction. */
  #blindUntil = 0;
  /** The leases of this hour, by number, and those of them that may still be used, by their ends. */
  #leases = new Map();
  #live = new Set();
  #out = 0;
  /** The recent use, by the second in which it was reported. */
  #used = new Map();
  #count = 0;
  /** The permits leased after the end of the hour, within the margin: the service may count them in the next hour. */
  #early = 0;
  /** When the service last reported more than this book expected. */
  #raisedAt = 0;
  /** The prefix of lease ids: leases of an earlier book, before an eviction, must not be mistaken for its own. */
  #name;

  /** `saved` is the record of an earlier book. */
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

  /** The record from which another book continues. */
  saved() {
    return {
      limit: this.#limit,
      free: this.#free,
      reset: this.#reset,
      spent: Object.fromEntries(this.#spent),
      asked: this.#asked,
    };
  }

  /** True if nothing was leased in this hour. */
  get isUntouched() {
    return this.#spent.size === 0;
  }

  /** When the hour ends, with the margin for the service's clock. */
  get resetAt() {
    return this.#reset + MARGIN;
  }

  /** Makes a lease. It has no permits if none are left or wanted. */
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

  /** Ends leases whose time is over, and the hour. */
  turn(now) {
    // No hour ends more than an hour from now, even if the clock was set back.
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

  /** Begins an hour in which nothing was leased yet. */
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

  /** Takes back the unused permits of a lease, which may have ended long ago. */
  #close(lease, unused, now) {
    const known = this.#leases.get(lease);
    if (!known) return;
    this.#leases.delete(lease);
    const back = Math.max(0, Math.min(unused, known.permits));
    this.#spend(known.tenant, -back);
    if (this.#live.delete(lease)) this.#end(known, known.permits - back, now);
    // Its unused permits are already included in the service's figures.
    else if (known.end <= this.#raisedAt) this.#free -= back;
  }

  #end({ permits }, used, when) {
    this.#out -= permits;
    const second = Math.floor(when / 1000);
    this.#used.set(second, (this.#used.get(second) ?? 0) + used);
  }

  /**
   * Applies the service's figures, which are true of the moment of the report. The service has counted the permits of
   * this book, but perhaps not those that are leased or were used recently: for these this book knows better.
   */
  #correct({ limit, remaining, resetIn, age }, now) {
    const said = now - age;
    if (said < this.#reset - HOUR) return;
    if (resetIn !== null && resetIn > 0 && resetIn <= HOUR + MARGIN) {
      // The service has begun another hour than this book.
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

  /** The tenant's share of the hour, and the rest of it. */
  #shareOf(tenant, isBulk, now) {
    const names = new Set([...this.#spent.keys(), tenant]);
    const weightOf = (name) => this.#tenants.get(name)?.weight ?? 1;
    const spentOf = (name) => this.#spent.get(name) ?? 0;
    const reserves = sum([...this.#tenants.values()].map(({ reserve = 0 }) => reserve));
    // If the reserves exceed the limit, they are scaled down to it.
    const scale = reserves > this.#limit ? this.#limit / reserves : 1;
    const reserveOf = (name) => (this.#tenants.get(name)?.reserve ?? 0) * scale;
    const rest = Math.max(0, this.#limit - reserves);
    const weights = sum([...names].map(weightOf));
    const fairOf = (name) => reserveOf(name) + (rest * weightOf(name)) / weights;
    const ahead = Math.max(0, this.#reset - now) / HOUR;

    // Others keep their reserves to the end, and the part of their fair share that they can use in the time that is
    // left.
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
