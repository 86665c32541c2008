// The issues in the body of a 422. Their form is not documented [assumed]: those of the usual frameworks are read.

/** The depth to which a body is read; the contract's own values are two levels deep. */
const DEPTH = 8;

/** Returns whether a value is an object or a list. */
const hasParts = (value) => typeof value === "object" && value !== null;

/** An own property of an object: not one that a script has added to all objects. */
const own = (object, ...names) => {
  const name = names.find((name) => Object.hasOwn(object, name));
  return name && object[name];
};

/**
 * Reads a path that the service writes with dots, as a JSON pointer, or as a list that may begin with `body`. Digits
 * are a position; ids of preferences, which may be digits too, are longer than any position.
 */
const pathOf = (place) => {
  const text = Array.isArray(place) ? place.join("/").replace(/^body\b/, "#") : String(place ?? "");
  return text
    .split(/^#|\//.test(text) ? "/" : ".")
    .filter((part) => part && part !== "#")
    .map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : part));
};

/** Reads issues: a string is a message about its path; so is an object that has a message. */
const read = (value, path, depth) => {
  if (typeof value === "string") return [{ path, code: "rejected", message: value }];
  if (!hasParts(value) || depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item) => read(item, path, depth - 1));
  const message = own(value, "message", "msg", "detail");
  if (typeof message === "string")
    return read(message, [...path, ...pathOf(own(value, "field", "path", "loc", "pointer"))], 1);
  return Object.entries(value).flatMap(([key, inner]) =>
    read(inner, [...path, ...pathOf(key)], depth - 1),
  );
};

/**
 * Reads `{"message", "errors": {"field": ["…"]}}`, with dotted keys, strings instead of lists, nested objects or lists
 * of `{field, message}`; `{"detail"}` as a string or as such a list; or the bare `{"field": ["…"]}`.
 */
export const rejectedIssues = (body) => {
  if (!hasParts(body)) return [];
  const errors = own(body, "errors");
  if (hasParts(errors)) return read(errors, [], DEPTH);
  const detail = own(body, "detail");
  if (detail) return read(detail, [], DEPTH);
  const lists = Object.entries(body).filter(([, messages]) => Array.isArray(messages));
  return read(Object.fromEntries(lists), [], DEPTH);
};
