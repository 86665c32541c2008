// The few things that every part of the page does to the document.

import { ConnectionError, RateLimitError, TimeoutError } from "collins-customers";

/** The element that the selector finds, below `parent`. */
export const find = (selector, parent = document) => parent.querySelector(selector);

/** A new element. Children that are texts stay texts: nothing that a customer holds becomes HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Text of whatever script and direction, set apart from what stands around it. */
export const text = (value) => element("bdi", {}, value);

/** Check boxes for these [value, name] pairs, and for what else is chosen. */
export function showChoices(box, known, chosen = []) {
  const unknown = chosen.filter((value) => !known.some(([one]) => one === value));
  const choices = [...known, ...unknown.map((value) => [value, value])];
  box.replaceChildren(
    ...choices.map(([value, name]) => {
      const input = element("input", { type: "checkbox", value });
      input.checked = chosen.includes(value);
      return element("label", { class: "chip" }, input, text(name));
    }),
  );
}

/** The values of the boxes that are checked. */
export const chosenIn = (box) =>
  Array.from(box.querySelectorAll("input:checked"), (input) => input.value);

/** Why something failed, for a reader who is no programmer. What needs no other words has the client's. */
export function reasonOf(error) {
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil((error.retryAfterMs ?? 0) / 1000);
    const when = seconds > 0 ? `in ${seconds} seconds` : "a little later";
    return `The service has had as many requests as it takes for now. Try again ${when}.`;
  }
  if (error instanceof TimeoutError) return "The service took too long to answer.";
  if (error instanceof ConnectionError) return "The service could not be reached.";
  return error.message;
}

/** Shows a failure, and scrolls to where it is told. */
export function showAlert(box, what, error) {
  const sentences = [element("strong", {}, what), ` ${reasonOf(error)}`];
  if (error.mayHaveSucceeded) {
    sentences.push(" It may have been carried out all the same: look before you try again.");
  }
  box.replaceChildren(...sentences);
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}
