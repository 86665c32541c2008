// Finds existing customers: by their addresses, and after a request whose answer was lost.

import { DEFAULT_LIMIT } from "../../src/js/contract.js";
import { isSame, keyOf } from "./same.js";
import { beginning, ORDER, walk } from "./walk.js";

/** The number of addresses in one request: as many as a page has customers. */
export const BATCH = DEFAULT_LIMIT;

/** All pages of a list. */
async function* pagesOf(ask, filter) {
  let page = await ask((api) => api.list({ limit: DEFAULT_LIMIT, ...filter }));
  while (page) {
    yield page.customers;
    const { nextPage } = page;
    page = await ask(() => nextPage());
  }
}

/** The filters for some addresses. A comma divides the items of a list, so an address with a comma is searched for. */
const filtersFor = (keys) => {
  const plain = keys.filter((key) => !key.includes(","));
  const others = keys.filter((key) => key.includes(","));
  return [...(plain.length ? [{ email: plain }] : []), ...others.map((query) => ({ query }))];
};

/** The customers with these addresses, by address. `ask` calls its function with the client when the quota allows it. */
const findByEmail = async (ask, keys) => {
  const found = new Map(keys.map((key) => [key, []]));
  for (let at = 0; at < keys.length; at += BATCH)
    for (const filter of filtersFor(keys.slice(at, at + BATCH)))
      for await (const customers of pagesOf(ask, filter))
        for (const customer of customers) found.get(keyOf(customer.email))?.push(customer);
  return found;
};

/**
 * Creates a directory of existing customers: `find` requests the customers with some addresses, and `findAll` all
 * customers, if that takes fewer requests.
 */
export const createDirectory = () => {
  const known = new Map();
  let isWhole = false;
  return {
    has: (key) => isWhole || known.has(key),
    /** The customers with this address. */
    get: (key) => known.get(key) ?? [],
    async find(ask, keys) {
      for (const [key, customers] of await findByEmail(ask, keys)) known.set(key, customers);
    },
    async findAll(ask) {
      const askPage = (page) => ask((api) => api.list({ ...ORDER, page }));
      for await (const { customers } of walk(askPage, beginning()))
        for (const customer of customers) {
          const key = keyOf(customer.email);
          if (key) known.set(key, [...(known.get(key) ?? []), customer]);
        }
      isWhole = true;
    },
  };
};

/** The newest customers before an import: those that it creates are not among them, and not older. */
export const newestOf = ({ customers }) => {
  const dates = customers.map(({ created_date: date }) => date).filter((date) => date);
  const since = dates.sort().at(-1) ?? null;
  const isOld = ({ created_date: date }) => since && date !== undefined && (date ?? "") < since;
  return { since, ids: customers.filter((customer) => !isOld(customer)).map(({ id }) => id) };
};

export const askNewest = (ask) => ask((api) => api.list(ORDER));

/** Returns whether a customer may have been created since the import began. A null is older than any date. */
const isNew = ({ id, created_date: date }, { since, ids }) =>
  !ids.includes(id) && (!since || date === undefined || (date ?? "") >= since);

const digits = (phone) => String(phone ?? "").replace(/\D/g, "");

/** Returns whether name and phone are the same. Two different addresses are two people. */
const hasNameAndPhone = (sent, customer) =>
  !(sent.email && customer.email) &&
  isSame(
    Object.fromEntries(Object.entries(sent).filter(([name]) => /^(first|last)_name$/.test(name))),
    customer,
  ) &&
  digits(sent.phone) === digits(customer.phone);

/** The filter for a name and a phone; undefined if there is neither. */
const nameAndPhone = ({ first_name: first, last_name: last, phone }) => {
  const name = [first, last].filter((part) => part).join(" ");
  if (name) return { full_name: name };
  return phone ? { query: phone } : undefined;
};

/** The sentence about what a person has to look for. It names fields, and no values. */
export const lookFor = (sent) => {
  const field = ["email", "phone", "last_name", "first_name", "company"].find((it) => sent[it]);
  return field ?? "custom_field_value";
};

/**
 * Finds the customers of rows whose requests were sent and not answered, and never sends them again. `rows` are
 * `{ row, customer }`, as sent; `isTaken(id)` is true for the customer of another row; `newest` is the result of
 * `newestOf` before the import. Returns the ids by row, as far as they were found.
 */
export const findSent = async (ask, rows, { isTaken, newest }) => {
  const found = new Map();
  const taken = new Set();
  const isFree = (customer) =>
    !taken.has(customer.id) && !isTaken(customer.id) && isNew(customer, newest);
  const take = (row, { id }) => {
    taken.add(id);
    found.set(row, id);
  };
  const left = () => rows.filter(({ row }) => !found.has(row));

  const { customers } = await askNewest(ask);
  for (const { row, customer } of rows) {
    const same = customers.find((other) => isFree(other) && isSame(customer, other));
    if (same) take(row, same);
  }

  const byEmail = await findByEmail(ask, [
    ...new Set(
      left()
        .map(({ customer }) => keyOf(customer.email))
        .filter((key) => key),
    ),
  ]);
  for (const { row, customer } of left()) {
    const candidates = (byEmail.get(keyOf(customer.email)) ?? []).filter(isFree);
    const same = candidates.find((other) => isSame(customer, other));
    // The service may have changed a field, such as the form of a phone number. Two candidates are ambiguous.
    const one = same ?? (candidates.length === 1 ? candidates[0] : undefined);
    if (one) take(row, one);
  }

  for (const { row, customer } of left()) {
    const filter = nameAndPhone(customer);
    if (!filter) continue;
    const { customers } = await ask((api) => api.list({ ...ORDER, ...filter }));
    const candidates = customers.filter(
      (other) => isFree(other) && hasNameAndPhone(customer, other),
    );
    if (candidates.length === 1) take(row, candidates[0]);
  }
  return found;
};
