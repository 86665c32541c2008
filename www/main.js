// The demo page: shows the package to people before they use it.

import { CustomersApi, NotFoundError } from "collins-customers";
import { observed } from "./calls.js";
import { showPictures, startPictures } from "./charts.js";
import { chipsOf, narrows, showChips, wordOf } from "./chips.js";
import { briefNameOf, nameOf } from "./customer.js";
import { clock, find, text } from "./dom.js";
import { showBytes, showCall } from "./drawer.js";
import { closeEditor, showEditor } from "./editor.js";
import { hideFiles, showFiles, startFiles } from "./files.js";
import {
  addressOf,
  addressWithout,
  beginning,
  checkFilter,
  readAddress,
  readFilter,
  readInvalidAddress,
  showCount,
  showFilter,
} from "./filter.js";
import {
  nextOrder,
  nobody,
  noMatch,
  showFailure,
  showLoading,
  showPage,
  showWaiting,
  showWrongAddress,
} from "./list.js";
import { closeMenu, openMenu } from "./menu.js";
import { filterNames } from "./names.js";
import { closePanel, showPanel } from "./panel.js";
import { isGone, remove, undoLast } from "./removal.js";
import { service } from "./service.js";
import { toast } from "./toast.js";
import { whenTyped } from "./typing.js";

const api = observed(new CustomersApi(service), {
  send: service.fetch,
  show(call) {
    showCall(call);
    const { waitMs, ended } = call.steps.at(-1);
    if (call.method === "list" && waitMs && !ended) showWaiting(waitMs);
  },
});

/** The number of filters in the title. */
const NAMED = 3;

/** The view of the address: the filter of the list, and what is open on top of it: a customer, a form, or files. */
let view = { filter: beginning };

/** The current list and its filter, and the address of the last requested one. */
let page = null;
let drawn = null;
let asked = null;
let request = new AbortController();

/** Requests the current list, and aborts an earlier request. */
async function load() {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  const { filter } = view;
  asked = addressOf({ filter });
  showLoading(Number(filter.limit ?? 30));
  try {
    const answer = await api.list(filter, { signal });
    const last = Math.max(answer.pagination?.totalPages ?? 1, 1);
    if (answer.customers.length === 0 && Number(filter.page ?? 1) > last) {
      go({ ...view, filter: { ...filter, page: last } }, "replaceState");
      return;
    }
    page = answer;
    draw();
  } catch (error) {
    if (signal.aborted) return;
    page = null;
    asked = null;
    showFailure(error, retry);
  }
  showQuota();
}

function draw() {
  const { filter } = view;
  drawn = filter;
  const hrefs = {
    page: (to) => addressOf({ filter: { ...filter, page: to } }),
    customer: (id) => addressOf({ filter, customer: id }),
  };
  const customers = page.customers.filter(({ id }) => !isGone(id));
  const narrowed = chipsOf(filter).length > 0;
  const instead = () => (narrowed ? noMatch(clearFromList) : nobody(startCreate));
  showPage({ ...page, customers }, orderOf(filter), hrefs, instead);
  showPictures({ ...page, customers }, filter);
}

// Buttons that replace a list disappear with it, so its heading gets the focus.

function retry() {
  find("#results").focus();
  load();
}

function clearFromList() {
  find("#results").focus();
  clear();
}

/** Shows another view, and makes its address the page's. */
function go(next, how = "pushState", state = null) {
  typing = null;
  history[how](state, "", addressOf(next));
  follow();
}

/** Shows a customer, or a form, on top of the list. */
const open = (what) => go({ filter: view.filter, ...what }, "pushState", { inside: true });

/** True during a step back. */
let leaving = false;

/** Closes what is open on top of the list. If it was opened from the list, this is one step back. */
function leave() {
  // A double click must not go back two steps.
  if (leaving) return;
  leaving = Boolean(history.state?.inside);
  if (leaving) history.back();
  else go({ filter: view.filter }, "replaceState");
}

/** Shows the view of the address, which is the page's whole state. */
function follow() {
  closeMenu();
  try {
    view = readAddress();
  } catch (error) {
    showInvalidAddress(error);
    return;
  }
  const { filter, customer, edit, files } = view;
  const chips = chipsOf(filter);
  showFilter(filter);
  // By the time of the click the filter may contain text that was typed since.
  showChips(chips, ({ without }) => go({ filter: without(view.filter) }), clear);
  showCount(chips.length);
  if (addressOf({ filter }) !== asked) load();
  // Closing comes first: each dialog returns the focus to where it was when it opened.
  if (!edit) endEdit();
  if (!customer) endPanel();
  if (!files) endFiles();
  showTitle();
  if (customer) startPanel(customer);
  if (edit) startEdit(edit);
  if (files) showFiles();
}

/** Shows the problem of the address, and offers to remove each of its filters. */
function showInvalidAddress(error) {
  request.abort();
  asked = null;
  page = null;
  const { filter, written, wrong } = readInvalidAddress(error);
  view = { filter };
  showFilter(filter);
  const chips = written
    .filter(([parameter]) => narrows(parameter) || wrong.has(parameter))
    .map(([parameter, items]) => ({
      parameter,
      name: filterNames[parameter],
      word: items.map((item) => wordOf(parameter, item)).join(", "),
      isWrong: wrong.has(parameter),
    }));
  const remove = ({ parameter }) => {
    history.pushState(null, "", addressWithout(parameter));
    follow();
  };
  showChips(chips, remove, clear);
  showCount(chips.length);
  endEdit();
  endPanel();
  endFiles();
  showTitle("A filter that cannot be used");
  showWrongAddress(error, addressOf({ filter: beginning }));
}

const orderOf = ({ sort = [] }) => [sort].flat().join(",");

/** Sets the title, for the tabs and the history of the browser. */
function showTitle(name) {
  const { page: number = 1 } = view.filter;
  const chips = chipsOf(view.filter).map(({ name, word }) =>
    name === filterNames.query ? `“${word}”` : word,
  );
  const more = chips.length > NAMED ? ` and ${chips.length - NAMED} more` : "";
  const what = name ?? (chips.slice(0, NAMED).join(", ") || "Customers");
  const where = !name && Number(number) > 1 ? `, page ${number}` : "";
  document.title = `${what}${name ? "" : more}${where} · collins-customers`;
}

/** Removes all filters. The order stays, if it does not need a search. */
const clear = () => go({ filter: { sort: view.filter.sort ?? beginning.sort } });

function showQuota() {
  const { limit, remaining, resetAt } = api.rateLimit ?? {};
  if (limit === undefined) return;
  const number = new Intl.NumberFormat("en");
  find("#quota").textContent =
    `${number.format(remaining)} of ${number.format(limit)} requests are left` +
    (resetAt ? ` until ${clock.format(resetAt)}.` : ".");
}

/** Shows a message, and offers `actions`: pairs of a name and a function. */
const tell = (content, actions = []) => toast(content, { actions });

// ── The filter ───────────────────────────────────────────────────────────────────────────────────

/** The field that made the last step of the history. More typing in it replaces that step. */
let typing = null;

/** Applies the controls. If they have issues, these are shown, and nothing is sent. */
function apply(field = null) {
  const filter = readFilter();
  if (!checkFilter(filter) || addressOf({ filter }) === asked) return;
  go({ filter }, field !== null && field === typing ? "replaceState" : "pushState");
  typing = field;
}

whenTyped(apply);

find("#pages").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  // Something else was typed before the click, so these pages are about to be replaced.
  if (!isSameList(drawn, view.filter)) return;
  go({ filter: { ...view.filter, page: Number(link.dataset.page) } });
  find("#results").focus();
});

const isSameList = ({ page: _, ...one }, { page: __, ...other }) =>
  addressOf({ filter: one }) === addressOf({ filter: other });

// Loads the list once the connection is back.
addEventListener("online", () => {
  if (asked === null) follow();
});

addEventListener("popstate", () => {
  leaving = false;
  typing = null;
  follow();
});

// ── Customers ────────────────────────────────────────────────────────────────────────────────────

const startCreate = () => open({ edit: "new" });

find("#add").addEventListener("click", startCreate);

find("#list").addEventListener("click", (event) => {
  const { order } = event.target.closest("button[data-order]")?.dataset ?? {};
  if (order) {
    const { page: _, ...rest } = view.filter;
    go({ filter: { ...rest, sort: nextOrder(order, orderOf(view.filter)) } });
    return;
  }
  const menu = event.target.closest("[data-menu]");
  if (menu) {
    startMenu(menu);
    return;
  }
  // The whole row opens the panel; by keyboard it is the link in it, which can open in a tab like any link.
  const row = event.target.closest("tbody tr");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  // Selecting text in a row must not open it.
  if (!event.target.closest("a") && !getSelection().isCollapsed) return;
  event.preventDefault();
  const link = find("[data-id]", row);
  link.focus();
  open({ customer: link.dataset.id });
});

function startMenu(button) {
  const id = button.dataset.menu;
  openMenu(button, [
    ["Edit", () => open({ edit: id })],
    ["Copy link", () => copyLink(id)],
    ["Delete", () => startRemoval(page.customers.find((customer) => customer.id === id))],
  ]);
}

async function copyLink(id) {
  const { href } = new URL(addressOf({ filter: beginning, customer: id }), location.href);
  try {
    await navigator.clipboard.writeText(href);
    tell(["Link copied."]);
  } catch {
    tell(["The link could not be copied. Open the customer and copy the address instead."]);
  }
}

function startPanel(id) {
  const known = page?.customers.find((customer) => customer.id === id);
  const read = async () => {
    const customer = known ?? (await api.get(id));
    if (view.customer === id) showTitle(nameOf(customer));
    return customer;
  };
  showPanel(id, read, {
    // The form replaces the panel in the history: Back goes to the list.
    edit: () => go({ filter: view.filter, edit: id }, "replaceState", history.state),
    remove: startRemoval,
    close: leave,
  });
}

function endPanel() {
  if (closePanel()) keepFocus();
}

function endFiles() {
  if (hideFiles()) keepFocus();
}

/** The customer who gets the focus after a dialog closes, if the element that had it before no longer exists. */
let heir = null;

function keepFocus() {
  const { activeElement } = document;
  if (activeElement === document.body || activeElement.closest("dialog")) focusOn(heir);
  heir = null;
}

function startEdit(id) {
  const save = id === "new" ? create : update;
  const read = (signal) => api.get(id, { signal });
  showEditor(id, { read, save, leave });
}

function endEdit() {
  const closed = closeEditor();
  if (closed === null) return;
  keepFocus();
  if (closed.kept) {
    tell(["Your changes are kept, but not saved. "], [["Go on", () => open({ edit: closed.id })]]);
  }
}

/** Carries out a write. If it is aborted, it may have been carried out: then the list is requested again. */
async function write(signal, call) {
  signal.addEventListener("abort", load);
  try {
    return await call({ signal });
  } finally {
    signal.removeEventListener("abort", load);
  }
}

async function create(body, signal) {
  const created = await write(signal, (options) => api.create(body, options));
  tell(
    ["Created ", text(briefNameOf(created)), ". "],
    [["Show", () => open({ customer: created.id })]],
  );
  load();
}

async function update(body, signal, customer) {
  if (Object.keys(body).length === 0) {
    tell(["Nothing was changed. "]);
    return;
  }
  const updated = await write(signal, (options) => api.update(customer, body, options));
  tell(["Saved ", text(briefNameOf(updated)), ". "]);
  load();
}

/** Deletes a customer, unless that is undone in time. The focus goes to the next one in the list. */
function startRemoval(customer) {
  const links = Array.from(document.querySelectorAll("#list [data-id]"));
  const index = links.findIndex((link) => link.dataset.id === customer.id);
  const next = (links[index + 1] ?? links[index - 1])?.dataset.id;
  remove(customer, deleteAtService, (id) => {
    if (page) draw();
    if (id) focusOn(id);
  });
  if (view.customer) {
    heir = next;
    leave();
  } else {
    focusOn(next);
  }
}

async function deleteAtService(id) {
  try {
    await api.delete(id);
  } catch (error) {
    // Somebody else has deleted it already.
    if (!(error instanceof NotFoundError)) throw error;
  }
  await load();
}

/** Moves the focus to a customer in the list, or to the list's heading. */
const focusOn = (id) =>
  (find(`#list [data-id="${CSS.escape(id ?? "")}"]`) ?? find("#results")).focus();

addEventListener("keydown", (event) => {
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  // In a field it undoes typing.
  if (event.target.closest("input, textarea, select")) return;
  if (undoLast()) event.preventDefault();
});

// As a plain link it would add a step to the history.
find(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  find("#results").focus();
});

// A wide screen has room for the part that is folded on a narrow one.
find("#more").open = matchMedia("(min-width: 60rem)").matches;
startFiles({
  api,
  filter: () => view.filter,
  onChanged: load,
  open: () => open({ files: true }),
  leave,
  isOpen: () => Boolean(view.files),
  tell,
});
startPictures(api, (change) => go({ filter: change(view.filter) }));
follow();
showBytes(import.meta.resolve("collins-customers"));
