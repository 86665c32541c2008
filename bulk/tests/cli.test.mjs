// The command as a venue's manager uses it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { root } from "../../tests/support/sandbox.mjs";
import { startCommand } from "./support/command.mjs";
import { command } from "./support/package.mjs";

const file = "email,Mobile,Shoe size\nada@example.com,7700900123,5\nnobody,1,6\n";
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "bulk-"));
  await writeFile(join(folder, "customers.csv"), file);
});
after(() => rm(folder, { recursive: true }));

async function run(args, input = "", { cwd = folder } = {}) {
  const child = spawn(process.execPath, [command, "check", ...args], { cwd });
  child.stdin.on("error", () => {}).end(input);
  const code = new Promise((resolve) => child.once("close", resolve));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, error };
}

test("a summary, the columns, the damage and the first issues", async () => {
  const { code, out, error } = await run(["customers.csv"]);
  assert.equal(code, 1);
  assert.equal(error, "All issues are in customers.issues.csv\n");
  assert.equal(
    await readFile(join(folder, "customers.issues.csv"), "utf8"),
    "row,line,column,field,code,message\r\n2,3,1,email,invalid_email,Must be an email address\r\n",
  );
  for (const line of [
    "2 customers: 1 valid, 1 not (1 issue)",
    "Read as utf-8, comma, with a header",
    "  1  email: email",
    "  2  Mobile: phone (by another usual name)",
    "  3  Shoe size: left out: not the name of a field",
    "  line 3, column 1 (email): Must be an email address",
  ])
    assert.ok(out.split("\n").includes(line), line);
  assert.match(out, / {2}column 2 \(Mobile\), 1 row, first on line 2: Phone numbers/);
  assert.ok(!out.includes("nobody"), "a value of the file is shown");
});

test("the list of issues does not overwrite a file, and is not written without issues", async () => {
  const inside = await mkdtemp(join(folder, "lists-"));
  const other = { cwd: inside };
  await run([join(folder, "customers.csv")], "", other);
  const second = await run([join(folder, "customers.csv")], "", other);
  assert.match(second.error, /All issues are in customers\.issues-2\.csv/);
  const fine = await run(["-"], "email\nada@example.com\n", other);
  assert.deepEqual([fine.code, fine.error], [0, ""]);
  assert.deepEqual((await readdir(inside)).sort(), [
    "customers.issues-2.csv",
    "customers.issues.csv",
  ]);
});

test("fixes, their counts, and the question about dates", async () => {
  const input = 'Name,email,dob\n" Ada Lovelace",ADA@example.com,3/4/1990\n';
  const { code, out, error } = await run(
    [
      "-",
      "--fix",
      "trim",
      "--fix",
      "split-names",
      "--fix",
      "lower-case-emails",
      "--fix",
      "dates=dmy",
    ],
    input,
  );
  assert.deepEqual([code, error], [0, ""]);
  for (const line of [
    "  1  Name: first_name and last_name (by another usual name)",
    "  column 1 (Name), 1 row: names were split",
    "  column 2 (email), 1 row: addresses were changed to lower case",
    "  column 3 (dob), 1 row: dates were converted",
    "  column 3 (dob), 1 row: Dates were read as dmy, but mdy fits them as well: make sure by line 2",
  ])
    assert.ok(out.split("\n").includes(line.replace(" (by another usual name)", "")), line);
  const asked = await run(["-"], input);
  assert.match(asked.out, /and may be dmy and mdy: see line 2, ask for the order and name it/);
});

test("NDJSON", async () => {
  const { out } = await run(["-"], '{"email":"ada@example.com"}\n');
  assert.match(out, /\nRead as utf-8, NDJSON\n/);
});

test("a bar and bold headings on a terminal only, and no colours if they are turned off", async () => {
  const rows = join(folder, "rows.csv");
  await writeFile(rows, `email,notes\n${`ada@example.com,${"a".repeat(200)}\n`.repeat(50_000)}`);
  const onTerminal = async (env) => {
    const line = `'${process.execPath}' '${command}' check '${rows}'`;
    const child = spawn("script", ["-qec", line, "/dev/null"], { env: { ...process.env, ...env } });
    return text(child.stdout);
  };
  const shown = await onTerminal({ NO_COLOR: "" });
  assert.match(shown, /\r\[#+ *\] \d+ %/);
  assert.ok(shown.includes("\x1b[1m50,000 customers: 50,000 valid"));
  assert.ok(!(await onTerminal({ NO_COLOR: "1" })).includes("\x1b[1m"));
  const piped = await run([rows]);
  for (const sign of ["\x1b", "%"]) assert.ok(!(piped.out + piped.error).includes(sign));
});

test("standard input, and the exit code of a file without issues", async () => {
  const { code, out } = await run(["-"], "email\nada@example.com\n");
  assert.equal(code, 0);
  assert.match(out, /^1 customer: 1 valid, 0 not \(0 issues\)\n/);
});

test("a pipe that is named like a file", { skip: process.platform === "win32" }, async () => {
  const line = `printf 'email\\nada@example.com\\n' | "$0" "$1" check /dev/stdin`;
  const child = spawn("sh", ["-c", line, process.execPath, command], { cwd: folder });
  assert.match(await text(child.stdout), /^1 customer: 1 valid/);
});

test("the report as JSON", async () => {
  const { code, out } = await run(["customers.csv", "--json"]);
  assert.equal(code, 1);
  const { rows, valid, issues, damage } = JSON.parse(out);
  assert.deepEqual([rows, valid, issues.length, damage.length], [2, 1, 1, 1]);
});

test("all issues in a file, which does not overwrite one", async () => {
  const input = `email\n${"nobody\n".repeat(1500)}`;
  const first = await run(["-", "--issues", "issues.csv"], input);
  assert.equal(first.code, 1);
  assert.match(first.error, /All issues are in issues\.csv/);
  const lines = (await readFile(join(folder, "issues.csv"), "utf8")).trimEnd().split("\r\n");
  assert.equal(lines.length, 1501);
  assert.equal(lines[0], "row,line,column,field,code,message");
  assert.equal(lines[1500], "1500,1501,1,email,invalid_email,Must be an email address");
  const second = await run(["-", "--issues", "issues.csv"], input);
  assert.equal(second.code, 3);
  assert.match(second.error, /EEXIST/);
});

test("columns that are mapped", async () => {
  const { out } = await run([
    "customers.csv",
    "--map",
    "Shoe size=custom_field_value",
    "--map",
    "Mobile=",
  ]);
  assert.match(out, /3 {2}Shoe size: custom_field_value\n/);
  assert.match(out, /2 {2}Mobile: left out/);
});

test("a header in another language is mapped by its names", async () => {
  const file = join(folder, "gaeste.csv");
  await writeFile(file, "Gäste\nVorname;Straße\nAda;Am Markt 1\n");
  const unmapped = await run([file]);
  assert.match(unmapped.out, /without a header.*--map "Vorname=first_name"/s);
  const { code, out } = await run([file, "--map", "Vorname=first_name"]);
  assert.equal(code, 0);
  assert.match(out, /^1 customer: 1 valid/);
  assert.match(out, /1 {2}Vorname: first_name\n/);
});

test("errors in a command, and in a file", async () => {
  for (const [args, code, message] of [
    [[], 2, /Name one file/],
    [["a", "b"], 2, /Name one file/],
    [["customers.csv", "--colour"], 2, /--colour/],
    [["customers.csv", "--map", "email"], 2, /COLUMN=FIELD/],
    [["customers.csv", "--map", "Email=email"], 2, /no column "Email"/],
    [["customers.csv", "--encoding", "latin1"], 2, /must be one of/],
    [["customers.csv", "--delimiter", "x"], 2, /comma, semicolon, tab, pipe/],
    [["customers.csv", "--fix", "all"], 2, /--fix must be trim/],
    [["customers.csv", "--fix", "dates"], 2, /--fix must be trim/],
    [["customers.csv", "--fix", "trim=yes"], 2, /--fix must be trim/],
    [["customers.csv", "--fix", "dates=dym"], 2, /fixes\.dates must be one of/],
    [["missing.csv"], 3, /ENOENT/],
  ]) {
    const { code: found, out, error } = await run(args);
    assert.deepEqual([found, out], [code, ""], args.join(" "));
    assert.match(error, message);
  }
});

test("what a file is that holds no customers, in a sentence", async () => {
  const book = "is a workbook, which only spreadsheets read: open it there, save it as";
  for (const [name, content, code, expected] of [
    ["guests.xlsx", Buffer.from("504b030414000600", "hex"), 3, `guests.xlsx ${book}`],
    ["guests.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), 3, `guests.xls ${book}`],
    ["empty.csv", "", 0, "\nThe file has no customers\n"],
    ["blank.csv", "\n\n  \n", 0, "\nThe file has no customers\n"],
    ["names.csv", "email,Name\n", 0, "\nThe file has no customers\n"],
    [
      "shoes.csv",
      "Shoe size,Hat\n9,7\n",
      0,
      "\nNo column is known: give the file a header, or name",
    ],
    ["PK.csv", "PK,email\n1,ada@example.com\n", 0, "1 customer: 1 valid"],
  ]) {
    await writeFile(join(folder, name), content);
    const found = await run([name]);
    assert.equal(found.code, code, found.error);
    assert.ok((found.out + found.error).includes(expected), found.out + found.error);
  }
  const { code, error } = await run(["."]);
  assert.deepEqual([code, error], [3, "It is a folder, not a file (EISDIR)\n"]);
  const missing = await run(["missing.csv"]);
  assert.equal(missing.error, "missing.csv: There is no such file or folder (ENOENT)\n");
});

test("the version, and a command that does not exist", async () => {
  const ask = (...args) => startCommand(folder, args).result;
  const { version } = JSON.parse(await readFile(join(root, "pkg/package.json"), "utf8"));
  for (const argument of ["--version", "-v"]) {
    const { code, out, error } = await ask(argument);
    assert.deepEqual([code, out, error], [0, `${version}\n`, ""]);
  }
  const unknown = await ask("chek", "customers.csv");
  assert.equal(unknown.code, 2);
  assert.equal(unknown.out, "");
  assert.equal(
    unknown.error,
    'Unknown command "chek": the commands are check, export, import, sandbox; see --help\n',
  );
  const usage = await ask("--help");
  assert.equal(usage.code, 0);
  assert.match(
    usage.out,
    /^Usage: npx collins-customers <command>\n(.*\n)* {2}check {4}checks a file/,
  );
  const none = await ask();
  assert.deepEqual([none.code, none.out, none.error], [2, "", usage.out]);
});

test("help", async () => {
  const { code, out } = await run(["--help"]);
  assert.equal(code, 0);
  assert.match(out, /Exit codes/);
});
