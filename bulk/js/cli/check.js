// `npx collins-customers check FILE`: a file of customers, checked on this machine. Nothing is sent.

import { parse } from "node:path";
import { check, readOptions } from "../check.js";
import {
  delimiterName,
  FIXES,
  READING,
  READING_HELP,
  readFileArgument,
  readReading,
} from "./arguments.js";
import { newTable, nextTable, opened } from "./files.js";
import { count, heading, progress, shown } from "./terminal.js";

const help = `\
Checks a file of customers with the rules of the Collins Customers API. Nothing is sent, and the file is not changed.

Usage: npx collins-customers check FILE [OPTIONS]

FILE is CSV with commas, semicolons, tabs or pipes, as spreadsheets save it, or NDJSON, or a list in JSON; \`-\` is
standard input. If anything is wrong, all issues are written to a new file in this folder.

Options:
${READING_HELP}\
  --issues FILE        The file for all issues, as CSV [default: FILE.issues.csv; existing files are not overwritten]
  --json               The report as JSON, with the first 1000 issues
  --help               Print this

Exit codes: 0 all customers are valid, 1 some are not, 2 the command is wrong, 3 the file cannot be read.
`;

const options = {
  ...READING,
  issues: { type: "string" },
  json: { type: "boolean" },
};

const SHOWN = 10;
const LISTED = 1000;
const NO_LIMIT = 2 ** 32 - 1;
const NAMES = ["row", "line", "column", "field", "code", "message"];

function read({ values, positionals }) {
  const file = readFileArgument(positionals);
  const reading = readReading(values);
  // Reports wrong options before the file is opened.
  readOptions(reading);
  return { file, issues: values.issues, json: values.json, reading };
}

function understood({ field, sent, certainty, repeats }, isDivided) {
  if (repeats !== undefined) return `left out: column ${repeats + 1} already has that field`;
  if (field === undefined) return "left out: not the name of a field";
  if (sent) return certainty === "exact" ? field : `${field} (by another usual name)`;
  if (isDivided) return "first_name and last_name";
  return field === "full_name"
    ? "left out: there is no field for a whole name, only first_name and last_name"
    : "left out: the field is read-only";
}

function summary(report, issues) {
  const { encoding, format, delimiter, header, preamble } = report.dialect;
  const isCsv = format === "csv";
  const divided = report.fixes
    .filter(({ fix }) => fix === "splitNames")
    .map(({ column }) => column);
  const lines = [
    heading(
      `${count(report.rows, "customer")}: ${report.valid.toLocaleString("en")} valid, ${(report.rows - report.valid).toLocaleString("en")} not (${count(report.issueCount, "issue")})`,
    ),
    isCsv
      ? `Read as ${encoding}, ${delimiterName(delimiter)}, ${header ? "with" : "without"} a header${preamble ? `, after ${count(preamble, "other row")}` : ""}`
      : `Read as ${encoding}, ${format === "json" ? "a list in JSON" : "NDJSON"}`,
    "",
    heading("Columns:"),
    ...report.columns.map(
      (column, place) =>
        `  ${place + 1}  ${column.name ? shown(column.name) : "(no name)"}: ${understood(column, divided.includes(place + 1))}`,
    ),
  ];
  if (report.rows === 0) lines.push("The file has no customers");
  else if (!report.columns.some(({ sent }, place) => sent || divided.includes(place + 1)))
    lines.push(
      'No column is known: give the file a header, or name its columns with --map, such as --map "Vorname=first_name"',
    );
  if (report.fixes.length > 0) lines.push("", heading("Fixes:"));
  for (const { fix, column, name, rows } of report.fixes) {
    const [, sentence] = Object.values(FIXES).find(([known]) => known === fix);
    lines.push(`  column ${column} (${shown(name)}), ${count(rows, "row")}: ${sentence}`);
  }
  if (report.dates) {
    const { column, name, rows, message } = report.dates;
    lines.push("", heading("Dates:"));
    lines.push(`  column ${column} (${shown(name)}), ${count(rows, "row")}: ${message}`);
  }
  if (report.damage.length > 0) lines.push("", heading("Damage:"));
  for (const { message, column, name, rows, first } of report.damage)
    lines.push(
      `  ${column ? `column ${column} (${shown(name)}), ` : ""}${count(rows, "row")}, first on line ${first.line}: ${message}`,
    );
  if (issues.length > 0) lines.push("", heading("Issues:"));
  for (const { line, column, path, message } of issues.slice(0, SHOWN))
    lines.push(
      `  line ${line}, column ${column}${path.length ? ` (${shown(path.join("."))})` : ""}: ${message}`,
    );
  if (report.issueCount > SHOWN)
    lines.push(`  and ${count(report.issueCount - SHOWN, "more", "more")}`);
  return `${lines.join("\n")}\n`;
}

/** The name of the list of a file's issues. It is in the current folder, wherever the file is. */
const listName = (file) => `${file === "-" ? "customers" : parse(file).name}.issues`;

async function run({ file, issues: place, json, reading }) {
  const bar = progress();
  const { stream, size } = await opened(file);
  let list = place === undefined ? undefined : newTable(place, NAMES);
  const issues = [];
  const settings = readOptions({
    ...reading,
    keep: NO_LIMIT,
    onProgress: ({ bytes }) => bar.show?.({ bytes, size }),
  });
  let report;
  try {
    ({ report } = await check(stream, settings, (issue) => {
      const { row, line, column, path, code, message } = issue;
      list ??= nextTable(listName(file), NAMES);
      list.add([row, line, column, path.join("."), code, message]);
      if (issues.length < LISTED) issues.push(issue);
    }));
  } finally {
    bar.clear?.();
    await list?.end();
  }
  process.stdout.write(
    json ? `${JSON.stringify({ ...report, issues }, null, 2)}\n` : summary(report, issues),
  );
  if (list) process.stderr.write(`All issues are in ${list.file}\n`);
  return report.valid === report.rows ? 0 : 1;
}

export default { help, options, read, run };
