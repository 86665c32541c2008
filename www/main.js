// The demo page: what the package does, for people who want to see it before they use it.

import { CustomersApi, NotFoundError } from "collins-customers";
import { nameOf } from "./customer.js";
import { element, find, reasonOf, text } from "./dom.js";
import { edit } from "./editor.js";
import {
  addressOf,
  beginning,
  checkFilter,
  readAddress,
  readFilter,
  showFilter,
} from "./filter.js";
import { nextOrder, showFailure, showLoading, showPage, showWrongAddress } from "./list.js";
import { showPanel } from "./panel.js";
import { ask } from "./removal.js";
import { watched } from "./requests.js";
import { showBytes, showSent } from "./sent.js";
import { service } from "./service.js";

const { baseUrl } = service;
const send = service.fetch ?? ((...request) => fetch(...request));
const api = new CustomersApi({ ...service, fetch: watched(send) });

/** How long the search and the dates wait for the next key, in milliseconds. */
const PAUSE = 400;

/** The filter of the list that is shown, or asked for. */
let current = beginning;
let page = null;
let request = new AbortController();
let pause;

/** Asks for the current list. An earlier request that is still under way is of no use any more. */
async function load() {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  showLoading();
  showSent(current, baseUrl);
  try {
    const answer = await api.list(current, { signal });
    const last = answer.pagination?.totalPages ?? 1;
    if (answer.customers.length === 0 && Number(current.page ?? 1) > last) {
      go({ ...current, page: last }, "replaceState");
      return;
    }
    page = answer;
    showPage(page, orderOf(current), (to) => addressOf({ ...current, page: to }), clearFromList);
  } catch (error) {
    if (!signal.aborted) showFailure(error, retry);
  }
  showQuota();
}

// The buttons that stand in the place of a list go with it, so the focus goes to its heading.

function retry() {
  find("#results").focus();
  load();
}

function clearFromList() {
  find("#results").focus();
  clear();
}

/** Shows another list, and makes its address the page's. */
function go(object, how = "pushState") {
  current = object;
  history[how](null, "", addressOf(object));
  showTitle();
  return load();
}

/** Shows the list that the address asks for. */
function follow() {
  try {
    current = readAddress();
  } catch (error) {
    request.abort();
    showWrongAddress(error, addressOf(beginning));
    return;
  }
  showFilter(current);
  showTitle();
  load();
}

const orderOf = ({ sort = [] }) => [sort].flat().join(",");

/** Names what is shown, for the tabs and the history of the browser. */
function showTitle() {
  const { query, page: number = 1 } = current;
  const what = query ? `“${query}”` : "Customers";
  const where = Number(number) > 1 ? `, page ${number}` : "";
  document.title = `${what}${where} · collins-customers`;
}

/** Forgets all filters. */
function clear() {
  showFilter(beginning);
  go(beginning);
}

function showQuota() {
  const { limit, remaining, resetAt } = api.rateLimit ?? {};
  if (limit === undefined) return;
  const number = new Intl.NumberFormat("en");
  const time = resetAt?.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  find("#quota").textContent =
    `${number.format(remaining)} of ${number.format(limit)} requests are left` +
    (time ? ` until ${time}.` : ".");
}

/** Says what has been done. */
function tell(...content) {
  const close = element("button", { type: "button" }, "Close");
  close.addEventListener("click", () => {
    tell();
    find("#results").focus();
  });
  find("#notice").replaceChildren(...content, ...(content.length > 0 ? [close] : []));
}

// ── The filter ───────────────────────────────────────────────────────────────────────────────────

/** Applies the controls. What the package finds wrong with them is shown, and nothing is sent. */
function apply(how) {
  clearTimeout(pause);
  const object = readFilter();
  if (checkFilter(object)) go(object, how);
}

find("#filter").addEventListener("input", (event) => {
  clearTimeout(pause);
  // What an input method still composes is no text yet.
  if (event.isComposing) return;
  if (event.target.id === "query") pause = setTimeout(search, PAUSE);
  else if (event.target.type === "date") pause = setTimeout(apply, PAUSE, "pushState");
  else apply("pushState");
});

find("#query").addEventListener("compositionend", () => {
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE);
});

/** Searches. One search is one step of the history, however many letters it is typed in. */
function search() {
  const searched = Boolean(current.query);
  // The best match comes first, unless another order was asked for.
  const { sort } = find("#filter").elements;
  if (!searched && sort.value === orderOf(beginning)) sort.value = "";
  apply(searched ? "replaceState" : "pushState");
}

find("#filter").addEventListener("submit", (event) => {
  event.preventDefault();
  apply("pushState");
});

find("#clear").addEventListener("click", clear);

find("#pages").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  follow();
  find("#results").focus();
});

addEventListener("popstate", follow);

// ── Customers ────────────────────────────────────────────────────────────────────────────────────

// A write that is given up half-way may be carried out all the same, so the list is asked for again then.

find("#add").addEventListener("click", () => {
  edit(null, async (body, signal) => {
    signal.addEventListener("abort", load);
    const created = await api.create(body, { signal });
    const show = element("button", { type: "button" }, "Show the newest");
    show.addEventListener("click", () => {
      clear();
      tell();
      find("#results").focus();
    });
    tell("Created ", text(nameOf(created)), ". ", show);
    load();
  });
});

find("#list").addEventListener("click", (event) => {
  const { order } = event.target.closest("button[data-order]")?.dataset ?? {};
  if (order) {
    const { page: _, ...rest } = current;
    const sorted = { ...rest, sort: nextOrder(order, orderOf(current)) };
    showFilter(sorted);
    go(sorted);
    return;
  }
  // The whole row opens the panel; by keyboard it is the button in it.
  const row = event.target.closest("tbody tr");
  if (!row) return;
  const button = find("[data-id]", row);
  const { id } = button.dataset;
  const customer = page.customers.find((one) => one.id === id);
  button.focus();
  showPanel(
    customer,
    () => startEdit(id),
    () => startRemoval(customer),
  );
});

/** Edits the customer as it is now, not as it was when the list was read. */
async function startEdit(id) {
  try {
    const customer = await api.get(id);
    edit(customer, async (body, signal) => {
      if (Object.keys(body).length === 0) {
        tell("Nothing was changed.");
        return;
      }
      signal.addEventListener("abort", load);
      const updated = await api.update(id, body, { signal });
      tell("Saved ", text(nameOf(updated)), ".");
      load();
    });
  } catch (error) {
    tell(reasonOf(error));
    if (error instanceof NotFoundError) load();
  }
}

function startRemoval(customer) {
  ask(customer, async (signal) => {
    signal.addEventListener("abort", load);
    try {
      await api.delete(customer.id, { signal });
    } catch (error) {
      // Somebody else was quicker.
      if (!(error instanceof NotFoundError)) throw error;
    }
    tell("Deleted ", text(nameOf(customer)), ".");
    await load();
    return () => find("#results").focus();
  });
}

// On a wide screen there is room for what a narrow one keeps folded.
find("#more").open = matchMedia("(min-width: 60rem)").matches;
follow();
showBytes(import.meta.resolve("collins-customers"));
