// Reads a customer from the fields of a form, and shows issues at the fields.

import { KINDS } from "./changes.js";
import { UnprocessableEntityError, ValidationError } from "./errors.js";
import { isRecord } from "./own.js";

const LISTS = ["ids", "texts"];

// The texts that forms send for a checked box, and for one that is not checked.
const CHECKED = ["on", "true", "1"];
const UNCHECKED = ["off", "false", "0"];

/** The boolean that a text of a checkbox stands for; any other value as it is. */
const toBoolean = (value) => CHECKED.includes(value) || (UNCHECKED.includes(value) ? false : value);

/** Returns whether a field was left empty. An empty choice of files is a file without a name. */
const isBlank = (value) =>
  value === undefined ||
  value === null ||
  (typeof value === "string" ? !value.trim() : value.size === 0 && value.name === "");

/** The values of a `FormData`, nested by their names: `company_address.city`, `company_address[city]`, `labels[]`. */
const nested = (form) => {
  const values = new Map();
  form.forEach((value, key) => {
    // Fields that a framework adds for itself: `$ACTION_ID_…`, `_token`, `__RequestVerificationToken`.
    if (/^[$_]/.test(key)) return;
    const [name, ...steps] = key.replace(/\[([^\]]*)\]/g, ".$1").split(".");
    const kind = KINDS.get(name);
    if (LISTS.includes(kind) && steps.every((step) => /^\d*$/.test(step)))
      values.set(name, [...(values.get(name) ?? []), value]);
    else if (["address", "preferences"].includes(kind) && steps.length === 1)
      values.set(name, { ...values.get(name), [steps[0]]: value });
    else values.set(key, value);
  });
  return Object.fromEntries(values);
};

/** The values of a form without the blank ones; in an edit (`isEdit`) a blank one clears its field. */
const filled = (values, isEdit, kinds = KINDS) => {
  const fields = [];
  for (const [name, given] of Object.entries(values)) {
    const kind = kinds.get(name);
    let value = given;
    if (LISTS.includes(kind) && (Array.isArray(given) || typeof given === "string"))
      value = [given].flat().filter((item) => !isBlank(item));
    // PHP writes an empty address as a list, on which form libraries then set the parts.
    else if (kind === "address" && (isRecord(given) || Array.isArray(given)))
      value = filled(given, isEdit, new Map());
    else if (kind === "preferences" && isRecord(given))
      value = Object.fromEntries(
        Object.entries(filled(given, false, new Map())).map(([id, isIn]) => [id, toBoolean(isIn)]),
      );
    const isEmpty = isBlank(value) || (value !== given && !Object.keys(value).length);
    if (!isEmpty || (isEdit && Array.isArray(value))) fields.push([name, value]);
    else if (isEdit && given !== undefined && isBlank(value) && name !== "id")
      fields.push([name, null]);
  }
  return Object.fromEntries(fields);
};

const read = (form, isEdit) => {
  const values = typeof form?.getAll === "function" ? nested(form) : form;
  return isRecord(values) ? filled(values, isEdit) : values;
};

export const fromForm = (form) => read(form, false);

/** Reads the fields of a form for an existing customer. */
export const fromEditForm = (form) => read(form, true);

export const applyIssues = (setError, error) => {
  if (!(error instanceof ValidationError || error instanceof UnprocessableEntityError))
    return false;
  const names = new Set();
  for (const { path, code, message } of error.issues) {
    const name = path.join(".") || "root";
    // A form shows one sentence at a field, and the first one is the most helpful.
    if (!names.has(name)) setError(name, { type: code, message });
    names.add(name);
  }
  return names.size > 0;
};
