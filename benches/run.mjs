// `cargo xtask bench` runs it after a build: node --expose-gc benches/run.mjs <target folder> [ROW…]

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "./generated.mjs";
import { machine } from "./machine.mjs";
import { BESIDE, OWN } from "./peers.mjs";
import { toFile, toText } from "./report.mjs";

// The order of the table.
const ROWS = [
  "web",
  "bundle",
  "create",
  "mistakes",
  "query",
  "page",
  "empty",
  "create-call",
  "process",
  "memory",
  "sandbox",
  "proxy-get",
  "proxy-post",
  "bulk",
  "bulk-cold",
  "bulk-memory",
  "bulk-chromium",
];

const [target, ...wanted] = process.argv.slice(2);
const unknown = wanted.find((name) => !ROWS.includes(name));
if (unknown !== undefined) {
  console.error(`there is no row \`${unknown}\`, but: ${ROWS.join(", ")}`);
  process.exit(1);
}

const generated = join(target, "bench");
await generate(generated);

const rows = [];
for (const name of ROWS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const { work, unit, target, measure, isReached } = await import(`./rows/${name}.mjs`);
  const results = await measure(generated);
  const own = results.find((result) => result.name === OWN);
  const reached = target === null ? null : (isReached?.(results) ?? own.value <= target);
  const row = { name, work, unit, target, reached, results };
  console.log(toText(row));
  rows.push(row);
}

const { dependencies } = JSON.parse(
  readFileSync(join(import.meta.dirname, "package.json"), "utf8"),
);
const report = { machine: machine(), versions: dependencies, rows };
writeFileSync(join(target, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
console.log(`\n▲ target missed; all figures: ${join(target, "bench.json")}`);
// All rows of the table are measured in one run, so that they can be compared.
if (wanted.length === 0 && !BESIDE) toFile("BENCHMARKS.md", report);
