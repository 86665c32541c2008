// The form that creates and edits a customer.

import {
  changes,
  fieldLimits,
  schemas,
  UnprocessableEntityError,
  validateNewCustomer,
} from "collins-customers";
import { nameOf } from "./customer.js";
import { chosenIn, element, find, showAlert, showChoices, text } from "./dom.js";
import { keepDraft, readDraft } from "./draft.js";
import { fieldsOf, sentencesOf } from "./issues.js";
import { labels, preferences, venueOf, venues } from "./known.js";
import { fieldNames } from "./names.js";

const dialog = find("#editor");
const form = find("form", dialog);
const heading = find("h2", dialog);
const alert = find(".alert", dialog);
const restored = find("#restored");
const submit = find("[type=submit]", form);
const fields = fieldsOf(dialog);
const inputs = Array.from(
  form.querySelectorAll(".field > input[id]:not(#more_labels), .field > textarea"),
);
const birthday = find("#dob");
const moreLabels = find("#more_labels");
const choices = (name) => find(`[data-choices="${name}"]`, form);

/** The fields of which a customer needs at least one: otherwise nobody could find it again. */
const reachable = ["first_name", "last_name", "email", "phone", "company"];

/**
 * The open form: the customer's `id` (or "new"), the edited `customer` (null for a new one, undefined until it is
 * read), the values that its fields `began` with, and the functions that save and leave it.
 */
let open = null;

/** The issues of the service itself; each stays at its field until that is changed. */
let refused = [];

/** The paths of changed fields that the user has left once: other fields show no issues before the first "Save". */
let touched = new Set();

/** The paths of the fields that were changed. */
let changed = new Set();

for (const input of inputs) {
  const limit = input.id.split(".").reduce((limits, name) => limits?.[name], fieldLimits);
  if (limit === undefined) continue;
  const counter = element("p", { class: "counter", "aria-hidden": "true" });
  input.after(counter);
  const showCount = () => {
    // The limits count code points; `maxlength` would count UTF-16 units.
    const length = Array.from(input.value).length;
    counter.textContent = `${length} of ${limit}`;
    counter.classList.toggle("near", length > limit * 0.8);
    counter.classList.toggle("over", length > limit);
  };
  input.addEventListener("input", showCount);
  input.addEventListener("fill", showCount);
}

/**
 * Opens the form for the customer of this id, which `read` returns, or for a "new" one. `save` gets the body to send, a
 * signal, and the customer as it was read; `leave` goes back to the view from which the form was opened, which closes it.
 */
export function showEditor(id, { read, save, leave }) {
  if (open?.id === id) return;
  open = { id, read, save, leave, controller: new AbortController() };
  refused = [];
  touched = new Set();
  changed = new Set();
  dialog.showModal();
  if (id === "new") fill(null);
  else begin();
}

/** Closes the form. Returns its id, and whether there is a `kept` draft; null if it was not open. */
export function closeEditor() {
  if (!open) return null;
  const { id, controller } = open;
  open = null;
  controller.abort();
  dialog.close();
  return { id, kept: readDraft(id) !== null };
}

/** Reads the current customer, not the one in the list. */
async function begin() {
  const { read, controller } = open;
  alert.hidden = true;
  restored.hidden = true;
  heading.textContent = "Loading…";
  form.dataset.state = "loading";
  heading.focus();
  try {
    const customer = await read(controller.signal);
    if (!controller.signal.aborted) fill(customer);
  } catch (error) {
    if (controller.signal.aborted) return;
    heading.textContent = "This customer cannot be edited";
    showAlert(alert, "Nothing was changed.", error);
    const again = element("button", { type: "button" }, "Try again");
    again.addEventListener("click", begin);
    alert.append(again);
  }
}

/** Fills the form with a customer and with the draft, if there is one. */
function fill(customer) {
  const draft = readDraft(open.id);
  open.customer = customer;
  delete form.dataset.state;
  alert.hidden = true;
  restored.hidden = draft === null;
  heading.replaceChildren(...(customer ? ["Edit ", text(nameOf(customer))] : ["New customer"]));
  for (const input of inputs) input.value = valueAt(customer, input.id) ?? "";
  // An input removes line breaks, so its initial value may differ from the text.
  open.began = new Map(inputs.map((input) => [input, input.value]));
  for (const input of inputs) {
    const value = valueAt(draft, input.id);
    if (value !== undefined) input.value = value ?? "";
    input.dispatchEvent(new Event("fill"));
  }
  moreLabels.value = "";
  const listOf = (name) => draft?.[name] ?? customer?.[name] ?? [];
  showChoices(choices("labels"), labels, listOf("labels"));
  showChoices(choices("associated_venues"), venues, listOf("associated_venues"), venueOf);
  showPreferences(customer?.marketing_preferences ?? [], draft?.marketing_preferences ?? {});
  check();
  inputs[0].focus();
}

const valueAt = (customer, path) => path.split(".").reduce((part, name) => part?.[name], customer);

/** The values of the form as a body. Unchanged fields keep their value. */
function value() {
  const { customer, began } = open;
  const body = {};
  for (const input of inputs) {
    const names = input.id.split(".");
    const before = valueAt(customer, input.id) ?? null;
    const after = input.value === began.get(input) ? before : input.value || null;
    // A field without a value has nothing to clear.
    if (after === null && before === null) continue;
    const parent = names.slice(0, -1).reduce((part, name) => {
      // With the parts that have no input.
      part[name] ??= { ...customer?.[name] };
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
    // The order of the boxes is not a change.
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

/** Returns whether the form has unsaved changes. */
const isDirty = () =>
  Boolean(open?.began) && (birthday.validity.badInput || Object.keys(value()).length > 0);

/** The issues of what was edited: what is stored may be anything. */
function issuesOfEdit(body) {
  const { validate } = schemas.customerUpdateFormOf(open.customer)["~standard"];
  return validate(body).issues ?? [];
}

/** Shows the package's issues at their fields. Returns true if there are none. */
function check() {
  const body = value();
  find(".body pre", dialog).textContent = JSON.stringify(body, null, 2);
  const issues = open.customer ? issuesOfEdit(body) : validateNewCustomer(body);
  // The browser returns no value for an incomplete date.
  if (birthday.validity.badInput) {
    issues.push({ path: ["dob"], message: "Enter a real date: day, month and year" });
  }
  showIssues([...issues.filter(({ path }) => wasTouched(path)), ...refused]);
  return issues.length === 0;
}

const wasTouched = (path) =>
  touched === null || touched.has(path.join(".")) || touched.has(`${path[0]}`);

function showIssues(issues) {
  const homeless = fields.show(issues);
  if (homeless.length > 0)
    showAlert(alert, "Not saved.", { message: sentencesOf(homeless, fieldNames).join(" ") });
}

function showPreferences(current, draft) {
  find(".preferences", form).replaceChildren(
    ...preferences.map(([id, name]) => {
      const now = current.find((preference) => preference.id === id)?.opted_in;
      const select = element("select", { name: id });
      // A choice can be changed, but not removed.
      if (now === undefined) select.add(new Option("No choice yet", ""));
      select.add(new Option("Opted in", "in"));
      select.add(new Option("Opted out", "out"));
      const chosen = draft[id] ?? now;
      select.value = chosen === undefined ? "" : chosen ? "in" : "out";
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
  keepDraft(open.id, value());
  check();
});

form.addEventListener("focusout", (event) => {
  const path = event.target.closest("[data-path]")?.dataset.path;
  if (!open || touched === null || !changed.has(path)) return;
  touched.add(path);
  check();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.state) return;
  touched = null;
  refused = [];
  alert.hidden = true;
  if (!check()) {
    fields.focusFirst();
    return;
  }
  if (open.customer === null && !reachable.some((id) => document.getElementById(id).value.trim())) {
    showAlert(alert, "Not saved.", {
      message: "Enter a name, an email address, a phone number or a company.",
    });
    inputs[0].focus();
    return;
  }
  const { id, customer, save, leave, controller } = open;
  form.dataset.state = "saving";
  submit.textContent = "Saving…";
  try {
    await save(value(), controller.signal, customer);
    keepDraft(id, {});
    // Everything is saved: leaving must not ask.
    if (open?.id === id) open.began = null;
    leave();
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
    if (form.dataset.state === "saving") delete form.dataset.state;
    submit.textContent = "Save";
  }
});

/** Leaves the form, but asks first if there are unsaved changes. */
function cancel() {
  if (!isDirty()) {
    open.leave();
    return;
  }
  const discard = element("button", { type: "button" }, "Discard the changes");
  discard.addEventListener("click", () => {
    keepDraft(open.id, {});
    open.began = null;
    open.leave();
  });
  const stay = element("button", { type: "button" }, "Keep editing");
  stay.addEventListener("click", () => {
    alert.hidden = true;
    inputs[0].focus();
  });
  alert.replaceChildren("You have unsaved changes.", stay, discard);
  alert.hidden = false;
  stay.focus();
}

find("[value=cancel]", form).addEventListener("click", cancel);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  cancel();
});
// A browser closes a dialog without asking if Escape is pressed repeatedly.
dialog.addEventListener("close", () => {
  // By now it may be open again.
  if (!open || dialog.open) return;
  dialog.showModal();
  cancel();
});
addEventListener("beforeunload", (event) => {
  if (isDirty()) event.preventDefault();
});
