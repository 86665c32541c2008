// The figures for people: at the terminal and in BENCHMARKS.md.

import { readFileSync, writeFileSync } from "node:fs";
import { OWN } from "./peers.mjs";
import { AGAIN } from "./rounds.mjs";

const digits = (value) => (Math.abs(value) < 20 ? value.toFixed(2) : value.toFixed(0));
const ratio = (value) => value.toFixed(2);

const figure = ({ unit }, value) =>
  unit.startsWith("×")
    ? ratio(value)
    : unit.startsWith("KB after")
      ? value.toFixed(1)
      : digits(value);

const spread = (row, { low, high }) =>
  low === undefined ? "" : `${figure(row, low)}–${figure(row, high)}`;

const absolute = ({ microseconds, milliseconds }) =>
  microseconds !== undefined
    ? `${digits(microseconds)} µs`
    : milliseconds !== undefined
      ? `${digits(milliseconds)} ms`
      : "";

const targetOf = ({ target }) =>
  target === null ? "" : typeof target === "number" ? `≤ ${target}` : target;

const markOf = ({ target, reached }) => (target === null ? "" : reached ? "✓" : "▲");

/** One row for the terminal: all contestants, the best first. */
export function toText(row) {
  const lines = [`\n${row.work.replaceAll("`", "")} (${row.unit.replaceAll("`", "")})`];
  for (const result of [...row.results].sort((a, b) => a.value - b.value)) {
    const isOwn = result.name === OWN;
    lines.push(
      [
        isOwn ? markOf(row).padEnd(1) : " ",
        result.name.padEnd(36),
        figure(row, result.value).padStart(8),
        spread(row, result).padStart(15),
        absolute(result).padStart(12),
        isOwn && targetOf(row) ? `  target: ${targetOf(row)}` : "",
      ].join(" "),
    );
  }
  return lines.map((line) => line.trimEnd()).join("\n");
}

const cells = (texts) => `| ${texts.join(" | ")} |`;

/** All rows as a table for BENCHMARKS.md. */
function toMarkdown(rows) {
  const lines = [
    cells(["work", "figures are", "noise", `**${OWN}**`, "target", "", "others"]),
    "|---|---|---|--:|--:|---|---|",
  ];
  for (const row of rows) {
    const own = row.results.find(({ name }) => name === OWN);
    const again = row.results.find(({ name }) => name === AGAIN);
    const others = row.results
      .filter(({ name, value }) => name !== OWN && name !== AGAIN && !(value === 1 && again))
      .sort((a, b) => a.value - b.value)
      .map(({ name, value }) => `${name.replace(`${OWN}, `, "ours ")} ${figure(row, value)}`);
    lines.push(
      cells([
        row.work,
        row.unit,
        again ? `${figure(row, again.value)} (${spread(row, again)})` : "",
        `**${figure(row, own.value)}**`,
        targetOf(row),
        markOf(row),
        others.join(", "),
      ]),
    );
  }
  return lines.join("\n");
}

const BEGIN = "<!-- written by cargo xtask bench: begin -->";
const END = "<!-- written by cargo xtask bench: end -->";

/** Replaces the figures in the file. */
export function toFile(file, { machine, versions, rows }) {
  const text = readFileSync(file, "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${file}: the marks around the table are missing`);
  const peers = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  const middle = [
    `Machine: ${machine}.`,
    `Peers: ${peers}.`,
    toMarkdown(rows),
    "✓ target met, ▲ target missed. In brackets: where the middle four fifths of the rounds lie.",
  ].join("\n\n");
  writeFileSync(file, `${before}${BEGIN}\n\n${middle}\n\n${END}${after}`);
}
