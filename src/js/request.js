// The URL and the headers of every attempt of a call.

import { addressOf } from "./address.js";
import { CREATE, LIST, operations } from "./contract.js";
import { refuse, valid } from "./errors.js";
import { Outline } from "./outline.js";
import { OF_ID } from "./values.js";

/** The URL of a request. An id that is not a string is refused like the empty one. */
export const urlOf = (core, operation, options, id, filter) => {
  const collection = addressOf(options, refuse) + operations[LIST][1];
  if (operation > CREATE)
    return `${collection}/${valid(new Outline(OF_ID).describe(typeof id === "string" ? id : "").check(core))}`;
  const query = filter ? valid(filter.check(core, options.isUnchecked)) : "";
  return query ? `${collection}?${query}` : collection;
};

/** A key by which a server recognises the attempts of one create. `randomUUID` exists only in secure contexts. */
export const newIdempotencyKey = () =>
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const JSON_TYPE = "application/json";

/** The headers of an attempt; the user's headers replace them. */
export const headersOf = (options, token, body, idempotencyKey) => {
  const headers = new Headers({ __proto__: null, Accept: JSON_TYPE });
  if (body !== undefined) headers.set("Content-Type", JSON_TYPE);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (idempotencyKey) headers.set("Idempotency-Key", idempotencyKey);
  for (const [name, value] of options.headers)
    value === null ? headers.delete(name) : headers.set(name, value);
  return headers;
};
