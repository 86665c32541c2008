// Unsaved changes of a form. They survive Back and a reload, until the tab is closed.

/** The key of the draft for a customer's id, or for "new". */
const keyOf = (id) => `draft:${id}`;

/** The drafts, in browsers that do not allow the page to store anything. */
const drafts = new Map();

/** The draft: the body that would have been sent, or null. */
export function readDraft(id) {
  try {
    return drafts.get(id) ?? JSON.parse(sessionStorage.getItem(keyOf(id)));
  } catch {
    return null;
  }
}

/** Stores this body as the draft. An empty body removes it. */
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
