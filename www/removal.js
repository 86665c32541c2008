// The question before a customer is deleted.

import { nameOf } from "./customer.js";
import { find, showAlert, text } from "./dom.js";

const dialog = find("#removal");
const form = find("form", dialog);
const alert = find(".alert", dialog);

/** What is open: what a "Delete" does, and what ends it. */
let open = null;

/**
 * Asks whether this customer is to be deleted. `remove` does it, and gives what is to be done when the
 * question has closed.
 */
export function ask(customer, remove) {
  open = { remove, controller: null };
  alert.hidden = true;
  find("h2", dialog).replaceChildren("Delete ", text(nameOf(customer)), "?");
  dialog.showModal();
  find("[value=cancel]", form).focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (open.controller) return;
  const controller = new AbortController();
  open.controller = controller;
  form.setAttribute("aria-busy", "true");
  try {
    const done = await open.remove(controller.signal);
    dialog.close();
    // The dialog gives the focus back to a button that went with the customer.
    done();
  } catch (error) {
    if (!controller.signal.aborted) showAlert(alert, "Not deleted.", error);
  } finally {
    form.removeAttribute("aria-busy");
    open.controller = null;
  }
});

find("[value=cancel]", form).addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => open.controller?.abort());
