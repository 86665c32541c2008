// The filters that are set, above the list: each goes by a click.

import { dayOf } from "./customer.js";
import { element, find, text } from "./dom.js";
import { beginning, requiring } from "./filter.js";
import { months, preferences, venues } from "./known.js";
import { filterNames } from "./names.js";

const list = find("#chips");

/** The names of what has an id or a number. */
const known = {
  associated_venues: venues,
  opted_in: preferences,
  opted_out: preferences,
  dob_month: months,
};

/** Filters that narrow nothing: they have their own places on the page. */
const views = ["sort", "page"];

/** Each filter that is set, as the name of the filter, what it is set to, and the filter without it. */
export const chipsOf = (filter) =>
  Object.entries(filter)
    .filter(([parameter]) => !views.includes(parameter))
    .flatMap(([parameter, value]) =>
      [value]
        .flat()
        .map((item) => [
          filterNames[parameter],
          wordOf(parameter, item),
          without(filter, parameter, item),
        ]),
    );

function wordOf(parameter, item) {
  if (/_date|^last_updated/.test(parameter)) return dayOf(item);
  return known[parameter]?.find(([value]) => value === `${item}`)?.[1] ?? `${item}`;
}

/** The filter without one item and without the page. With the last item go the filters that require it. */
function without(filter, parameter, item) {
  const { page, ...rest } = filter;
  const left = [rest[parameter]].flat().filter((one) => one !== item);
  if (left.length > 0) return { ...rest, [parameter]: left };
  for (const name of [parameter, ...requiring(parameter)]) delete rest[name];
  // Without a search there is no best match.
  return parameter === "query" ? { ...beginning, ...rest } : rest;
}

/** Shows the chips. `go` shows the list of another filter, `clear` that of none. */
export function showChips(chips, go, clear) {
  const index = Array.from(list.children).findIndex((one) => one.contains(document.activeElement));
  const items = chips.map(([name, word, rest]) =>
    buttonOf(() => go(rest), [`${name}: `, text(word), " ✕"], {
      class: "pill",
      "aria-label": `Remove the filter ${name}: ${word}`,
    }),
  );
  if (items.length > 0) items.push(buttonOf(clear, ["Clear all filters"], { class: "pill all" }));
  list.replaceChildren(...items);
  // The next chip gets the focus of the one that went.
  if (index >= 0)
    (find("button", items[index] ?? items.at(-1) ?? list) ?? find("#results")).focus();
}

function buttonOf(act, content, attributes) {
  const button = element("button", { type: "button", ...attributes }, ...content);
  button.addEventListener("click", act);
  return element("li", {}, button);
}
