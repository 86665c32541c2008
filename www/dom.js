// Helpers for the document, for every part of the page.

import { NotFoundError } from "collins-customers";

/** The element that the selector finds, below `parent`. */
export const find = (selector, parent = document) => parent.querySelector(selector);

/** A new element. Children that are strings stay text: no value of a customer becomes HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A new element of an SVG. */
export function shape(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Text of any script and direction, isolated from the text around it. */
export const text = (value) => element("bdi", {}, value);

/** Check boxes for these [value, name] pairs, and for other chosen values, which `nameOf` names. */
export function showChoices(box, known, chosen, nameOf = (value) => value) {
  const unknown = chosen.filter((value) => !known.some(([one]) => one === value));
  const choices = [...known, ...unknown.map((value) => [value, nameOf(value)])];
  const inputs = Array.from(box.querySelectorAll("input"));
  // Existing boxes stay, and with them the focus.
  const same =
    inputs.length === choices.length &&
    inputs.every(({ value }, index) => value === choices[index][0]);
  if (!same) {
    box.replaceChildren(
      ...choices.map(([value, name]) =>
        element(
          "label",
          { class: "chip" },
          element("input", { type: "checkbox", value }),
          text(name),
        ),
      ),
    );
  }
  for (const input of box.querySelectorAll("input")) input.checked = chosen.includes(input.value);
}

/** The values of the boxes that are checked. */
export const chosenIn = (box) =>
  Array.from(box.querySelectorAll("input:checked"), (input) => input.value);

/** The reason of a failure: the client's sentence for the person in front of a page. */
export const reasonOf = (error) =>
  error instanceof NotFoundError
    ? "This customer was not found. Somebody else may have deleted them."
    : (error.userMessage ?? (navigator.onLine ? error.message : OFFLINE));

const OFFLINE = "There is no internet connection.";

/** The format of a time of day, in the user's locale, as in the package's sentences. */
export const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });

/** Shows a failure, and scrolls to it. */
export function showAlert(box, what, error) {
  box.replaceChildren(element("strong", {}, what), ` ${reasonOf(error)}`);
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}
