// A create with an `Idempotency-Key`: recorded before it is sent, so that a replay finds its outcome.

import { DEFAULT_LIMIT } from "../../src/js/contract.js";
import { readAnswer } from "./answer.js";
import { joined } from "./body.js";
import { matches } from "./match.js";
import { bodyWith, Refusal, retryAfter } from "./refusal.js";

/** Returns whether a key is valid: visible characters, as many as the name of a record can have. */
export const isKey = (key) => /^[!-~]{1,255}$/.test(key);

export const BAD_KEY = bodyWith("Idempotency-Key must be 1 to 255 visible ASCII characters");
const UNKNOWN = bodyWith(
  "It is not known whether this customer was created: look for it before you create another one",
);
const OTHER_BODY = JSON.stringify({
  message: "The given data was invalid.",
  errors: { "Idempotency-Key": ["Has been used with another body"] },
});

/** Added to the time limit of a request before it is considered over. */
const MARGIN = 1_000;

/** The number of pages that are searched for a customer that may have been created. */
const PAGES = 5;

const DAY = 86_400_000;

const encoder = new TextEncoder();

/** Hashes the name of a record, so that it reveals nothing: the key itself is random, and is not kept. */
const hashOf = async (...parts) => {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** Refuses because the outcome is not known yet: the caller may try again. */
const comeBack = (milliseconds) =>
  new Refusal(503, "idempotency", { headers: retryAfter(milliseconds) });

const isBytes = (body) => typeof body !== "string";

export class Create {
  #given;
  #body;
  #name;

  /**
   * `send` sends the create; `read(target)` lists the customers that the caller may see, and returns undefined if the
   * query cannot be expressed.
   */
  constructor(given) {
    this.#given = given;
    this.#body = isBytes(given.body) ? given.body : encoder.encode(given.body);
  }

  /** Returns the service's `response`, or the `customer` that an earlier request has created. */
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

  /** Calls the ledger. Without its answer nothing is sent. */
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
      // It was refused before anything was sent. Otherwise the service may still be working on it.
      if (error instanceof Refusal && error.isUnsent) await this.#keep("end", null);
      throw error;
    }
    const { status, headers } = response;
    if (status >= 200 && status < 300) {
      const bytes = await readAnswer(response);
      const customer = customerOf(bytes);
      await this.#keep("end", customer);
      // A replay then gets the customer.
      if (customer === undefined) throw new Refusal(502, "upstream");
      return new Response(bytes, { status, headers });
    }
    // The service has not written what it refuses.
    const isRefused = status >= 400 && status < 500 && status !== 408;
    await this.#keep("end", isRefused ? null : undefined);
    return response;
  }

  /** Looks for the customer of a create whose outcome is unknown. Returns its id, or null. */
  async #look(since) {
    try {
      return await this.#claim(await this.#find(since));
    } catch (error) {
      // A search without a result has sent nothing: the next one may begin at once.
      await this.#keep("end", undefined);
      throw error;
    }
  }

  /** Finds the customers that such a create would have created. */
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
        // This filter cannot be expressed. The last one can.
        if (response === undefined) break;
        const customers = await customersOf(response);
        if (customers === undefined) throw comeBack(1_000);
        found.push(...customers.filter((customer) => matches(body, customer)));
        if (customers.length < DEFAULT_LIMIT) return found;
      }
      if (found.length > 0) return found;
    }
    // There are too many customers to search. A customer must not be created twice, so nothing is sent.
    throw new Refusal(409, "idempotency", { body: UNKNOWN });
  }

  async #claim(found) {
    const ids = found.map(({ id }) => id).filter((id) => typeof id === "string");
    return ids.length > 0 ? this.#keep("claim", ids) : null;
  }
}

/** The filters that find the customer of a body, the narrowest first; the last one is always possible. */
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

/** The id of the customer that was created; undefined if the answer does not contain it. */
const customerOf = (bytes) => {
  const id = parse(bytes)?.customer?.id;
  return typeof id === "string" && id ? id : undefined;
};

const customersOf = async (response) => {
  if (response.status !== 200) return undefined;
  const { customers } = parse(await readAnswer(response)) ?? {};
  return Array.isArray(customers) ? customers : undefined;
};
