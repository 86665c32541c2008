// A hundred thousand customers: an export keeps one page of them, and the ids of those that it wrote.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../../tests/support/sandbox.mjs";

/** How many customers there are, and how many were written when memory is measured for the first and second time. */
const CUSTOMERS = 100_000;
const FIRST = 6_000;
const SECOND = 90_000;

// The service is in the process, and remembers nothing.
const PROGRAM = `
  const [, client, bulk] = process.argv;
  const { CustomersApi } = await import(client);
  const { exportCustomers } = await import(bulk);
  const customerOf = (number) => ({
    id: String(number).padStart(24, "0"),
    email: \`guest\${number}@example.com\`,
    first_name: "Ada",
    last_name: \`Guest \${number}\`,
    notes: "n".repeat(100),
    marketing_preferences: [{ id: "p1", opted_in: true }],
  });
  const fetch = async (url) => {
    const page = Number(new URL(url).searchParams.get("page") ?? 1);
    const customers = Array.from(
      { length: Math.min(30, ${CUSTOMERS} - 30 * (page - 1)) },
      (_, place) => customerOf(30 * (page - 1) + place),
    );
    const headers = {
      "x-pagination-page": page,
      "x-pagination-per-page": 30,
      "x-pagination-total-pages": ${Math.ceil(CUSTOMERS / 30)},
      "x-pagination-total-results": ${CUSTOMERS},
    };
    return Response.json({ customers }, { headers });
  };
  const api = new CustomersApi({ baseUrl: "https://service.example/api", token: "any", fetch });
  const used = [];
  const measure = async () => {
    // What finalizers let go of is free after a turn.
    for (let time = 0; time < 3; time++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve));
    }
    used.push(process.memoryUsage().heapUsed);
  };
  let length = 0;
  let written = 0;
  const write = async (text) => {
    length += text.length;
    written += 30;
    if (written === ${FIRST} || written === ${SECOND}) await measure();
  };
  const { customers } = await exportCustomers(api, {}, write);
  console.log(JSON.stringify({ customers, length, used }));
`;

test("memory does not grow with the customers, except for their ids", async () => {
  const entry = (file) => pathToFileURL(join(root, "pkg/dist", file)).href;
  const child = spawn(process.execPath, [
    "--expose-gc",
    "--input-type=module",
    "--eval",
    PROGRAM,
    entry("node.js"),
    entry("bulk/node.js"),
  ]);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(error, "");
  const { customers, length, used } = JSON.parse(out);
  assert.equal(customers, CUSTOMERS);
  assert.ok(length > 15_000_000, `${length} characters were written`);
  const grown = (used[1] - used[0]) / (SECOND - FIRST);
  // An id of 24 characters takes 40 bytes, and its place in a set some 30. The code that V8 makes meanwhile, up to a
  // megabyte, adds 12. A customer would take 300 and more.
  assert.ok(grown < 130, `${grown} bytes more for each customer`);
});
