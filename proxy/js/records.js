// Creates that were begun with an `Idempotency-Key`: what is kept of each, and what a replay comes to. No I/O.
//
// A record holds hashes, a state, two times and the id of a customer; nothing of what the customer is.

/** The time that a key is remembered. */
export const KEPT = 24 * 3_600_000;

/**
 * What a create with this key comes to, and the record that is kept from now on, if it changes. `settle` is the time
 * after which a request that was sent is surely over.
 *
 * - `send`: nothing was sent yet.
 * - `look`: something was sent, and what came of it is not known. `since` is when.
 * - `wait`: it is being sent now; `wait` says how long that may take.
 * - `done`: it has made the customer `customer`.
 * - `other`: the key was used with another body.
 */
export const begin = (record, hash, settle, now) => {
  if (!record || now >= record.until)
    return {
      answer: { state: "send" },
      record: { hash, first: now, sent: now, until: now + KEPT },
    };
  if (record.hash !== hash) return { answer: { state: "other" } };
  if (record.customer !== undefined)
    return { answer: { state: "done", customer: record.customer } };
  const elapsed = now - record.sent;
  if (elapsed < 0)
    // The clock went back: from now on the time is known.
    return { answer: { state: "wait", wait: settle }, record: { ...record, sent: now } };
  if (elapsed < settle && !record.isOver)
    return { answer: { state: "wait", wait: settle - elapsed } };
  return {
    answer: { state: "look", since: record.first },
    // Whoever looks may send: another one has to wait for it.
    record: { ...record, sent: now, isOver: false },
  };
};

/**
 * The record after a request is over; undefined for none. `outcome` is the id of the customer, null if nothing was
 * written, and undefined if that is not known.
 */
export const end = (record, outcome) => {
  if (!record || outcome === null) return undefined;
  return outcome === undefined ? { ...record, isOver: true } : { ...record, customer: outcome };
};
