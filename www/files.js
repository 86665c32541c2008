// Where files come in: a button, or a file that is dropped anywhere on the page. What works on them is loaded then.

import { find } from "./dom.js";

const dropping = "dropping";

/** Prepares the page for files. `context` is what bulk work needs of it: `api`, `filter()` and `onChanged()`. */
export function startFiles(context) {
  const open = async (file) => {
    const { openBulk } = await import("./bulk.js");
    openBulk(context, file);
  };

  find("#files").addEventListener("click", () => open());

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
    const [file] = event.dataTransfer.files;
    if (file) open(file);
  });
}
