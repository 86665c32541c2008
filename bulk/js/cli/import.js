// `npx collins-customers import FILE`: the customers of a file, created and updated at the service.

import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { format, parse } from "node:path";
import { createInterface } from "node:readline/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { readOptions } from "../check.js";
import { openJournal } from "../file-journal.js";
import { importCustomers } from "../import.js";
import { READING, READING_HELP, readFileArgument, readReading } from "./arguments.js";
import { sentenceOf } from "./command.js";
import { exists, lasting } from "./files.js";
import { interruptible } from "./interrupt.js";
import { openApi, readService, SERVICE, SERVICE_HELP, TOKEN_HELP } from "./service.js";
import { clock, count, priceOf, shown, statusLine } from "./terminal.js";

const help = `\
Creates and updates the customers of a file at the service, each once, as fast as the quota allows. A tenth of each
hour's quota is left to others.

Usage: npx collins-customers import FILE [OPTIONS]

FILE is CSV with commas, semicolons, tabs or pipes, as spreadsheets save it, or NDJSON, or a list in JSON; \`-\` is
standard input. The progress is kept in FILE.journal: if the import was stopped, run the same command to continue.
Nothing is repeated. Rows that were not imported are written to a file like FILE, with the reason at the end of each.
${TOKEN_HELP}

Options:
  --existing NAME      For rows with the email address of a customer: skip, update or create [default: skip]
${READING_HELP}\
${SERVICE_HELP}\
  --journal FILE       The file that keeps the progress [default: FILE.journal]
  --rest FILE          The file for rows that were not imported [default: such as customers.not-imported.csv]
  --max-refusals COUNT The number of rows that the service may refuse before the import stops [default: 20]
  --dry-run            Print the plan and its cost, and change nothing
  --yes                Do not ask
  --json               The result as JSON
  --help               Print this

Exit codes: 0 every row was imported or skipped, 1 some were not, 2 the command is wrong, 3 the service or a file cannot
be used, 4 it stopped before the end and can be continued.
`;

const options = {
  ...READING,
  ...SERVICE,
  existing: { type: "string", default: "skip" },
  journal: { type: "string" },
  rest: { type: "string" },
  "max-refusals": { type: "string" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
  json: { type: "boolean" },
};

const STDIN = "-";

const restOf = (file) => {
  const { dir, name, ext } = parse(file);
  return format({ dir, name: `${name}.not-imported`, ext });
};

function read({ values, positionals }) {
  const file = readFileArgument(positionals);
  const isDry = values["dry-run"];
  const limit = values["max-refusals"];
  if (!["skip", "update", "create"].includes(values.existing))
    throw new TypeError("--existing must be skip, update or create");
  if (limit !== undefined && !/^\d+$/.test(limit))
    throw new TypeError("--max-refusals must be a number of rows");
  if (file === STDIN && !isDry && !(values.journal && values.rest && values.yes))
    throw new TypeError("With - give --journal, --rest and --yes as well");
  const reading = readReading(values);
  // Reports wrong options before the file is opened.
  readOptions(reading);
  const service = readService(values);
  return {
    file,
    isDry,
    json: values.json,
    isAgreed: values.yes,
    service,
    journal: values.journal ?? `${file}.journal`,
    rest: values.rest ?? restOf(file),
    settings: {
      ...reading,
      existing: values.existing,
      // The journal of one service has no meaning for another.
      boundTo: service.baseUrl ?? service.environment,
      ...(limit !== undefined && { maxRefusals: Number(limit) }),
    },
  };
}

/** The number of rows that are settled. */
const settled = ({ created, updated, skipped, refused, unknown }) =>
  created + updated + skipped + refused + unknown;

/** The sentences of a plan. */
function sentencesOf({ rows, dates, damage, counts, done, withoutEmail, ...price }) {
  const { create, update, skip, refuse, undecided } = counts;
  const parts = [
    [settled(done), "already done"],
    [create, "to create"],
    [update, "to update"],
    [skip, "left unchanged, because they exist"],
    [refuse, "not valid"],
    [undecided, "to be looked up first"],
  ]
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number.toLocaleString("en")} ${what}`);
  const lines = [`${count(rows, "row")}${parts.length ? `: ${parts.join(", ")}` : ""}`];
  if (withoutEmail > 0)
    lines.push(
      `${count(withoutEmail, "row")} without an email address: it is not known whether they already exist`,
    );
  if (dates) lines.push(`Column ${dates.column} (${shown(dates.name)}): ${dates.message}`);
  for (const { column, name, rows, first, message } of damage)
    lines.push(
      `${column ? `Column ${column} (${shown(name)}), ` : ""}${count(rows, "row")} from line ${first.line} on: ${message}`,
    );
  lines.push(priceOf(price));
  return lines;
}

/** Asks on the terminal. Resolves to true only after a yes. */
async function agreed(signal) {
  if (!process.stdin.isTTY)
    throw new TypeError("There is no terminal to ask on: check with --dry-run, then give --yes");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question("Import them? [y/N] ", { signal })).trim());
  } finally {
    terminal.close();
  }
}

/** Shows the progress of an import. */
function teller(line) {
  let wait = 0;
  return ({ rows, end, waitingUntil, ...counts }) => {
    if (!waitingUntil) {
      line.show(`${settled(counts).toLocaleString("en")} of ${count(rows, "row")}`);
    } else if (waitingUntil - wait !== 0) {
      wait = waitingUntil;
      const far = rows === undefined ? "" : `, the end is at ${clock(end)} at the earliest`;
      line.say(`Waiting until ${clock(waitingUntil)}${far}`);
    }
  };
}

const summaryOf = ({ rows, created, updated, skipped, refused, unknown, requests }) =>
  `${count(rows, "row")}: ${created.toLocaleString("en")} created, ${updated.toLocaleString("en")} updated, ` +
  `${skipped.toLocaleString("en")} skipped, ${refused.toLocaleString("en")} refused, ` +
  `${unknown.toLocaleString("en")} unknown (${count(requests, "request")})`;

async function runPlan(plan, { journal: path, rest, json }, journal, signal, line) {
  const onProgress = teller(line);
  let counts;
  let isWhole;
  try {
    const result = await plan.run({ journal, signal, onProgress });
    const { rest: rows, ...others } = result;
    counts = others;
    isWhole = counts.refused + counts.unknown === 0;
    if (!isWhole) {
      // Half of it must not look like all of it.
      const place = `${rest}.writing`;
      await pipeline(Readable.from(rows()), createWriteStream(place, { mode: 0o600 }));
      await rename(place, rest);
    }
  } catch (error) {
    line.say(`${sentenceOf(error)}. The progress is in ${path}: run the same command to continue`);
    return 4;
  } finally {
    line.clear();
  }
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ...counts, journal: path, rest: isWhole ? null : rest }, null, 2)}\n`,
    );
  else process.stdout.write(`${summaryOf(counts)}\n`);
  if (!isWhole)
    line.say(
      `Not imported: ${count(counts.refused + counts.unknown, "row")}, in ${rest} with the reasons`,
    );
  return isWhole ? 0 : 1;
}

async function run(given) {
  const { file, isDry, json, isAgreed, service, journal: path, rest, settings } = given;
  if (!isDry && (await exists(rest)))
    throw new TypeError(`${rest} already exists: move it, or name another file with --rest`);
  const input = file === STDIN ? await buffer(process.stdin) : await lasting(file);
  const api = await openApi(service);
  const line = statusLine();
  const { signal, done } = interruptible();
  const isBegun = await exists(path);
  const journal = !isDry || isBegun ? await openJournal(path) : undefined;
  let isKept = isBegun;
  try {
    const plan = await importCustomers.plan(input, api, {
      ...settings,
      ...(isBegun && { journal }),
      onProgress: teller(line),
      signal,
    });
    if (isDry) {
      const { run: _, ...told } = plan;
      process.stdout.write(
        json ? `${JSON.stringify(told, null, 2)}\n` : `${sentencesOf(plan).join("\n")}\n`,
      );
      return 0;
    }
    for (const sentence of sentencesOf(plan)) line.say(sentence);
    if (!isAgreed && !(await agreed(signal))) {
      line.say("Nothing was imported");
      return 4;
    }
    isKept = true;
    return await runPlan(plan, given, journal, signal, line);
  } finally {
    done();
    // While it is locked: behind the lock it may be the journal of another import.
    if (journal && !isKept) await rm(path, { force: true });
    await journal?.close();
  }
}

export default { help, options, read, run };
