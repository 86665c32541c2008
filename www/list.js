// The list of customers, and its replacements.

import { RateLimitError } from "collins-customers";
import { dayOf, nameOf } from "./customer.js";
import { element, find, reasonOf, text } from "./dom.js";
import { sentencesOf } from "./issues.js";
import { venueOf } from "./known.js";
import { filterNames } from "./names.js";

const box = find("#list");
const count = find("#count");
const number = new Intl.NumberFormat("en");

/**
 * Shows that a list of `limit` customers is loading. An existing list stays; otherwise the room for the customers is
 * reserved at once, so that nothing jumps.
 */
export function showLoading(limit) {
  box.setAttribute("aria-busy", "true");
  count.textContent = "Loading…";
  if (box.querySelector("table")) return;
  const bones = Array.from({ length: limit + 1 }, () => element("div", { class: "bone" }));
  box.replaceChildren(...bones);
}

/** Shows that the list will be requested again in some milliseconds. */
export function showWaiting(milliseconds) {
  count.textContent = `No answer yet: trying again in ${Math.ceil(milliseconds / 1000)} s…`;
}

/** The attributes by which a control in the list is found again after the list was redrawn. */
const marks = ["data-id", "data-menu", "data-order"];

/**
 * Shows a page of customers in this order. `hrefs` returns the address of another page, and of a customer; `instead` is
 * shown if there is nobody.
 */
export function showPage({ customers, pagination }, sort, hrefs, instead) {
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  box.removeAttribute("aria-busy");
  count.textContent = pagination ? counted(pagination) : "";
  box.replaceChildren(customers.length > 0 ? tableOf(customers, sort, hrefs.customer) : instead());
  showPages(pagination, hrefs.page);
  if (!focused) return;
  const mark = marks.find((name) => focused.hasAttribute(name));
  const again = mark && find(`[${mark}="${CSS.escape(focused.getAttribute(mark))}"]`, box);
  (again ?? find("#results")).focus();
}

/** The replacement for a list without a match. */
export const noMatch = (clear) =>
  notice(
    "No customers match",
    "No customer matches all of these filters.",
    buttonOf("Clear search and filters", clear),
  );

/** The replacement for the list of a service without customers. */
export const nobody = (add) =>
  notice("No customers yet", "They will appear here.", buttonOf("Create the first customer", add));

function buttonOf(name, act) {
  const button = element("button", { type: "button" }, name);
  button.addEventListener("click", act);
  return button;
}

/** Shows a failure instead of the list, and offers to try again. */
export function showFailure(error, retry) {
  const button = buttonOf("Try again", retry);
  showInstead(notice(titleOf(error), reasonOf(error), button));
}

function titleOf(error) {
  if (error instanceof RateLimitError) return "Too many requests";
  if (!navigator.onLine) return "There is no internet connection";
  return "The customers could not be loaded";
}

/** Shows that the address is not valid, and why. */
export function showWrongAddress(error, href) {
  const sentences = sentencesOf(error.issues ?? [], filterNames);
  const reasons = sentences.map((sentence) => element("li", {}, sentence));
  const link = element("a", { href }, "Show all customers");
  const list = element("ul", {}, ...reasons);
  showInstead(notice("This address has a filter that cannot be used", list, link));
}

function showInstead(content) {
  box.removeAttribute("aria-busy");
  count.textContent = "";
  box.replaceChildren(content);
  content.setAttribute("role", "alert");
  find("#pages").replaceChildren();
}

const notice = (title, ...rest) =>
  element(
    "div",
    { class: "instead" },
    element("h3", {}, title),
    ...rest.map((part) => (typeof part === "string" ? element("p", {}, part) : part)),
  );

function counted({ page, totalPages, totalResults }) {
  const customers = totalResults === 1 ? "customer" : "customers";
  const pages = totalPages > 1 ? `, page ${page} of ${totalPages}` : "";
  return `${number.format(totalResults)} ${customers}${pages}`;
}

/** The columns of the table: their header, the order of a click on it, and their content. */
const columns = [
  ["Customer", "last_name,first_name"],
  ["Email", "email"],
  ["Labels"],
  ["Venues"],
  ["Since", "created_date"],
];

function tableOf(customers, sort, hrefOf) {
  const headers = columns.map(([name, order]) => {
    if (!order) return element("th", { scope: "col" }, name);
    const button = element("button", { type: "button", "data-order": order }, name);
    const header = element("th", { scope: "col" }, button);
    if (sort === order) header.setAttribute("aria-sort", "ascending");
    if (sort === descending(order)) header.setAttribute("aria-sort", "descending");
    return header;
  });
  const unseen = element("span", { class: "unseen" }, "Actions");
  headers.push(element("th", { scope: "col" }, unseen));
  return element(
    "table",
    { "aria-labelledby": "results" },
    element("thead", {}, element("tr", {}, ...headers)),
    element("tbody", {}, ...customers.map((customer) => rowOf(customer, hrefOf))),
  );
}

const descending = (order) =>
  order
    .split(",")
    .map((field) => `-${field}`)
    .join(",");

/** The order after a click on a header: its own, or the reverse. */
export const nextOrder = (order, sort) => (sort === order ? descending(order) : order).split(",");

function rowOf(customer, hrefOf) {
  const { id, email, labels, associated_venues: places, created_date: since } = customer;
  const name = element("a", { class: "name", href: hrefOf(id), "data-id": id });
  name.append(text(nameOf(customer)));
  const venueNames = (places ?? []).map(venueOf);
  const menu = element(
    "button",
    {
      type: "button",
      class: "dots",
      "aria-haspopup": "menu",
      "aria-label": `Actions for ${nameOf(customer)}`,
      "data-menu": id,
    },
    "⋯",
  );
  const cells = [
    text(email ?? ""),
    element("span", { class: "labels" }, ...(labels ?? []).map(labelOf)),
    text(venueNames.join(", ")),
    since ? dayOf(since) : "before Feb 2019",
    menu,
  ];
  return element(
    "tr",
    { class: "customer" },
    element("th", { scope: "row" }, name),
    ...cells.map((cell) => element("td", {}, cell)),
  );
}

const labelOf = (label) => element("span", { class: "label" }, text(label));

function showPages(pagination, hrefOf) {
  const nav = find("#pages");
  if (!pagination || pagination.totalPages < 2) {
    nav.replaceChildren();
    return;
  }
  const { page, totalPages } = pagination;
  const link = (to, name, attributes) =>
    to < 1 || to > totalPages
      ? element("span", { class: "off" }, name)
      : element("a", { href: hrefOf(to), "data-page": to, ...attributes }, name);
  const numbers = [1, page - 1, page, page + 1, totalPages].filter(
    (to, index, all) => to >= 1 && to <= totalPages && all.indexOf(to) === index,
  );
  const links = numbers.flatMap((to, index) => {
    const current = to === page ? { "aria-current": "page" } : {};
    const one = link(to, `${to}`, { "aria-label": `Page ${to}`, ...current });
    return index > 0 && to - numbers[index - 1] > 1 ? [element("span", {}, "…"), one] : [one];
  });
  nav.replaceChildren(
    link(page - 1, "Previous", { rel: "prev" }),
    ...links,
    link(page + 1, "Next", { rel: "next" }),
  );
}
