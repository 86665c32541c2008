// What was filled in and not saved. It survives Back and a reload, and goes with the tab.

/** The key of a draft: that of a customer, or of a new one. */
const keyOf = (id) => `draft:${id}`;

/** A browser that keeps no storage for this page still has its memory. */
const drafts = new Map();

/** The body that would have been sent, or null. */
export function readDraft(id) {
  try {
    return drafts.get(id) ?? JSON.parse(sessionStorage.getItem(keyOf(id)));
  } catch {
    return null;
  }
}

/** Keeps this body, and forgets the one before. An empty one is none. */
export function keepDraft(id, body) {
  const empty = Object.keys(body).length === 0;
  if (empty) drafts.delete(id);
  else drafts.set(id, body);
  try {
    if (empty) sessionStorage.removeItem(keyOf(id));
    else sessionStorage.setItem(keyOf(id), JSON.stringify(body));
  } catch {
    // No storage.
  }
}
