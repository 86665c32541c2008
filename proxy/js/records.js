// Creates with an `Idempotency-Key`: the record of each, and the result of a replay. No I/O.
//
// A record contains hashes, a state, two times and the id of a customer, and no data of the customer.

/** The time for which a key is kept. */
export const KEPT = 24 * 3_600_000;

/**
 * The next step of a create with this key, and its new record, if that changes. `settle` is the time after which a
 * request that was sent has certainly ended.
 *
 * - `send`: nothing was sent yet.
 * - `look`: it was sent at `since`, and the outcome is not known.
 * - `wait`: it is being sent now, for at most `wait` more milliseconds.
 * - `done`: it has created the customer `customer`.
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
    // The clock was set back, so the wait begins again.
    return { answer: { state: "wait", wait: settle }, record: { ...record, sent: now } };
  if (elapsed < settle && !record.isOver)
    return { answer: { state: "wait", wait: settle - elapsed } };
  return {
    answer: { state: "look", since: record.first },
    // The one who looks may send, so others have to wait.
    record: { ...record, sent: now, isOver: false },
  };
};

/**
 * The record after a request has ended; undefined for none. `outcome` is the id of the customer, null if nothing was
 * written, and undefined if that is not known.
 */
export const end = (record, outcome) => {
  if (!record || outcome === null) return undefined;
  return outcome === undefined ? { ...record, isOver: true } : { ...record, customer: outcome };
};
