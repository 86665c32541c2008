// Customers as rows of CSV (RFC 4180).
//
// Why not a library: quoting is one expression, and the protection of libraries against formulas cannot be undone
// exactly. Here every protected cell is read back as it was: see src/guard.rs.

import { COMPANY_ADDRESS, NEW_CUSTOMER } from "../../src/js/contract.js";
import { isObject } from "../../src/js/own.js";

/**
 * The last column. It contains, as JSON, everything without its own column. By its name the reader recognises that
 * apostrophes and backslashes are ours: see SIGN in src/guard.rs.
 */
const OTHER_FIELDS = "other_fields (collins-customers)";

const PREFERENCES = "marketing_preferences";
const PREFERENCE_DATES = ["opt_in_date", "opt_out_date"];
const ADDRESS = "company_address";
const BOOKINGS = "bookings";
/** The separator of the items of a list. */
const SEPARATOR = ";";

const LISTS = /* @__PURE__ */ NEW_CUSTOMER.flatMap(([name, kind]) =>
  kind === "ids" || kind === "texts" ? [name] : [],
);
const ADDRESS_PARTS = /* @__PURE__ */ COMPANY_ADDRESS.map(([part]) => part);

/** The columns that every file has. A customer that was read has no `marketing_preference_ids`. */
const COLUMNS = /* @__PURE__ */ ["id"].concat(
  /* @__PURE__ */ NEW_CUSTOMER.flatMap(([name]) => {
    if (name === ADDRESS) return ADDRESS_PARTS.map((part) => `${name}.${part}`);
    return name === PREFERENCES || name === "marketing_preference_ids" ? [] : [name];
  }),
  ["created_date", "last_updated", BOOKINGS],
);

const SCALARS = /* @__PURE__ */ COLUMNS.filter(
  (name) => !name.includes(".") && !LISTS.includes(name),
);

const isScalar = (value) => ["string", "number", "boolean"].includes(typeof value);
const isNothing = (value) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

/**
 * Puts an apostrophe before each line of a cell that a spreadsheet would run as a formula: one that begins with `=`,
 * `+`, `-`, `@` or a tab, also behind blanks, and a cell that begins with a line break. Lines that begin with
 * apostrophes before such a character get one more, so that nothing is ambiguous.
 */
const guarded = (text) =>
  text.replace(/^(?='* *[=+\-@\t\r\n])/, "'").replace(/([\r\n])(?='* *[=+\-@\t])/g, "$1'");

/** Writes a cell that no spreadsheet runs, with quotes if it needs them. */
export const cellOf = (text) => {
  const safe = guarded(`${text}`);
  return /^\s|[",;|\t\r\n]|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Writes an item of a list: a separator, or a blank at an end, gets a backslash. */
const itemOf = (text) => text.replace(/[\\;]|^[\s\x85]|[\s\x85]$/g, "\\$&");

/** Returns whether a preference can have columns: their names must be unambiguous for the reader. */
export const isPreferenceId = (id) => typeof id === "string" && /^[\w-]+$/.test(id);

/** The parts of a preference that have columns; undefined if one of them is not as documented. */
const partsOf = (preference) => {
  const { id, opted_in: isIn, ...dates } = Object(preference);
  if (!isPreferenceId(id) || typeof isIn !== "boolean") return undefined;
  const name = `${PREFERENCES}.${id}`;
  const parts = [[name, isIn ? "yes" : "no"]];
  for (const [part, value] of Object.entries(dates)) {
    if (isNothing(value)) continue;
    if (!PREFERENCE_DATES.includes(part) || typeof value !== "string") return undefined;
    parts.push([`${name}.${part}`, value]);
  }
  return parts;
};

/** The ids of the preferences that customers have. */
export const preferencesOf = (customers) =>
  customers.flatMap(({ marketing_preferences: list }) =>
    Array.isArray(list) ? list.map((it) => it?.id).filter(isPreferenceId) : [],
  );

/** The columns of a file in which these preferences have their own. */
export const columnsOf = (preferences) => [
  ...COLUMNS,
  ...[...new Set(preferences)].flatMap((id) =>
    ["", ...PREFERENCE_DATES.map((part) => `.${part}`)].map(
      (part) => `${PREFERENCES}.${id}${part}`,
    ),
  ),
  OTHER_FIELDS,
];

/** Writes a row of cells, which may be strings or numbers. */
export const lineOf = (cells) => `${cells.map(cellOf).join(",")}\r\n`;

/** Divides a customer into the texts of the columns, and the rest. */
const divide = (customer, columns) => {
  const texts = new Map();
  const others = { __proto__: null };
  const isFree = ([column]) => columns.has(column) && !texts.has(column);
  const put = ([column, text]) => texts.set(column, text);

  for (const [name, value] of Object.entries(customer)) {
    if (isNothing(value)) continue;
    if (name === BOOKINGS) put([name, JSON.stringify(value)]);
    else if (name === ADDRESS && isObject(value)) {
      for (const [part, text] of Object.entries(value)) {
        if (isNothing(text)) continue;
        if (ADDRESS_PARTS.includes(part) && isScalar(text)) put([`${name}.${part}`, `${text}`]);
        else others[name] = { ...others[name], [part]: text };
      }
    } else if (name === PREFERENCES && Array.isArray(value)) {
      for (const preference of value) {
        const parts = partsOf(preference);
        if (parts?.every(isFree)) parts.forEach(put);
        else others[name] = [...(others[name] ?? []), preference];
      }
    } else if (LISTS.includes(name) && columns.has(name) && Array.isArray(value)) {
      const items = value.filter((item) => typeof item === "string" && item);
      if (items.length) put([name, items.map(itemOf).join(SEPARATOR)]);
      if (items.length < value.length) others[name] = value;
    } else if (SCALARS.includes(name) && isScalar(value)) put([name, `${value}`]);
    else others[name] = value;
  }
  return { texts, others };
};

/** Writes the row of a customer, and returns whether its last cell is needed. */
export const rowOf = (customer, columns) => {
  const { texts, others } = divide(customer, columns);
  const hasOthers = Object.keys(others).length > 0;
  if (hasOthers) texts.set(OTHER_FIELDS, JSON.stringify(others));
  return { text: lineOf([...columns].map((column) => texts.get(column) ?? "")), hasOthers };
};
