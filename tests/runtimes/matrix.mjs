// Runs the cells of the matrix and prints what came of them. `cargo xtask matrix` and the step `runtimes`
// of `cargo xtask test` run it: node tests/runtimes/matrix.mjs [--ci | CELL…]
//
// A cell is a file in cells/. It exports
// - `tools`: the packages of package.json that it uses; the table shows the version of the first one,
// - `readme`: the heading in npm/README.md of the snippet that it runs,
// - `run(project)`: does it in a fresh project and returns `{ scenario, readme }`: what came of the scenario,
//   and the names of the customers that the snippet found,
// - `ci: false` where it takes too long for CI.

import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { program, token } from "../support/sandbox.mjs";
import { expected } from "./scenario.mjs";
import { browser, closeBrowsers } from "./support/browsers.mjs";
import { serve } from "./support/processes.mjs";
import { install, Project, temporaryFolder } from "./support/project.mjs";
import { snippets } from "./support/readme.mjs";
import { versionOf } from "./support/tools.mjs";

/** All cells, by their names. */
async function readCells() {
  const files = (await readdir(new URL("cells/", import.meta.url))).sort();
  const cells = files.map(async (file) => [
    file.replace(/\.mjs$/, ""),
    (await import(`./cells/${file}`)).default,
  ]);
  return new Map(await Promise.all(cells));
}

/** A snippet that no cell runs would rot, and one of ten lines is too long to be read at a glance. */
function judgeReadme(cells) {
  const run = new Set([...cells.values()].map(({ readme }) => readme));
  for (const [heading, code] of snippets) {
    assert.ok(run.has(heading), `no cell runs the snippet below "${heading}"`);
    assert.ok(code.trim().split("\n").length < 10, `the snippet below "${heading}" is too long`);
  }
}

/** The names of the customers that the snippets look for, as the service itself gives them. */
async function vips(baseUrl) {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${baseUrl}/customers?labels=VIP`, { headers });
  const { customers } = await response.json();
  assert.ok(customers.length > 1, "there are some");
  return customers.map((customer) => customer.first_name);
}

async function runCell(cell, installed) {
  const options = ["--port", "0", "--seed", "20"];
  const sandbox = await serve(program, options, /^listening on (\S+)$/m, {});
  const baseUrl = `${sandbox.match[1]}/api`;
  const project = new Project(installed, baseUrl);
  try {
    const wanted = { scenario: expected };
    if (cell.readme) wanted.readme = cell.shows ?? (await vips(baseUrl));
    await project.create(cell.tools ?? []);
    assert.deepEqual(await cell.run(project), wanted);
  } finally {
    await project.end();
    sandbox.stop();
  }
}

/** The version of a browser is known once it runs. */
const version = async ({ tools, browser: name }) =>
  name ? (await browser(name)).version : `${tools[0]} ${await versionOf(tools[0])}`;

const cells = await readCells();
const wanted = process.argv.slice(2);
if (!process.env.DRAFT) judgeReadme(cells);
const names = [...cells.keys()].filter((name) =>
  wanted[0] === "--ci" ? cells.get(name).ci !== false : !wanted.length || wanted.includes(name),
);

const folder = await temporaryFolder();
const rows = [];
try {
  const installed = await install(folder);
  for (const name of names) {
    const started = performance.now();
    const failure = await runCell(cells.get(name), installed).then(
      () => null,
      (error) => error,
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const row = { name, version: await version(cells.get(name)), failure, seconds };
    rows.push(row);
    console.log(`${failure ? "✗" : "✓"} ${name} (${seconds} s)`);
    if (failure) console.error(failure.message);
  }
} finally {
  await closeBrowsers();
  await rm(folder, { recursive: true, force: true });
}

console.log();
for (const { name, version, failure, seconds } of rows) {
  const result = failure ? "failed" : "passed";
  console.log(`${name.padEnd(22)} ${version.padEnd(28)} ${result} ${seconds.padStart(7)} s`);
}
process.exitCode = rows.some(({ failure }) => failure) ? 1 : 0;
