// Runs the cells of the matrix and prints their results. `cargo xtask matrix` and the step `runtimes`
// of `cargo xtask test` run it: node tests/runtimes/matrix.mjs [--ci | CELL…]
//
// A cell is a file in cells/. It exports
// - its subject, whose version the table shows: a `runtime`, a `browser`, or `tools`, the packages of
//   package.json that are installed in its project,
// - `readme`: the heading in npm/README.md of the snippet that it runs,
// - `run(project)`: runs it in a fresh project and returns `{ scenario, readme }`: the result of the scenario,
//   and the names of the customers that the snippet found,
// - `isStored` if the program of stored.mjs returns names, as `stored`,
// - `ci: false` if it takes too long for CI,
// - `isLarge` if its tools are those of frameworks/, which need too much space and time for CI,
// - `parts` and `prepare(project)`, if several things are tested with one build: each part has its own
//   `readme` and `run(project, prepared)`, and may have its own `runtime`.

import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { program, token } from "../support/sandbox.mjs";
import { expected } from "./scenario.mjs";
import { browser, closeBrowsers } from "./support/browsers.mjs";
import { serve } from "./support/processes.mjs";
import { install, Project, temporaryFolder } from "./support/project.mjs";
import { snippets } from "./support/readme.mjs";
import { frameworks, manifestOf } from "./support/tools.mjs";

/** Returns true if CI has the time and the space for a cell. */
const isForCi = ({ ci = true, isLarge = false }) => ci && !isLarge;

/** All cells, by their names. */
async function readCells() {
  const files = (await readdir(new URL("cells/", import.meta.url))).sort();
  const cells = files.map(async (file) => [
    file.replace(/\.mjs$/, ""),
    (await import(`./cells/${file}`)).default,
  ]);
  return new Map(await Promise.all(cells));
}

/** Checks that every snippet is run by a cell, and that none has ten lines or more. */
function judgeReadme(cells) {
  const parts = [...cells].flatMap(([name, cell]) => partsOf(name, cell));
  const run = new Set(parts.map(({ readme }) => readme));
  for (const [heading, code] of snippets) {
    assert.ok(run.has(heading), `no cell runs the snippet below "${heading}"`);
    assert.ok(code.trim().split("\n").length < 10, `the snippet below "${heading}" is too long`);
  }
}

/** The names of the customers that the snippets look for, read from the service itself. */
async function vips(baseUrl) {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${baseUrl}/customers?labels=VIP`, { headers });
  const { customers } = await response.json();
  assert.ok(customers.length > 1, "there are some");
  return customers.map((customer) => customer.first_name);
}

/** The parts of a cell, by the names of their rows; most cells are of one. */
const partsOf = (name, cell) =>
  Object.entries(cell.parts ?? { "": cell }).map(([part, what]) => ({
    ...what,
    name: part ? `${name}: ${part}` : name,
  }));

/** Runs an action. Returns its duration and its error. */
async function timed(action) {
  const started = performance.now();
  try {
    return { value: await action(), seconds: (performance.now() - started) / 1000 };
  } catch (failure) {
    return { failure, seconds: (performance.now() - started) / 1000 };
  }
}

/** Runs a cell in its own project, on its own sandbox. Returns the rows of its parts. */
async function runCell(name, cell, installed) {
  const options = ["--port", "0", "--seed", "20"];
  const sandbox = await serve(program, options, /^listening on (\S+)$/m, {});
  const baseUrl = `${sandbox.match[1]}/api`;
  const project = new Project(installed, baseUrl);
  const rows = [];
  try {
    const found = await vips(baseUrl);
    const prepared = await timed(async () => {
      await project.create(cell);
      return cell.prepare?.(project);
    });
    let { seconds } = prepared;
    for (const part of partsOf(name, cell)) {
      const wanted = { scenario: expected };
      if (part.readme) wanted.readme = part.shows ?? found;
      if (part.isStored) wanted.stored = found;
      const ended = await timed(async () => {
        if (prepared.failure) throw prepared.failure;
        assert.deepEqual(await part.run(project, prepared.value), wanted);
      });
      // The first part includes the time of the common preparation.
      seconds += ended.seconds;
      const version = await versionOf({ ...cell, ...part }).catch(() => "");
      const { failure } = ended;
      rows.push(report({ name: part.name, version, failure, seconds: seconds.toFixed(1) }));
      seconds = 0;
    }
  } finally {
    await project.end();
    await sandbox.stop();
  }
  return rows;
}

/** Prints the result of a part at once. */
function report(row) {
  console.log(`${row.failure ? "✗" : "✓"} ${row.name} (${row.seconds} s)`);
  if (row.failure) console.error(row.failure.message.replace(/^/gm, "    "));
  return row;
}

/** The version of the subject of a cell or a part; that of a browser is known once it runs. */
async function versionOf({ browser: name, runtime, tools, isLarge }) {
  if (name) return (await browser(name)).version;
  const tool = runtime ?? tools[0];
  const folder = isLarge ? join(frameworks, "node_modules") : undefined;
  return `${tool} ${(await manifestOf(tool, folder)).version}`;
}

const cells = await readCells();
const wanted = process.argv.slice(2);
judgeReadme(cells);
const names = [...cells.keys()].filter((name) =>
  wanted[0] === "--ci" ? isForCi(cells.get(name)) : !wanted.length || wanted.includes(name),
);

const folder = await temporaryFolder();
const rows = [];
try {
  const installed = await install(folder);
  for (const name of names) rows.push(...(await runCell(name, cells.get(name), installed)));
} finally {
  await closeBrowsers();
  await rm(folder, { recursive: true, force: true });
}

console.log();
for (const { name, version, failure, seconds } of rows) {
  const result = failure ? "failed" : "passed";
  console.log(`${name.padEnd(24)} ${version.padEnd(24)} ${result} ${seconds.padStart(7)} s`);
}
process.exitCode = rows.some(({ failure }) => failure) ? 1 : 0;
