// import(export(x)) = x: the reader gives back exactly what an export wrote.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../../tests/support/in-process.mjs";
import { CustomersApi, validateNewCustomer } from "../../tests/support/package.mjs";
import { chance } from "../../tests/support/random.mjs";
import { memoryJournal } from "./support/imports.mjs";
import { checkFile, exportCustomers, importCustomers } from "./support/package.mjs";

const characters = [..."aé🎉'\"=+-@,;|\\ .1\t\r\n\u00a0\u0085\u2028\ufeff"];
const ids = ["5c7d9e0f", "p-2", "late_1"];

/** A customer as the service has it, with the most difficult texts. */
function customerOf({ next, oneOf, some }, at) {
  const text = (most) => some(most, () => oneOf(characters)).join("");
  const whole = () => `${oneOf(["", "x", "'", "+44 ", "=", " "])}${text(12)}`;
  const maybe = (value) => (next() < 0.7 ? value() : oneOf([undefined, null, ""]));
  return {
    id: `id${at}`,
    email: maybe(() => oneOf(["a@b.example", "+a'b@c.example", "=a@b.example", "'@b.example"])),
    first_name: maybe(whole),
    last_name: maybe(whole),
    phone: maybe(() => oneOf(["+44 20", "'+1", "-1", "''+1", "07", "+", "'"])),
    company: maybe(whole),
    company_address: maybe(() => ({
      street: maybe(whole),
      city: maybe(whole),
      post_code: text(9),
    })),
    dob: maybe(() => "1995-01-13"),
    custom_field_value: maybe(whole),
    associated_venues: some(3, whole),
    labels: some(4, whole),
    notes: maybe(() => text(60)),
    marketing_preferences: ids
      .filter(() => next() < 0.5)
      .map((id) => ({ id, opted_in: next() < 0.5, opt_in_date: "2019-03-06 17:00:00" })),
    bookings: some(2, () => ({ id: whole(), status: whole() })),
    created_date: "2019-03-06 17:00:00",
    last_updated: oneOf(["2019-03-06 17:00:00", null]),
  };
}

const isSomething = (value) =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length);

const entriesOf = (object) => Object.entries(object).filter(([, value]) => isSomething(value));

/** The body that creates the same customer. Absent values, empty texts and empty lists are the same in a file. */
function newCustomerOf(
  { id, bookings, created_date, last_updated, ...customer },
  items = (list) => list.filter((item) => item !== ""),
) {
  const address = entriesOf(customer.company_address ?? {});
  const preferences = customer.marketing_preferences.map(({ id, opted_in }) => [id, opted_in]);
  return Object.fromEntries(
    entriesOf({
      ...customer,
      company_address: address.length ? Object.fromEntries(address) : undefined,
      marketing_preferences: preferences.length ? Object.fromEntries(preferences) : undefined,
      labels: items(customer.labels),
      associated_venues: items(customer.associated_venues),
    }),
  );
}

/** With its names and its lists in order. */
const sortedOf = (value) => {
  if (Array.isArray(value)) return [...value].sort();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, inner]) => [name, sortedOf(inner)]),
  );
};

async function exported(customers, { format, ...options } = {}) {
  const api = {
    rateLimit: null,
    list: async ({ page }) => ({
      customers: customers.slice(30 * (page - 1), 30 * page),
      pagination: {
        page,
        perPage: 30,
        totalPages: Math.ceil(customers.length / 30),
        totalResults: customers.length,
      },
    }),
  };
  const texts = [];
  await exportCustomers(api, {}, (text) => void texts.push(text), {
    ...(format ? { format } : { preferences: ids }),
    ...options,
  });
  return texts.join("");
}

const collect = async (iterable) => {
  const all = [];
  for await (const one of iterable) all.push(one);
  return all;
};

const issueTexts = ({ issues }) => JSON.stringify(issues);

for (let seed = 0; seed < 20; seed++)
  test(`random customers come back unchanged: ${seed}`, async () => {
    const luck = chance(seed);
    const customers = Array.from({ length: 100 }, (_, at) => customerOf(luck, at));
    const csv = await exported(customers, { bom: seed % 2 === 0 });
    const report = await checkFile(csv);
    assert.equal(report.rows, 100);
    assert.deepEqual(
      [report.dialect.delimiter, report.dialect.header, report.dialect.preamble],
      [",", true, 0],
    );
    const expected = customers.map((it) => newCustomerOf(it));
    const valid = expected.filter((customer) => validateNewCustomer(customer).length === 0);
    assert.ok(valid.length > 50, `only ${valid.length} are valid`);
    assert.equal(report.valid, valid.length, issueTexts(report));
    assert.deepEqual(await collect(report.customers()), valid);

    const json = await checkFile(await exported(customers, { format: "ndjson" }));
    // JSON has a form for an empty list, and for an empty item.
    const read = await collect(json.customers());
    assert.deepEqual(
      read.map((customer) => Object.fromEntries(entriesOf(customer))),
      customers
        .map((customer) => newCustomerOf(customer, (list) => list))
        .filter((customer) => !validateNewCustomer(customer).length),
    );

    // The same from a file that a spreadsheet saved: other delimiters, other line breaks, everything in quotes.
    const rows = csv.replace(/^\uFEFF/, "");
    const again = reparsed(rows).map((row) =>
      row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";"),
    );
    const other = await checkFile(`${again.join("\n")}\n`);
    assert.deepEqual(await collect(other.customers()), valid);
  });

/** The cells of RFC 4180, read in the simplest way. */
function reparsed(csv) {
  const rows = [[]];
  for (let at = 0; at < csv.length; ) {
    let cell = "";
    if (csv[at] === '"') {
      for (at++; csv[at] !== '"' || csv[at + 1] === '"'; at++) {
        if (csv[at] === '"') at++;
        cell += csv[at];
      }
      at++;
    } else while (csv[at] !== "," && csv[at] !== "\r") cell += csv[at++];
    rows.at(-1).push(cell);
    if (csv[at] === "\r") {
      at += 2;
      rows.push([]);
    } else at++;
  }
  rows.pop();
  return rows;
}

test("customers that are exported from one service and imported into another are the same there", async () => {
  const clientOf = ({ baseUrl, fetch }) => new CustomersApi({ token: "sandbox", baseUrl, fetch });
  const from = createSandbox({ seed: 300 });
  const to = createSandbox();
  const { customers } = from.snapshot();
  const preferences = customers.flatMap((customer) =>
    customer.marketing_preferences.map(({ id }) => id),
  );
  const texts = [];
  const write = (text) => void texts.push(text);
  const { otherFields } = await exportCustomers(clientOf(from), {}, write, { preferences });
  assert.equal(otherFields, 0);
  const plan = await importCustomers.plan(texts.join(""), clientOf(to), { existing: "create" });
  const { created, refused } = await plan.run({ journal: memoryJournal() });
  assert.deepEqual([created, refused], [300, 0]);
  const textsOf = (list) => list.map((it) => JSON.stringify(sortedOf(newCustomerOf(it)))).sort();
  assert.deepEqual(textsOf(to.snapshot().customers), textsOf(customers));
});

test("read-only columns, and the last one, are reported and not sent", async () => {
  const csv = await exported([customerOf(chance(1), 0)]);
  const { columns, issueCount } = await checkFile(csv);
  assert.equal(issueCount, 0);
  for (const { name, field, sent, repeats } of columns) {
    assert.equal(repeats, undefined, name);
    const isReadOnly = /^(id|created_date|last_updated|bookings|.*_date)$/.test(name);
    const expected = name.startsWith("other_fields") ? [undefined, undefined] : [name, !isReadOnly];
    assert.deepEqual([field, sent], expected, name);
  }
});

test("a file that was not exported keeps its apostrophes and backslashes", async () => {
  const csv = "email,phone,labels,notes\na@b.example,'+44 20,a\\;b,'=1\n";
  const [customer] = await collect((await checkFile(csv)).customers());
  assert.deepEqual(customer, {
    email: "a@b.example",
    phone: "'+44 20",
    labels: ["a\\", "b"],
    notes: "'=1",
  });
});
