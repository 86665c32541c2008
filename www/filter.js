// The filter: controls ⇄ plain object ⇄ address.

import { CustomerFilter, validateListFilter } from "collins-customers";
import { chosenIn, find, showChoices } from "./dom.js";
import { fieldsOf } from "./issues.js";
import { labels, months, preferences, venues } from "./known.js";

const form = find("#filter");
const fields = fieldsOf(form);
const lists = { labels, associated_venues: venues, opted_in: preferences, dob_month: months };
const texts = ["query", "created_date_from", "created_date_to"];

/** What the page begins with. */
export const beginning = { sort: ["-created_date"] };

/** The filters of the address that have no control here: they stay as they are. */
let others = {};

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
 * The address of a view: a filter, and the id of the customer that is shown or edited (or "new"). An address
 * without a query is the beginning, so no filter at all is page 1.
 */
export function addressOf({ filter, customer, edit }) {
  const parts = [filterOf(filter).toQueryString() || "page=1"];
  if (customer) parts.push(`customer=${encodeURIComponent(customer)}`);
  if (edit) parts.push(`edit=${encodeURIComponent(edit)}`);
  return `?${parts.join("&")}`;
}

/**
 * The view of the address. Throws the package's `ValidationError` where that makes no sense. Parameters
 * that are no filters are the page's own or those of somebody else (`utm_source`), and do no harm.
 */
export function readAddress() {
  const { search } = location;
  const object = CustomerFilter.parse(search, { unknown: "ignore" }).toObject();
  const parameters = new URLSearchParams(search);
  return {
    filter: Object.keys(object).length === 0 ? beginning : object,
    customer: parameters.get("customer"),
    edit: parameters.get("edit"),
  };
}

/** Sets the controls. */
export function showFilter(object) {
  const { page, sort = [], ...rest } = object;
  for (const [name, known] of Object.entries(lists)) {
    const chosen = [rest[name] ?? []].flat().map(String);
    showChoices(choicesOf(name), known, chosen);
    delete rest[name];
  }
  for (const name of texts) {
    const value = rest[name] ?? "";
    // Setting the text that is there already would move the caret.
    if (form.elements[name].value !== value) form.elements[name].value = value;
    delete rest[name];
  }
  showSort(sort.join(","));
  others = rest;
  showOthers();
  showCount(object);
  fields.show([]);
}

/** Reads the controls. */
export function readFilter() {
  const object = {};
  for (const name of texts) {
    const { value } = form.elements[name];
    if (value.trim() !== "") object[name] = value;
  }
  for (const name of Object.keys(lists)) {
    const chosen = chosenIn(choicesOf(name));
    if (chosen.length > 0) object[name] = name === "dob_month" ? chosen.map(Number) : chosen;
  }
  const { value } = form.elements.sort;
  if (value !== "") object.sort = value.split(",");
  const whole = { ...others, ...object };
  showCount(whole);
  return whole;
}

/** Shows the package's issues at the controls; true if there are none. */
export function checkFilter(object) {
  const issues = validateListFilter(object);
  fields.show(issues);
  return issues.length === 0;
}

const choicesOf = (name) => find(`[data-choices="${name}"]`, form);

/** An order that the address asks for and the control does not know becomes known to it. */
function showSort(sort) {
  const { options } = form.elements.sort;
  if (!Array.from(options).some((option) => option.value === sort)) {
    options.add(new Option(sort, sort));
  }
  form.elements.sort.value = sort;
}

function showOthers() {
  const names = Object.keys(others);
  const note = find("#others");
  note.hidden = names.length === 0;
  note.textContent = `The address filters by ${names.join(", ")} as well.`;
}

function showCount(object) {
  const { sort, query, page, ...counted } = object;
  const count = Object.keys(counted).length;
  find("#more-count").textContent = count === 0 ? "" : ` (${count})`;
}
