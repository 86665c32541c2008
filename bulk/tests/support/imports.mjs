// Shared by the tests of imports: files, a service in this process, and journals.

import { createSandbox } from "../../../tests/support/in-process.mjs";
import { CustomersApi } from "../../../tests/support/package.mjs";

/** The items grouped by `keyOf(item)`. Node 20 has no `Object.groupBy`. */
const grouped = (list, keyOf) => {
  const groups = {};
  for (const item of list) {
    const key = keyOf(item);
    groups[key] = [...(groups[key] ?? []), item];
  }
  return groups;
};

/** A sandbox, a client for it that does not wait between its attempts, and its contents. */
export function service(options) {
  const sandbox = createSandbox(options);
  const api = new CustomersApi({
    baseUrl: sandbox.baseUrl,
    token: "sandbox",
    fetch: sandbox.fetch,
    maxRetries: 0,
  });
  return {
    sandbox,
    api,
    customers: () => sandbox.snapshot().customers,
    /** The requests by their operations. */
    asked: () => grouped(sandbox.requests, ({ operation }) => operation),
  };
}

/** A journal in memory: a list of the lines given to `append`. */
export function memoryJournal(lines = []) {
  return { lines, read: async () => lines, append: async (line) => void lines.push(line) };
}

const NAMES = ["Ada", "Béla", "Chloë", "Dorothy", "Émile", "Fatima", "Grace", "Håkon"];

/** The customer of a row: all are different, and some have the same name. */
export const person = (number) => ({
  email: `guest${number}@example.com`,
  first_name: NAMES[number % NAMES.length],
  last_name: `Guest ${number % 100}`,
  phone: `+44 20 7946 ${String(number).padStart(4, "0")}`,
});

export const FIELDS = ["email", "first_name", "last_name", "phone"];

/** A file of these customers, with these fields. */
export const fileOf = (customers, fields = FIELDS) =>
  [fields, ...customers.map((customer) => fields.map((name) => customer[name] ?? ""))]
    .map((cells) => `${cells.join(",")}\r\n`)
    .join("");

export const people = (count, from = 1) =>
  Array.from({ length: count }, (_, place) => person(from + place));

export const sum = ({ created, updated, skipped, refused, unknown }) =>
  created + updated + skipped + refused + unknown;

/** The customers by their addresses. */
export const byEmail = (customers) => grouped(customers, ({ email }) => email);

export async function bytesOf(parts) {
  const all = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
