// Short messages at the edge of the page: what was done, and what can still be undone.

import { element, find } from "./dom.js";

const box = find("#toasts");

/** How often a countdown is updated, in milliseconds. */
const TICK = 250;

/**
 * Shows a message. `actions` are pairs of a name and what is done; each closes the message. After `seconds`
 * it goes by itself, and `ended` is called; the time stands still while the pointer or the focus is on it, or
 * a dialog is over it.
 * `counted` shows the seconds; one of its actions must do what `ended` does. Returns a function that closes it.
 */
export function toast(
  content,
  { actions = [], seconds = 8, ended = () => {}, counted = false } = {},
) {
  // The message is read out once; the seconds are not.
  const count = element("span", { class: "countdown", "aria-hidden": "true" });
  const offered = counted ? actions : [...actions, ["Close", () => {}]];
  const buttons = offered.map(([name, act]) => {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      close();
      act();
    });
    return button;
  });
  const made = element(
    "div",
    { class: "toast" },
    element("p", {}, ...content),
    element("div", {}, ...buttons),
  );
  if (counted) made.prepend(count);

  let left = seconds * 1000;
  let before = performance.now();
  const tick = () => {
    const now = performance.now();
    // A dialog covers the message: nobody could press its buttons.
    const waits = made.matches(":hover, :focus-within") || find("dialog[open]");
    if (!waits) left -= now - before;
    before = now;
    count.textContent = Math.max(Math.ceil(left / 1000), 0);
    if (left > 0) return;
    close();
    ended();
  };
  const timer = setInterval(tick, TICK);
  function close() {
    clearInterval(timer);
    const focused = made.contains(document.activeElement);
    made.remove();
    if (focused) find("#results").focus();
  }
  tick();
  box.append(made);
  return close;
}
