// The filter: controls ⇄ plain object ⇄ address.

import { CustomerFilter, validateListFilter } from "collins-customers";
import { chosenIn, element, find, showChoices } from "./dom.js";
import { fieldsOf } from "./issues.js";
import { labels, months, preferenceOf, preferences, venueOf, venues } from "./known.js";
import { filterNames, nameOfOrder } from "./names.js";

const form = find("#filter");
const lists = {
  labels,
  associated_venues: venues,
  opted_in: preferences,
  opted_out: preferences,
  dob_month: months,
};

/** The functions that name items without an entry in the lists. */
const others = { associated_venues: venueOf, opted_in: preferenceOf, opted_out: preferenceOf };

const moreLabels = form.elements.more_labels;

// Each set of dates is three native fields.
for (const set of form.querySelectorAll("[data-dates]")) {
  for (const [ending, label] of [
    ["", "on"],
    ["_from", "from"],
    ["_to", "until"],
  ]) {
    const name = `${set.dataset.dates}${ending}`;
    const id = `filter-${name}`;
    set.append(
      element(
        "div",
        { class: "field", "data-path": name },
        element("label", { for: id }, label),
        element("input", { id, name, type: "date" }),
      ),
    );
  }
}
const dates = Array.from(form.querySelectorAll("[type=date]"), (input) => input.name);
const texts = ["query", "full_name", ...dates];
const fields = fieldsOf(form);

/** The filter that the page begins with. */
export const beginning = { sort: ["-created_date"] };
const NEWEST = beginning.sort.join(",");

/** The best match first: the service's own order for a search. */
const BEST = "";

/** The filters that require another one. */
export const requiring = (parameter) =>
  parameter.startsWith("opted_")
    ? dates.filter((name) => name.startsWith(`${parameter}_date`))
    : [];

/** A setter's name: that of the parameter, in camel case. */
export const setterOf = (parameter) =>
  parameter.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** The filter of a plain object, built step by step. */
export const filterOf = (object) =>
  Object.entries(object).reduce(
    (filter, [parameter, value]) => filter[setterOf(parameter)](value),
    new CustomerFilter(),
  );

/**
 * The address of a view: a filter, the id of the customer that is shown or edited (or "new"), and whether the dialog for
 * files is open. An address without a query means the first filter, so no filter at all is written as page 1.
 */
export function addressOf({ filter, customer, edit, files }) {
  const parts = [filterOf(filter).toQueryString() || "page=1"];
  if (customer) parts.push(`customer=${encodeURIComponent(customer)}`);
  if (edit) parts.push(`edit=${encodeURIComponent(edit)}`);
  if (files) parts.push("files=open");
  return `?${parts.join("&")}`;
}

/**
 * The view of the address. Throws the package's `ValidationError` if it is not valid. Parameters that are not filters
 * are the page's own or foreign (`utm_source`), and are ignored.
 */
export function readAddress() {
  const { search } = location;
  const object = CustomerFilter.parse(search, { unknown: "ignore" }).toObject();
  const parameters = new URLSearchParams(search);
  return {
    filter: orBeginning(object),
    customer: parameters.get("customer"),
    edit: parameters.get("edit"),
    files: parameters.has("files"),
  };
}

const orBeginning = (filter) => (Object.keys(filter).length === 0 ? beginning : filter);

/**
 * Reads an address for which `readAddress` threw an error: the valid part of its filter, the parameters that are
 * `wrong`, and all of them as [parameter, items].
 */
export function readInvalidAddress({ issues }) {
  const parameters = new URLSearchParams(location.search);
  const written = [...parameters]
    .filter(([name]) => Object.hasOwn(filterNames, name))
    .map(([name, value]) => [name, itemsOf(value)]);
  const wrong = new Set();
  // Without one parameter another may not be valid either.
  for (let left = issues ?? []; left.length > 0; ) {
    for (const { path } of left) {
      wrong.add(path[0]);
      parameters.delete(path[0]);
    }
    try {
      const filter = CustomerFilter.parse(`${parameters}`, { unknown: "ignore" }).toObject();
      return { filter: orBeginning(filter), written, wrong };
    } catch (error) {
      left = (error.issues ?? []).filter(({ path }) => !wrong.has(path[0]));
    }
  }
  return { filter: beginning, written, wrong };
}

/** The address of the page without a parameter. */
export function addressWithout(parameter) {
  const parameters = new URLSearchParams(location.search);
  parameters.delete(parameter);
  return `?${parameters.size > 0 ? parameters : "page=1"}`;
}

/** Sets the controls. */
export function showFilter(filter) {
  for (const [name, known] of Object.entries(lists)) {
    const chosen = [filter[name] ?? []].flat().map(String);
    showChoices(choicesOf(name), known, chosen, others[name]);
  }
  moreLabels.value = "";
  for (const name of texts) setValue(name, filter[name] ?? "");
  setValue("email", (filter.email ?? []).join(", "));
  setValue("limit", `${filter.limit ?? ""}`);
  showOrder(filter);
  showDates();
  // A filter that is set must be visible.
  for (const group of form.querySelectorAll(".groups details")) {
    const set = Array.from(group.querySelectorAll("[data-path]")).some(
      ({ dataset }) => filter[dataset.path] !== undefined,
    );
    if (set) group.open = true;
  }
  fields.show([]);
}

/** Sets a value if it differs: setting the same text would move the caret. */
function setValue(name, value) {
  const control = form.elements[name];
  if (control.value !== value) control.value = value;
}

/** Reads the controls. A new search is ordered by the best match, unless another order was chosen. */
export function readFilter() {
  showDates();
  const filter = {};
  for (const name of texts) {
    const { value } = form.elements[name];
    if (value.trim() !== "" && !isHidden(name)) filter[name] = value;
  }
  for (const name of Object.keys(lists)) {
    const chosen = chosenIn(choicesOf(name));
    if (name === "labels") chosen.push(...itemsOf(moreLabels.value));
    if (chosen.length > 0) filter[name] = name === "dob_month" ? chosen.map(Number) : chosen;
  }
  const emails = itemsOf(form.elements.email.value);
  if (emails.length > 0) filter.email = emails;
  const { value: limit } = form.elements.limit;
  if (limit !== "") filter.limit = Number(limit);

  const { sort } = form.elements;
  const wasSearch = bestOption() !== undefined;
  let order = sort.value;
  if (filter.query && !wasSearch && order === NEWEST) order = BEST;
  if (!filter.query && order === BEST) order = NEWEST;
  if (order !== BEST) filter.sort = order.split(",");
  return filter;
}

const itemsOf = (value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);

/** Shows the package's issues at the controls. Returns true if there are none. */
export function checkFilter(filter) {
  const issues = validateListFilter(filter);
  fields.show(issues);
  return issues.length === 0;
}

const choicesOf = (name) => find(`[data-choices="${name}"]`, form);

/** Shows the dates of opt-ins only if there is an opt-in: they require it. */
function showDates() {
  for (const name of ["opted_in", "opted_out"]) {
    const set = find(`[data-dates="${name}_date"]`, form);
    set.hidden = chosenIn(choicesOf(name)).length === 0;
  }
}

const isHidden = (name) => form.elements[name].closest("[hidden]") !== null;

const bestOption = () =>
  Array.from(form.elements.sort.options).find((option) => option.value === BEST);

/** Offers "Best match" only for a search, and adds an order of the address to the control. */
function showOrder({ sort, query }) {
  const { options } = form.elements.sort;
  const best = bestOption();
  if (query && !best) options.add(new Option("Best match", BEST), 0);
  if (!query && best) best.remove();
  // Without a search, the service's own order is that of the date of creation.
  const order = sort?.join(",") ?? (query ? BEST : "created_date");
  if (!Array.from(options).some((option) => option.value === order)) {
    options.add(new Option(nameOfOrder(order), order));
  }
  form.elements.sort.value = order;
}

/** Shows the number of filters, where they are folded away. */
export function showCount(count) {
  find("#more-count").textContent = count === 0 ? "" : ` (${count})`;
}
