// Deletions that can be undone: a customer is removed from the list at once, and from the service after the time to
// undo.

import { briefNameOf } from "./customer.js";
import { reasonOf, text } from "./dom.js";
import { toast } from "./toast.js";

/** The time for which a deletion can be undone, in seconds. */
const SECONDS = 8;

/** The deletions that can be undone: the function that undoes each, by the customer's id, the last one last. */
const pending = new Map();

/** The customers that are not shown, although the service may still have them. */
const gone = new Set();

/** Returns whether a customer is deleted, or about to be. */
export const isGone = (id) => gone.has(id);

/**
 * Deletes a customer after the time to undo. `send` sends the request; `changed` is called when the list should be
 * updated, with the id of a customer who is back.
 */
export function remove(customer, send, changed) {
  const { id } = customer;
  if (gone.has(id)) return;
  const back = () => {
    gone.delete(id);
    changed(id);
  };
  const undo = () => {
    close();
    settle();
    back();
  };
  const settle = () => {
    pending.delete(id);
    if (pending.size === 0) removeEventListener("beforeunload", stay);
  };
  const finish = async () => {
    settle();
    try {
      await send(id);
    } catch (error) {
      back();
      const again = () => remove(customer, send, changed);
      toast([text(briefNameOf(customer)), " was not deleted. ", reasonOf(error)], {
        actions: [["Try again", again]],
        seconds: Number.POSITIVE_INFINITY,
      });
    }
  };
  const close = toast([text(briefNameOf(customer)), " will be deleted."], {
    actions: [
      ["Undo", undo],
      ["Delete now", finish],
    ],
    seconds: SECONDS,
    ended: finish,
    counted: true,
  });
  if (pending.size === 0) addEventListener("beforeunload", stay);
  pending.set(id, undo);
  gone.add(id);
  changed();
}

/** Makes the browser ask before the page is left, because that would undo the deletion. */
const stay = (event) => event.preventDefault();

/** Undoes the last deletion that can be undone; false if there is none. */
export function undoLast() {
  const undo = [...pending.values()].at(-1);
  undo?.();
  return undo !== undefined;
}

// Undoes deletions that were not sent when the page is left: nobody would see if they failed.
addEventListener("pagehide", () => {
  for (const undo of pending.values()) undo();
});
