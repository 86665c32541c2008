// Applies the filter's controls: at once, after a pause, or when a field is left.

import { find } from "./dom.js";

/** The wait for the next key in a field, in milliseconds: after the first one, and the minimum after others. */
const FIRST_PAUSE = 800;
const PAUSE = 400;

/** The longest time between two keys that counts for the typist's pace, in milliseconds. */
const BREAK = 2000;

/** An earlier date is still being typed: 2024 begins as 0002. */
const FIRST_DATE = "1000-01-01";

/** The fields that are applied while one types. */
const live = ["query", "full_name"];

/** The fields that are applied when they are left: their values are not valid while they are typed. */
const late = ["email", "limit", "more_labels"];

/** Calls `apply` when the controls should be applied, with the name of the field that is being typed in, if any. */
export function whenTyped(apply) {
  const form = find("#filter");
  let pause = null;
  let typedAt = Number.NEGATIVE_INFINITY;

  const wait = () => {
    clearTimeout(pause);
    pause = null;
  };
  const now = (field) => {
    wait();
    apply(field);
  };
  /** Applies after a pause, which is longer for slow typists. */
  const soon = (field) => {
    wait();
    const time = performance.now();
    const gap = time - typedAt;
    typedAt = time;
    pause = setTimeout(now, gap < BREAK ? Math.max(PAUSE, gap * 1.5) : FIRST_PAUSE, field);
  };

  form.addEventListener("input", ({ target, isComposing }) => {
    wait();
    // An input method is still composing the text.
    if (isComposing || late.includes(target.name)) return;
    if (target.type === "date") {
      if (!target.value || target.value >= FIRST_DATE) soon(target.name);
    } else if (live.includes(target.name)) {
      soon(target.name);
    } else {
      now();
    }
  });

  form.addEventListener("compositionend", ({ target }) => soon(target.name));

  form.addEventListener("change", ({ target }) => {
    if (late.includes(target.name)) now();
  });

  // A year of three digits is intended if the field was left like that.
  form.addEventListener("focusout", ({ target }) => {
    if (target.type === "date" && target.value && target.value < FIRST_DATE) now(target.name);
  });

  // If something else is clicked during the pause, the text is applied first: otherwise it would be lost.
  document.addEventListener(
    "click",
    () => {
      if (pause !== null) now();
    },
    { capture: true },
  );

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
}
