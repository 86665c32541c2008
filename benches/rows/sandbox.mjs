// The sandbox in the process compared with its server, which keeps the same customers in SQLite: the time that a test
// waits.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { OWN } from "../peers.mjs";
import { rounds } from "../rounds.mjs";

export const work = "the sandbox: a page of 30 out of 10 000 customers, filtered and ordered";
export const unit = "× its server, with SQLite";
export const target = 1;

const CUSTOMERS = 10_000;
const QUERY = "labels=VIP,Press&sort=-last_name,email&page=2";
const init = { headers: { authorization: "Bearer sandbox" } };

/** Starts the release build of the server. */
async function start(program) {
  const args = ["--port", "0", "--seed", String(CUSTOMERS), "--quiet"];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
  return { child, url: `${value.replace("listening on ", "")}/api/customers?${QUERY}` };
}

export async function measure(folder) {
  const { createSandbox } = await import("../../pkg/dist/sandbox/node.js");
  const sandbox = createSandbox({ seed: CUSTOMERS });
  const url = `${sandbox.baseUrl}/customers?${QUERY}`;
  const server = await start(join(folder, "../release/sandbox"));
  const here = async () => (await sandbox.fetch(url, init)).json();
  const there = async () => (await fetch(server.url, init)).json();
  try {
    const page = await here();
    assert.equal(page.customers.length, 30);
    assert.deepEqual(page, await there());
    return await rounds([
      { name: "its server, with SQLite", work: there, isAsync: true },
      { name: OWN, work: here, isAsync: true },
    ]);
  } finally {
    server.child.kill();
  }
}
