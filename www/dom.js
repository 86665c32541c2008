// The few things that every part of the page does to the document.

import { NotFoundError } from "collins-customers";

/** The element that the selector finds, below `parent`. */
export const find = (selector, parent = document) => parent.querySelector(selector);

/** A new element. Children that are texts stay texts: nothing that a customer holds becomes HTML. */
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

/** Text of whatever script and direction, set apart from what stands around it. */
export const text = (value) => element("bdi", {}, value);

/** Check boxes for these [value, name] pairs, and for what else is chosen, which `nameOf` gives a name. */
export function showChoices(box, known, chosen, nameOf = (value) => value) {
  const unknown = chosen.filter((value) => !known.some(([one]) => one === value));
  const choices = [...known, ...unknown.map((value) => [value, nameOf(value)])];
  const inputs = Array.from(box.querySelectorAll("input"));
  // Boxes that are there already stay, and with them the focus.
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

/** Why something failed, and what to do: the client's sentence for the person in front of a page. */
export const reasonOf = (error) =>
  error instanceof NotFoundError
    ? "This customer was not found. Somebody else may have deleted them."
    : (error.userMessage ?? (navigator.onLine ? error.message : OFFLINE));

const OFFLINE = "There is no internet connection.";

/** A time of the day, as the browser's user writes it: the package's sentences do the same. */
export const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });

/** Shows a failure, and scrolls to where it is told. */
export function showAlert(box, what, error) {
  box.replaceChildren(element("strong", {}, what), ` ${reasonOf(error)}`);
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}
