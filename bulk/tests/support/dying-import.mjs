// An import in its own process, which is killed at the point that the environment names: at a step of its journal, or
// while a request is on its way (DEATH), after this many such points (CHANCE).
// `node dying-import.mjs FILE JOURNAL BASE_URL REST` prints the results of the rows.

import { appendFileSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { CustomersApi } from "../../../tests/support/package.mjs";
import { chance } from "../../../tests/support/random.mjs";
import { importCustomers, openJournal } from "./package.mjs";

const [, , file, path, baseUrl, rest] = process.argv;
const { DEATH = "", CHANCE = "1", FAULTS = "" } = process.env;

const die = () => process.kill(process.pid, "SIGKILL");

/** The number of such points that are left: the process dies at the last one. */
let chances = Number(CHANCE);
const isTime = () => --chances === 0;

/** The random fault that the server is asked for. */
const draw = chance(Number(FAULTS));
const faultOf = (method) => {
  const drawn = draw.next();
  if (drawn < 0.05) return method === "POST" || method === "PUT" ? "lost" : "truncate";
  if (drawn < 0.07) return "throttle";
  if (drawn < 0.09) return "status=503;retry-after=1";
  return undefined;
};

const writes = (method) => method === "POST" || method === "PUT";

const api = new CustomersApi({
  baseUrl,
  token: "sandbox",
  // Both clocks are fast, but the machine is not.
  timeout: 2 ** 31 - 1,
  totalTimeout: 2 ** 31 - 1,
  async fetch(url, init) {
    const fault = FAULTS ? faultOf(init.method) : undefined;
    const headers = new Headers(init.headers);
    if (fault) headers.set("x-sandbox-fault", fault);
    const answer = fetch(url, { ...init, headers });
    if (DEATH === "on its way" && writes(init.method) && isTime()) {
      answer.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, draw.next() * 10));
      die();
    }
    const response = await answer;
    if (DEATH === "answered" && writes(init.method) && isTime()) {
      await response.text();
      die();
    }
    return response;
  },
});

const file_ = await openJournal(path);

/** Returns true if the process dies at this step and state of this line. */
const isFatal = (line, step) => {
  const [at, state] = DEATH.split(" ");
  return at === step && line.includes(`"state":"${state}`) && isTime();
};

const journal = {
  read: () => file_.read(),
  async append(line) {
    const done = line.replace(/"state":"(created|updated|unknown)"/, '"state":"done"');
    if (isFatal(done, "before")) die();
    if (isFatal(done, "within")) {
      appendFileSync(path, line.slice(0, line.length / 2));
      die();
    }
    await file_.append(line);
    if (isFatal(done, "after")) die();
  },
};

try {
  const plan = await importCustomers.plan(readFileSync(file), api, { existing: "update", journal });
  const result = await plan.run({ journal });
  const parts = [];
  for await (const part of result.rest()) parts.push(part);
  await writeFile(rest, Buffer.concat(parts));
  console.log(JSON.stringify(result));
} catch (error) {
  // Too many faults of the service and the network end a run, and the next one continues.
  if (!error.attempts) throw error;
  process.exitCode = 75;
}
