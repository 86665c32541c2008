// The form that creates and edits a customer.

import {
  changes,
  fieldLimits,
  UnprocessableEntityError,
  validateCustomerUpdate,
  validateNewCustomer,
} from "collins-customers";
import { nameOf } from "./customer.js";
import { chosenIn, element, find, showAlert, showChoices } from "./dom.js";
import { fieldsOf } from "./issues.js";
import { labels, preferences, venues } from "./known.js";

const dialog = find("#editor");
const form = find("form", dialog);
const alert = find(".alert", dialog);
const submit = find("[type=submit]", form);
const fields = fieldsOf(dialog);
const inputs = Array.from(
  form.querySelectorAll(".field > input[id]:not(#more_labels), .field > textarea"),
);
const moreLabels = find("#more_labels");
const choices = (name) => find(`[data-choices="${name}"]`, form);

/** A customer without any of these could never be found again. */
const reachable = ["first_name", "last_name", "email", "phone", "company"];

/** What is open: the customer that is edited (none for a new one), and what its fields began with. */
let open = null;

/** What the service itself refused; it stays at a field until that is changed. */
let refused = [];

/** The paths of changed fields that the user has left once: the others are not complained about before the first "Save". */
let touched = new Set();

/** The paths of the fields that were changed. */
let changed = new Set();

for (const input of inputs) {
  const limit = input.id.split(".").reduce((limits, name) => limits?.[name], fieldLimits);
  if (limit === undefined) continue;
  const counter = element("p", { class: "counter", "aria-hidden": "true" });
  input.after(counter);
  const showCount = () => {
    // The limits count code points, as this does; `maxlength` would count UTF-16 units.
    const length = Array.from(input.value).length;
    counter.textContent = `${length} of ${limit}`;
    counter.classList.toggle("near", length > limit * 0.8);
    counter.classList.toggle("over", length > limit);
  };
  input.addEventListener("input", showCount);
  input.addEventListener("fill", showCount);
}

/**
 * Opens the form for a customer, or for a new one. `save` gets what is to be sent, and the customer's id
 * where there is one already; the form closes when it is through.
 */
export function edit(customer, save) {
  if (dialog.open) return;
  open = { customer, save, controller: null };
  refused = [];
  touched = new Set();
  changed = new Set();
  alert.hidden = true;
  find("h2", dialog).replaceChildren(
    ...(customer ? ["Edit ", element("bdi", {}, nameOf(customer))] : ["New customer"]),
  );
  for (const input of inputs) {
    input.value = input.id.split(".").reduce((part, name) => part?.[name], customer) ?? "";
    input.dispatchEvent(new Event("fill"));
  }
  // An input drops line breaks, so what it began with is what it made of the text.
  open.began = new Map(inputs.map((input) => [input, input.value]));
  moreLabels.value = "";
  showChoices(choices("labels"), labels, customer?.labels ?? []);
  showChoices(choices("associated_venues"), venues, customer?.associated_venues ?? []);
  showPreferences(customer?.marketing_preferences ?? []);
  check();
  dialog.showModal();
  inputs[0].focus();
}

/** What the form says, as a body. Fields that are as they were keep their value. */
function value() {
  const { customer, began } = open;
  const body = {};
  for (const input of inputs) {
    const names = input.id.split(".");
    const before = names.reduce((part, name) => part?.[name], customer) ?? null;
    const after = input.value === began.get(input) ? before : input.value || null;
    // There is nothing to clear where nothing was.
    if (after === null && before === null) continue;
    const parent = names.slice(0, -1).reduce((part, name) => {
      part[name] ??= {};
      return part[name];
    }, body);
    parent[names.at(-1)] = after;
  }
  const more = moreLabels.value.split(",").map((label) => label.trim());
  const lists = {
    labels: [...new Set([...chosenIn(choices("labels")), ...more.filter(Boolean)])],
    associated_venues: chosenIn(choices("associated_venues")),
  };
  for (const [name, list] of Object.entries(lists)) {
    const before = customer?.[name] ?? [];
    // The boxes have an order of their own, which is no change.
    const same = list.length === before.length && list.every((item) => before.includes(item));
    if (!same) body[name] = list;
  }
  const chosen = Array.from(form.querySelectorAll(".preferences select")).filter(
    (select) => select.value !== "",
  );
  if (chosen.length > 0) {
    body.marketing_preferences = Object.fromEntries(
      chosen.map((select) => [select.name, select.value === "in"]),
    );
  }
  return customer ? changes(customer, body) : body;
}

/** Shows the package's issues at the fields that they are about; true if there are none. */
function check() {
  const body = value();
  find(".body pre", dialog).textContent = JSON.stringify(body, null, 2);
  const issues = open.customer ? validateCustomerUpdate(body) : validateNewCustomer(body);
  showIssues([...issues.filter(({ path }) => wasTouched(path)), ...refused]);
  return issues.length === 0;
}

const wasTouched = (path) =>
  touched === null || touched.has(path.join(".")) || touched.has(`${path[0]}`);

function showIssues(issues) {
  const homeless = fields.show(issues);
  if (homeless.length > 0) showAlert(alert, "Not saved.", { message: sentences(homeless) });
}

const sentences = (issues) =>
  issues
    .map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "))
    .join(". ");

function showPreferences(current) {
  find(".preferences", form).replaceChildren(
    ...preferences.map(([id, name]) => {
      const now = current.find((preference) => preference.id === id)?.opted_in;
      const select = element("select", { name: id });
      // Once there is a choice it can be changed, but not taken back.
      if (now === undefined) select.add(new Option("No choice yet", ""));
      select.add(new Option("Opted in", "in"));
      select.add(new Option("Opted out", "out"));
      select.value = now === undefined ? "" : now ? "in" : "out";
      return element("label", { class: "preference" }, element("span", {}, name), select);
    }),
  );
}

form.addEventListener("input", (event) => {
  const path = event.target.closest("[data-path]")?.dataset.path;
  if (path === undefined) return;
  changed.add(path);
  refused = refused.filter((issue) => !issue.path.join(".").startsWith(path));
  alert.hidden = true;
  check();
});

form.addEventListener("focusout", (event) => {
  const path = event.target.closest("[data-path]")?.dataset.path;
  if (touched === null || !changed.has(path)) return;
  touched.add(path);
  check();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (open.controller) return;
  touched = null;
  refused = [];
  alert.hidden = true;
  if (!check()) {
    fields.focusFirst();
    return;
  }
  if (open.customer === null && !reachable.some((id) => document.getElementById(id).value.trim())) {
    showAlert(alert, "Not saved.", {
      message: "Give a name, an email address, a phone number or a company.",
    });
    inputs[0].focus();
    return;
  }
  const controller = new AbortController();
  open.controller = controller;
  form.setAttribute("aria-busy", "true");
  submit.textContent = "Saving…";
  try {
    await open.save(value(), controller.signal);
    dialog.close();
  } catch (error) {
    if (controller.signal.aborted) return;
    if (error instanceof UnprocessableEntityError && error.issues.length > 0) {
      refused = error.issues;
      check();
      fields.focusFirst();
    } else {
      showAlert(alert, "Not saved.", error);
    }
  } finally {
    form.removeAttribute("aria-busy");
    submit.textContent = "Save";
    open.controller = null;
  }
});

/** Closes the form. What was filled in is not thrown away unasked. */
function leave() {
  if (changed.size === 0) {
    dialog.close();
    return;
  }
  const discard = element("button", { type: "button" }, "Discard the changes");
  discard.addEventListener("click", () => dialog.close());
  alert.replaceChildren("There are changes that are not saved. ", discard);
  alert.hidden = false;
  alert.scrollIntoView({ block: "nearest" });
  discard.focus();
}

find("[value=cancel]", form).addEventListener("click", leave);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("beforeunload", (event) => {
  if (dialog.open && changed.size > 0) event.preventDefault();
});
dialog.addEventListener("close", () => open.controller?.abort());
