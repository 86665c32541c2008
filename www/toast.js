// Short messages at the edge of the page: actions that were done, and whether they can be undone.

import { element, find } from "./dom.js";

const box = find("#toasts");

/** The interval at which a countdown is updated, in milliseconds. */
const TICK = 250;

/**
 * Shows a message. `actions` are pairs of a name and a function; each closes the message. After `seconds` it closes by
 * itself, and `ended` is called; the time stops while the pointer or the focus is on it, or a dialog is over it.
 * `counted` shows the seconds; then one of the actions must do the same as `ended`. Returns a function that closes it.
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
    // A dialog covers the message, so its buttons cannot be pressed.
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
