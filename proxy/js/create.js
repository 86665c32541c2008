// A create with an `Idempotency-Key`: recorded before it is sent, so that a replay finds what became of it.

import { DEFAULT_LIMIT } from "../../src/js/contract.js";
import { readAnswer } from "./answer.js";
import { matches } from "./match.js";
import { Refusal } from "./refusal.js";

/** Visible characters, as many as a record can be named by. */
export const isKey = (key) => /^[!-~]{1,255}$/.test(key);

const bodyOf = (message) => JSON.stringify({ message });

export const BAD_KEY = bodyOf("Idempotency-Key must be 1 to 255 visible ASCII characters");
const UNKNOWN = bodyOf(
  "It is not known whether this customer was made: look before another one is",
);
const OTHER_BODY = JSON.stringify({
  message: "The given data was invalid.",
  errors: { "Idempotency-Key": ["Has been used with another body"] },
});

/** Added to the time of a request before it is taken for over, and something else is done. */
const MARGIN = 1_000;

/** The number of pages that are searched for a customer that may have been created. */
const PAGES = 5;

const DAY = 86_400_000;

const encoder = new TextEncoder();

/** Named by a hash, so that what is kept tells nothing: the key itself is random, and is not kept. */
const hashOf = async (...parts) => {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** Nobody knows what became of it, or somebody soon will: the caller may come back. */
const comeBack = (milliseconds) => {
  const seconds = `${Math.max(1, Math.ceil(milliseconds / 1000))}`;
  return new Refusal(503, "idempotency", { headers: { "Retry-After": seconds } });
};

const isBytes = (body) => typeof body !== "string";

export class Create {
  #given;
  #body;
  #name;

  /**
   * `send` sends the create; `read(target)` lists within what the caller may see, and returns undefined if such
   * a query cannot be written.
   */
  constructor(given) {
    this.#given = given;
    this.#body = isBytes(given.body) ? given.body : encoder.encode(given.body);
  }

  /** The service's `response`, or the `customer` that an earlier request has made. */
  async run() {
    const { key, tenant, timeout } = this.#given;
    const salt = encoder.encode(`${JSON.stringify(tenant)}\n${key}\n`);
    this.#name = await hashOf(salt);
    const hash = await hashOf(salt, this.#body);
    const begun = await this.#keep("begin", hash, timeout + MARGIN);
    switch (begun.state) {
      case "other":
        throw new Refusal(422, "idempotency", { body: OTHER_BODY });
      case "wait":
        throw comeBack(begun.wait);
      case "done":
        return { customer: begun.customer };
      case "look": {
        const customer = await this.#look(begun.since);
        if (customer !== null) return { customer };
        break;
      }
      case "send":
    }
    return { response: await this.#send() };
  }

  /** Asks the ledger. Without its answer nothing is sent. */
  async #keep(what, ...more) {
    try {
      return await this.#given.ledger[what](this.#name, ...more);
    } catch {
      throw comeBack(1_000);
    }
  }

  async #send() {
    let response;
    try {
      response = await this.#given.send();
    } catch (error) {
      // Refused before anything was sent. After that only time tells: the service may still be at it.
      if (error instanceof Refusal && error.isUnsent) await this.#keep("end", null);
      throw error;
    }
    const { status, headers } = response;
    if (status >= 200 && status < 300) {
      const bytes = await readAnswer(response);
      const customer = customerOf(bytes);
      await this.#keep("end", customer);
      // Whoever sends the same again is told who it is.
      if (customer === undefined) throw new Refusal(502, "upstream");
      return new Response(bytes, { status, headers });
    }
    // What the service refuses it has not written.
    const isRefused = status >= 400 && status < 500 && status !== 408;
    await this.#keep("end", isRefused ? null : undefined);
    return response;
  }

  /** Looks for the customer of a create of which nothing else is known; its id, or null. */
  async #look(since) {
    try {
      return await this.#claim(await this.#find(since));
    } catch (error) {
      // Whoever looked in vain has sent nothing: the next one may look at once.
      await this.#keep("end", undefined);
      throw error;
    }
  }

  /** The customers that such a create would have made. */
  async #find(since) {
    const body = JSON.parse(new TextDecoder().decode(this.#body));
    const from = new Date(since - DAY).toISOString().slice(0, 10);
    for (const filter of filtersOf(body)) {
      const query = new URLSearchParams({
        ...filter,
        created_date_from: from,
        sort: "-created_date",
      });
      const found = [];
      for (let page = 1; page <= PAGES; page++) {
        query.set("page", `${page}`);
        const response = await this.#given.read(`/customers?${query}`);
        // Such a filter cannot be written. The last one can.
        if (response === undefined) break;
        const customers = await customersOf(response);
        if (customers === undefined) throw comeBack(1_000);
        found.push(...customers.filter((customer) => matches(body, customer)));
        if (customers.length < DEFAULT_LIMIT) return found;
      }
      if (found.length > 0) return found;
    }
    // There are more than can be looked through. A customer must not be doubled, so nothing is sent.
    throw new Refusal(409, "idempotency", { body: UNKNOWN });
  }

  async #claim(found) {
    const ids = found.map(({ id }) => id).filter((id) => typeof id === "string");
    return ids.length > 0 ? this.#keep("claim", ids) : null;
  }
}

/** Filters by which the customer of a body is found, the narrowest first; the last one is always possible. */
const filtersOf = ({ email, first_name: first, last_name: last }) => {
  const filters = [{}];
  const name = [first, last].filter((part) => typeof part === "string" && part.trim()).join(" ");
  if (name) filters.unshift({ full_name: name });
  if (typeof email === "string" && email) filters.unshift({ email });
  return filters;
};

const parse = (bytes) => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

/** The id of the customer that was made; undefined if the answer does not say. */
const customerOf = (bytes) => {
  const id = parse(bytes)?.customer?.id;
  return typeof id === "string" && id ? id : undefined;
};

const customersOf = async (response) => {
  if (response.status !== 200) return undefined;
  const { customers } = parse(await readAnswer(response)) ?? {};
  return Array.isArray(customers) ? customers : undefined;
};
