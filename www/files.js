// The ways to open a file: a button, or dropping it anywhere on the page. The code for files is loaded then.

import { find } from "./dom.js";

const dropping = "dropping";

let context;

/** The code for files, once it was loaded. */
let bulk = null;

/** The file that was dropped, until it is opened. */
let dropped = null;

/**
 * Prepares the page for files. `given` has the functions that the dialog needs: `api`, `filter()` and `onChanged()`;
 * `open()` and `leave()`, which change the page's view; `isOpen()`; and `tell()`.
 */
export function startFiles(given) {
  context = given;
  find("#files").addEventListener("click", context.open);

  const holdsFile = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  const show = (isOver) => document.documentElement.classList.toggle(dropping, isOver);
  addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    show(true);
  });
  addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) show(false);
  });
  addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    show(false);
    [dropped] = event.dataTransfer.files;
    if (!dropped) return;
    if (context.isOpen()) showFiles();
    else context.open();
  });
}

/** Shows the dialog for files, and opens the one that was dropped. */
export async function showFiles() {
  try {
    bulk ??= await import("./bulk.js");
  } catch {
    context.leave();
    context.tell(["Files need a part of this page that could not be loaded. Reload the page. "]);
    return;
  }
  if (!context.isOpen()) return;
  const file = dropped;
  dropped = null;
  bulk.openBulk(context, file);
}

/** Closes the dialog for files. Its work continues. Returns whether it was open. */
export const hideFiles = () => bulk?.closeBulk() ?? false;
