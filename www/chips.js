// The current filters, above the list: a click removes one.

import { dayOf } from "./customer.js";
import { element, find, text } from "./dom.js";
import { beginning, requiring } from "./filter.js";
import { months, preferenceOf, venueOf } from "./known.js";
import { filterNames } from "./names.js";

const list = find("#chips");

/** The names of items that are ids or numbers. */
const nameOf = {
  associated_venues: venueOf,
  opted_in: preferenceOf,
  opted_out: preferenceOf,
  dob_month: (item) => months[item - 1]?.[1] ?? `${item}`,
};

/** Parameters that do not filter: they have their own places on the page. */
const views = ["sort", "page"];

/**
 * Each current filter: its name, the word for its value, and `without`, which returns the filter without it.
 */
export const chipsOf = (filter) =>
  Object.entries(filter)
    .filter(([parameter]) => narrows(parameter))
    .flatMap(([parameter, value]) =>
      [value].flat().map((item) => ({
        name: filterNames[parameter],
        word: wordOf(parameter, item),
        without: (filter) => without(filter, parameter, item),
      })),
    );

/** The word for an item of a filter. */
export function wordOf(parameter, item) {
  if (/_date|^last_updated/.test(parameter)) return dayOf(item);
  return nameOf[parameter]?.(item) ?? `${item}`;
}

/** Returns whether a parameter filters the list. */
export const narrows = (parameter) => !views.includes(parameter);

/** The filter without one item and without the page. With the last item, the filters that require it are removed. */
function without(filter, parameter, item) {
  const { page, ...rest } = filter;
  const items = rest[parameter];
  const left = Array.isArray(items) ? items.filter((one) => one !== item) : [];
  if (left.length > 0) return { ...rest, [parameter]: left };
  for (const name of [parameter, ...requiring(parameter)]) delete rest[name];
  // Without a search there is no best match.
  return parameter === "query" ? { ...beginning, ...rest } : rest;
}

/** Shows the chips. `remove` removes one of them, `clear` all. */
export function showChips(chips, remove, clear) {
  const index = Array.from(list.children).findIndex((one) => one.contains(document.activeElement));
  const items = chips.map((chip) => {
    const { name, word, isWrong } = chip;
    return buttonOf(() => remove(chip), [`${name}: `, text(word), " ✕"], {
      class: isWrong ? "pill wrong" : "pill",
      "aria-label": `Remove the filter ${name}: ${word}`,
    });
  });
  if (items.length > 0) items.push(buttonOf(clear, ["Clear all filters"], { class: "pill all" }));
  list.replaceChildren(...items);
  // The next chip gets the focus of the removed one.
  if (index >= 0)
    (find("button", items[index] ?? items.at(-1) ?? list) ?? find("#results")).focus();
}

function buttonOf(act, content, attributes) {
  const button = element("button", { type: "button", ...attributes }, ...content);
  button.addEventListener("click", act);
  return element("li", {}, button);
}
