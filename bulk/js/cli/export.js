// `npx collins-customers export FILE`: the customers of the service, written to a file.

import { open, rename } from "node:fs/promises";
import { columnsOf, lineOf, preferencesOf, rowOf } from "../csv.js";
import { exportCustomers, FORMATS, keyOf, MARK, readFilter, walkPages } from "../export.js";
import { lock } from "../lock.js";
import { sentenceOf } from "./command.js";
import { exists } from "./files.js";
import { interruptible } from "./interrupt.js";
import { openApi, readService, SERVICE, SERVICE_HELP, TOKEN_HELP } from "./service.js";
import { openSpool } from "./spool.js";
import { clock, count, priceOf, statusLine } from "./terminal.js";

const help = `\
Writes the customers of the service to a file, each once, as fast as the quota allows. A tenth of each hour's quota is
left to others.

Usage: npx collins-customers export FILE [OPTIONS]

FILE is written when all customers have been read; until then they are in FILE.partial. If the export was stopped, run
the same command to continue. \`-\` is standard output, which is written page by page and cannot be continued.
${TOKEN_HELP}

Options:
  --filter QUERY       Which customers, as a query string such as "labels=VIP&created_date_from=2019-01-01"
  --format NAME        csv or ndjson [default: ndjson if FILE ends in .ndjson, else csv]
  --bom                Begin with a byte-order mark, which some spreadsheets need for UTF-8
${SERVICE_HELP}\
  --dry-run            Print the cost, in requests and hours, and write nothing
  --force              Overwrite FILE if it exists
  --json               The result as JSON
  --help               Print this

Exit codes: 0 all customers were written, 2 the command is wrong, 3 the service or the file cannot be used, 4 it stopped
before all were written.
`;

const options = {
  ...SERVICE,
  filter: { type: "string", default: "" },
  format: { type: "string" },
  bom: { type: "boolean", default: false },
  "dry-run": { type: "boolean" },
  force: { type: "boolean" },
  json: { type: "boolean" },
};

const STDOUT = "-";

async function read({ values, positionals }) {
  if (positionals.length !== 1) throw new TypeError("Name one file, or - for standard output");
  const [file] = positionals;
  const { filter, bom, force, json, "dry-run": isDry } = values;
  const format = values.format ?? (file.endsWith(".ndjson") ? "ndjson" : "csv");
  if (!FORMATS.includes(format)) throw new TypeError(`--format must be ${FORMATS.join(" or ")}`);
  if (bom && format !== "csv") throw new TypeError("--bom is for CSV");
  if (file === STDOUT && json && !isDry)
    throw new TypeError("With - the customers are on standard output: leave out --json");
  const { CustomerFilter } = await import("collins-customers");
  let parsed;
  try {
    parsed = CustomerFilter.parse(filter);
  } catch ({ message }) {
    throw new TypeError(`--filter: ${message}`);
  }
  readFilter(parsed);
  return { file, format, bom, force, json, isDry, filter: parsed, service: readService(values) };
}

const costs = ({ customers, ...price }) => `${count(customers, "customer")}: ${priceOf(price)}\n`;

/** Shows the progress of an export. */
function teller(line) {
  let wait = 0;
  return ({ customers, total, end, waitingUntil }) => {
    if (waitingUntil && waitingUntil - wait !== 0) {
      wait = waitingUntil;
      const far =
        total === null
          ? ""
          : `${count(customers, "customer")} of ${total.toLocaleString("en")} so far; `;
      line.say(
        `${far}waiting until ${clock(waitingUntil)}, the end is at ${clock(end)} at the earliest`,
      );
    } else if (total !== null)
      line.show(`${customers.toLocaleString("en")} of ${count(total, "customer")}`);
  };
}

/** Writes the requested file from the stored pages. */
async function finish({ file, format, bom, force }, spool, preferences) {
  const place = `${file}.writing`;
  const columns = new Set(columnsOf(preferences));
  let otherFields = 0;
  const rowTextOf = (customer) => {
    if (format === "ndjson") return `${JSON.stringify(customer)}\n`;
    const { text, hasOthers } = rowOf(customer, columns);
    otherFields += hasOthers;
    return text;
  };
  const written = await open(place, "w");
  try {
    if (format === "csv") await written.write(`${bom ? MARK : ""}${lineOf([...columns])}`);
    for await (const customers of spool.pages())
      await written.write(customers.map(rowTextOf).join(""));
    await written.datasync();
  } finally {
    await written.close();
  }
  if (!force && (await exists(file)))
    throw new TypeError(`${file} now exists: --force overwrites it`);
  await rename(place, file);
  return otherFields;
}

async function toFile(given, api, signal, line) {
  const { file, filter, service } = given;
  const partial = `${file}.partial`;
  const values = readFilter(filter);
  const preferences = new Set();
  let customers = 0;
  const see = (page) => {
    for (const id of preferencesOf(page)) preferences.add(id);
    customers += page.length;
  };
  const bound = `${keyOf(values)} ${service.baseUrl ?? service.environment}`;
  const unlock = await lock(
    partial,
    (id, advice) =>
      new TypeError(
        `Process ${id} is writing ${partial}: wait until it ends, or name another file${advice}`,
      ),
  );
  const spool = await openSpool(partial, bound, see).catch(async (error) => {
    await unlock();
    throw error;
  });
  const before = customers;
  if (before > 0) line.say(`Continuing after ${count(before, "customer")} in ${partial}`);
  const tell = teller(line);
  try {
    const settings = {
      signal,
      state: spool.state,
      tell: (progress) => tell({ customers, ...progress }),
    };
    const requests = await walkPages(api, values, settings, async (page) => {
      await spool.add(page);
      see(page.customers);
    });
    const otherFields = await finish(given, spool, preferences);
    await spool.close();
    await spool.remove();
    return { customers, requests, otherFields };
  } catch (error) {
    await spool.close();
    if (customers === 0) {
      await spool.remove();
      if (!signal.aborted) throw error;
      line.say("Stopped before the first customer was read");
      return undefined;
    }
    line.say(
      `${sentenceOf(error)}. ${partial} has ${count(customers, "customer")}: run the same command to continue`,
    );
    return undefined;
  } finally {
    await unlock();
    line.clear();
  }
}

async function toOutput({ filter, format, bom }, api, signal, line) {
  const onProgress = teller(line);
  try {
    return await exportCustomers(api, filter, process.stdout, { format, bom, signal, onProgress });
  } catch (error) {
    if (!error.resume?.customers) throw error;
    line.say(
      `${sentenceOf(error)}. Written to standard output: ${count(error.resume.customers, "customer")}`,
    );
    return undefined;
  } finally {
    line.clear();
  }
}

async function run(given) {
  const { file, isDry, force, json, filter, service } = given;
  const isFile = file !== STDOUT;
  if (isFile && !isDry && !force && (await exists(file)))
    throw new TypeError(`${file} already exists: --force overwrites it`);
  const api = await openApi(service);
  const { signal, done } = interruptible();
  try {
    if (isDry) {
      const plan = await exportCustomers.plan(api, filter, { signal });
      process.stdout.write(json ? `${JSON.stringify(plan, null, 2)}\n` : costs(plan));
      return 0;
    }
    const line = statusLine();
    const result = await (isFile ? toFile : toOutput)(given, api, signal, line);
    if (!result) return 4;
    const { customers, requests, otherFields } = result;
    if (json) process.stdout.write(`${JSON.stringify({ file, ...result }, null, 2)}\n`);
    else
      line.say(
        `${count(customers, "customer")} written to ${isFile ? file : "standard output"} (${count(requests, "request")})`,
      );
    if (otherFields)
      line.say(
        `${count(otherFields, "customer")} with fields without a column: they are in the last column, as JSON`,
      );
    return 0;
  } finally {
    done();
  }
}

export default { help, options, read, run };
