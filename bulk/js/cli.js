// `npx collins-customers check FILE`: a file of customers, checked on this machine. Nothing is sent.

import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { check, readOptions } from "./check.js";

const HELP = `\
Checks a file of customers with the rules of the Collins Customers API. Nothing is sent, and the file stays as it is.

Usage: npx collins-customers check FILE [OPTIONS]

FILE is CSV with commas, semicolons, tabs or pipes, as spreadsheets save it; \`-\` is standard input.

Options:
  --map COLUMN=FIELD   Where a column goes, such as "Given=first_name"; an empty FIELD leaves it out. May be repeated
  --encoding NAME      utf-8, utf-16le, utf-16be or windows-1252 [default: found]
  --delimiter NAME     comma, semicolon, tab or pipe [default: found]
  --no-header          The first row is a customer
  --issues FILE        Where all issues are written, as CSV; no file that is there is replaced
  --json               The report as JSON, with the first 1000 issues
  --help               Print this

Exit codes: 0 all customers are valid, 1 some are not, 2 the command is wrong, 3 the file cannot be read.
`;

const OPTIONS = {
  map: { type: "string", multiple: true, default: [] },
  encoding: { type: "string" },
  delimiter: { type: "string" },
  "no-header": { type: "boolean" },
  issues: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
};

const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" };
const SHOWN = 10;
const LISTED = 1000;
const NO_LIMIT = 2 ** 32 - 1;

function readArguments(args) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) return { help: true };
  if (positionals.length !== 1) throw new TypeError("Name one file, or - for standard input");
  const { map, encoding, delimiter } = values;
  if (delimiter !== undefined && !Object.hasOwn(DELIMITERS, delimiter))
    throw new TypeError(`--delimiter must be one of ${Object.keys(DELIMITERS).join(", ")}`);
  const mapping = map.map((pair) => {
    const at = pair.lastIndexOf("=");
    if (at < 1) throw new TypeError("--map must be COLUMN=FIELD");
    return [pair.slice(0, at), pair.slice(at + 1) || null];
  });
  const dialect = {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: DELIMITERS[delimiter] }),
    ...(values["no-header"] && { header: false }),
  };
  return {
    file: positionals[0],
    issues: values.issues,
    json: values.json,
    options: { mapping: Object.fromEntries(mapping), dialect },
  };
}

/** A cell that no spreadsheet runs, and that ends where it should. */
const cell = (text) => {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

// A name in the file is no reason for a terminal to change its colours.
const shown = (text) => text.replace(/\p{Cc}/gu, " ");

const count = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

function understood({ field, sent, certainty, repeats }) {
  if (repeats !== undefined) return `left out: column ${repeats + 1} has that field already`;
  if (field === undefined) return "left out: no field is known by this name";
  if (sent) return certainty === "exact" ? field : `${field} (by its usual name)`;
  return field === "full_name"
    ? "left out: a whole name has no field of its own; first_name and last_name have"
    : "left out: only the service writes it";
}

function summary(report, issues) {
  const { encoding, delimiter, header, preamble } = report.dialect;
  const divider = Object.keys(DELIMITERS).find((name) => DELIMITERS[name] === delimiter);
  const lines = [
    `${count(report.rows, "customer")}: ${report.valid.toLocaleString("en")} valid, ${(report.rows - report.valid).toLocaleString("en")} not (${count(report.issueCount, "issue")})`,
    `Read as ${encoding}, ${divider}, ${header ? "with" : "without"} a header${preamble ? `, after ${count(preamble, "other row")}` : ""}`,
    "",
    "Columns:",
    ...report.columns.map(
      (column, place) =>
        `  ${place + 1}  ${column.name ? shown(column.name) : "(no name)"}: ${understood(column)}`,
    ),
  ];
  if (report.damage.length > 0) lines.push("", "Damage:");
  for (const { message, column, name, rows, first } of report.damage)
    lines.push(
      `  ${column ? `column ${column} (${shown(name)}), ` : ""}${count(rows, "row")}, first on line ${first.line}: ${message}`,
    );
  if (issues.length > 0) lines.push("", "Issues:");
  for (const { line, column, path, message } of issues.slice(0, SHOWN))
    lines.push(
      `  line ${line}, column ${column}${path.length ? ` (${shown(path.join("."))})` : ""}: ${message}`,
    );
  if (report.issueCount > SHOWN)
    lines.push(`  and ${count(report.issueCount - SHOWN, "more", "more")}`);
  return `${lines.join("\n")}\n`;
}

/** Shows how far it is, on a terminal only. */
function progress() {
  const { stderr } = process;
  if (!stderr.isTTY) return {};
  return {
    show: ({ bytes, size }) => {
      const part = size ? `${Math.floor((100 * bytes) / size)} %` : `${Math.floor(bytes / 1e6)} MB`;
      stderr.write(`\r${part}`);
    },
    clear: () => stderr.write("\r\x1b[K"),
  };
}

/** The file, with its size where that is known. */
async function opened(file) {
  if (file === "-") return { stream: process.stdin };
  const { size } = await stat(file);
  return { stream: createReadStream(file), size };
}

/** Writes every issue as a row of CSV. */
async function listTo(file) {
  const stream = createWriteStream(file, { flags: "wx" });
  await new Promise((resolve, reject) => stream.once("open", resolve).once("error", reject));
  stream.write("row,line,column,field,code,message\r\n");
  return {
    add: ({ row, line, column, path, code, message }) =>
      stream.write(
        `${[row, line, column, cell(path.join(".")), code, cell(message)].join(",")}\r\n`,
      ),
    end: () => finished(stream.end()),
  };
}

async function run({ file, issues: place, json, options }) {
  const bar = progress();
  const { stream, size } = await opened(file);
  const list = place === undefined ? undefined : await listTo(place);
  const issues = [];
  const settings = readOptions({
    ...options,
    keep: list ? NO_LIMIT : LISTED,
    onProgress: ({ bytes }) => bar.show?.({ bytes, size }),
  });
  let report;
  try {
    report = await check(stream, settings, (issue) => {
      list?.add(issue);
      if (issues.length < LISTED) issues.push(issue);
    });
  } finally {
    bar.clear?.();
    await list?.end();
  }
  process.stdout.write(
    json ? `${JSON.stringify({ ...report, issues }, null, 2)}\n` : summary(report, issues),
  );
  if (list) process.stderr.write(`All issues are in ${place}\n`);
  return report.valid === report.rows ? 0 : 1;
}

/** Resolves to the exit code. */
export async function main([, ...args]) {
  let given;
  try {
    given = readArguments(args);
    if (given.help) {
      process.stdout.write(HELP);
      return 0;
    }
    readOptions(given.options);
  } catch ({ message }) {
    process.stderr.write(`${message}; --help tells what there is\n`);
    return 2;
  }
  try {
    return await run(given);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    // What names a column or a field that is not there is a fault of the command.
    return error instanceof TypeError ? 2 : 3;
  }
}
