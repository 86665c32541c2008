// The rules as JSON Schema.
//
// Everything is expressed by `pattern`, nothing by `format`: only some implementations check a format, each in its own
// way, and Ajv's strict mode refuses formats that it does not know.

import { COMPANY_ADDRESS, PREFERENCE, READ_ONLY } from "./contract.js";

const DIGIT = "[0-9]";

/** A real day of the years 1 to 9999, leap years included. */
const DAY = `(?!0000)(?:${DIGIT}{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]${DIGIT}|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]${DIGIT}|30)|02-(?:0[1-9]|1${DIGIT}|2[0-8]))|(?:${DIGIT}{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)`;

const HOURS = `(?:[01]${DIGIT}|2[0-3])`;
const SIXTY = `[0-5]${DIGIT}`;
const DATE_TIME = `${DAY}[ T]${HOURS}:${SIXTY}:${SIXTY}(?:\\.${DIGIT}+)?(?:Z|[+-]${HOURS}:?${SIXTY})?`;

// As in email.rs, except for what no pattern can count: the length of a label beyond ASCII in its ASCII form, and the
// numbers of an address literal. There the pattern accepts more than the rule.
const BEYOND_ASCII =
  "[^\\u0000-\\u00a0\\u00ad\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff\\ufffd]";
const ATOM = `(?:[!#-'*+/-9=?A-Z^-~-]|${BEYOND_ASCII})+`;
const LETTER = `(?:[0-9A-Za-z]|${BEYOND_ASCII})`;
const LABEL = `${LETTER}(?:(?:-|${LETTER}){0,61}${LETTER})?`;
const DOT = "[.\\u3002\\uff0e\\uff61]";
const EMAIL = `(?:${ATOM}(?:\\.${ATOM})*|"(?:[^"\\\\\\u0000-\\u001f\\u007f]|\\\\[ -~])*")@(?:\\[[0-9.]+\\]|\\[[Ii][Pp][Vv]6:[0-9A-Fa-f:.]+\\]|(?=.{1,253}$)(?:${LABEL}${DOT})+(?!${DIGIT}+$)${LABEL})`;

const CUSTOMER_ID = "(?!\\.{1,2}$)[^/\\\\?#%\\u0000-\\u001f\\u007f-\\u009f]+";

/** A pattern for the numbers from 1 to `max`, with leading zeros allowed. */
const digitsTo = (max) => {
  const digits = String(max);
  const below = Array.from(digits, (digit, place) => {
    const rest = `${DIGIT}{${digits.length - place - 1}}`;
    const least = place === 0 ? 1 : 0;
    return digit > least ? `${digits.slice(0, place)}[${least}-${digit - 1}]${rest}` : undefined;
  });
  const shorter = `[1-9]${DIGIT}{0,${digits.length - 2}}`;
  return `0*(?:${[shorter, ...below, digits].filter(Boolean).join("|")})`;
};

const whole = (pattern) => ({ pattern: `^(?:${pattern})$` });

/** The schemas of a subject. In a query a comma would divide an item; an update may be a customer that was read. */
export const objectOf = (table, target, { isFilter, isUpdate } = {}) => {
  const text = (more) => ({ type: "string", ...more });
  const list = (items) => ({ type: "array", items, ...(isFilter && { minItems: 1 }) });
  const item = (more) => text(isFilter ? { minLength: 1, ...whole("[^,]*") } : more);
  const anyOf = (...types) => ({ anyOf: types });
  const types = {
    text: (maxLength) => text({ maxLength }),
    email: (maxLength) => text({ ...whole(EMAIL), maxLength }),
    scalar: (maxLength) => anyOf(text({ maxLength }), { type: "number" }, { type: "boolean" }),
    integer: (maximum, minimum) => ({ type: "integer", minimum, maximum }),
    integers: (...range) => anyOf(types.integer(...range), list(types.integer(...range))),
    page: (...range) => anyOf(types.integer(...range), text(whole(digitsTo(range[0])))),
    date: () => text(whole(DAY)),
    dateTime: () => text(whole(DATE_TIME)),
    customerId: () => text(whole(CUSTOMER_ID)),
    ids: () => list(item({ minLength: 1 })),
    texts: () => list(item()),
    emails: () => list(text(whole(`(?=[^,]*$)(?:${EMAIL})`))),
    optIn: () => ({ type: "boolean" }),
    preferences: () => {
      const map = { type: "object", additionalProperties: types.optIn() };
      if (!isUpdate) return map;
      const entry = objectOf(PREFERENCE, target);
      entry.required = Object.keys(entry.properties);
      entry.additionalProperties = anyOf(
        ...["string", "number", "boolean", "null"].map((type) => ({ type })),
      );
      return anyOf(map, list(entry));
    },
    address: () => objectOf(COMPANY_ADDRESS, target, { isUpdate }),
    search: () => text({ minLength: 1 }),
  };
  const properties = Object.fromEntries(
    table.map(([name, kind, max, min]) => {
      const type = types[kind](max, min);
      // In an update null clears a field; the id alone has no null.
      const isNullable = isUpdate && kind !== "customerId";
      return [name, isNullable ? anyOf(type, { type: "null" }) : type];
    }),
  );
  if (isUpdate && table !== COMPANY_ADDRESS) for (const name of READ_ONLY) properties[name] = {};
  const required = table
    .filter(([, , other]) => typeof other === "string")
    .map(([name, , other]) => [name, [other]]);
  return {
    type: "object",
    properties,
    additionalProperties: false,
    ...(required.length && {
      [target === "draft-07" ? "dependencies" : "dependentRequired"]: Object.fromEntries(required),
    }),
  };
};
