// The list of customers, and what stands in its place.

import { dayOf, nameOf } from "./customer.js";
import { element, find, text } from "./dom.js";
import { venues } from "./known.js";

const box = find("#list");
const count = find("#count");
const number = new Intl.NumberFormat("en");

/** The list is being asked for. What it showed stays until the answer is here. */
export function showLoading() {
  box.setAttribute("aria-busy", "true");
  count.textContent = "Loading…";
  if (box.querySelector("ol")) return;
  const bones = Array.from({ length: 6 }, () => element("div", { class: "bone" }));
  box.replaceChildren(...bones);
}

/** Shows a page of customers. `hrefOf` gives the address of another page; `clear` forgets all filters. */
export function showPage({ customers, pagination }, hrefOf, clear) {
  const focused = document.activeElement;
  const { id, action } = (box.contains(focused) && focused.dataset) || {};
  box.removeAttribute("aria-busy");
  count.textContent = pagination ? counted(pagination) : "";
  box.replaceChildren(
    customers.length > 0
      ? element("ol", {}, ...customers.map(itemOf))
      : notice("No customers here", "No customer fits all of these filters.", clearing(clear)),
  );
  showPages(pagination, hrefOf);
  if (id) find(`[data-id="${CSS.escape(id)}"][data-action="${action}"]`, box)?.focus();
}

function clearing(clear) {
  const button = element("button", { type: "button" }, "Clear search and filters");
  button.addEventListener("click", clear);
  return button;
}

/** Shows why there is no list, and offers to try again. */
export function showFailure(error, retry) {
  const button = element("button", { type: "button" }, "Try again");
  button.addEventListener("click", retry);
  showInstead(notice("The customers could not be loaded", error.message, button));
}

/** Shows that the address makes no sense, and why. */
export function showWrongAddress(error, href) {
  const reasons = (error.issues ?? []).map(({ path, message }) =>
    element("li", {}, `${path.join(".")}: ${message}`),
  );
  const link = element("a", { href }, "Show all customers");
  const list = element("ul", {}, ...reasons);
  showInstead(notice("The address holds a filter that cannot be used", list, link));
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

function itemOf(customer) {
  const name = nameOf(customer);
  const { company, company_address: address, labels, associated_venues: places } = customer;
  const work = [company, address?.city].filter(Boolean).flatMap((part) => [", ", text(part)]);
  const venueNames = (places ?? []).map((id) => venues.find(([one]) => one === id)?.[1] ?? id);
  const actions = ["Edit", "Delete"].map((action) =>
    element(
      "button",
      {
        type: "button",
        "data-action": action.toLowerCase(),
        "data-id": customer.id,
        "aria-label": `${action} ${name}`,
      },
      action,
    ),
  );
  return element(
    "li",
    { class: "customer" },
    element("span", { class: "initial", "aria-hidden": "true" }, initialOf(name)),
    element(
      "div",
      { class: "who" },
      element("h3", { class: "name" }, text(name)),
      element("p", {}, ...work.slice(1)),
    ),
    element("div", { class: "reach" }, ...lines(breakable(customer.email), customer.phone)),
    element(
      "ul",
      { class: "labels" },
      ...(labels ?? []).map((one) => element("li", { class: "label" }, text(one))),
    ),
    element(
      "div",
      { class: "about" },
      ...lines(
        venueNames.join(", "),
        customer.dob && `Born ${dayOf(customer.dob)}`,
        customer.created_date ? `Since ${dayOf(customer.created_date)}` : "Since before Feb 2019",
      ),
    ),
    element("div", { class: "actions" }, ...actions),
  );
}

const lines = (...values) =>
  values.filter(Boolean).map((value) => element("p", {}, element("bdi", {}, ...[value].flat())));

/** A long address breaks before its `@`. */
const breakable = (email) =>
  email?.split("@").flatMap((part, index) => (index > 0 ? [element("wbr"), `@${part}`] : [part]));

/** What a reader takes for the first letter, in any script. */
const initialOf = (name) => [...new Intl.Segmenter().segment(name)][0].segment.toUpperCase();

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
      : element("a", { href: hrefOf(to), ...attributes }, name);
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
