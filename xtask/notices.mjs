// The notices of the crates that are linked into the package's WebAssembly modules: the copyright holders and the
// licence of each.
//
// Why not cargo-about: it does the same from the same lists, but takes minutes to install.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const cargo = (...args) => execFileSync("cargo", args, { encoding: "utf8", maxBuffer: 2 ** 28 });

/** The text of this project's own licence, without its copyright. */
const MIT = readFileSync("LICENSE-MIT", "utf8")
  .replace(/^.*?(?=Permission)/s, "")
  .trim();

/** The crates that are linked into the modules of these packages of the workspace, as `name version`. */
function linked(packages) {
  const lines = cargo(
    "tree",
    "--locked",
    ...["--edges", "normal,no-proc-macro", "--target", "wasm32-unknown-unknown"],
    ...["--prefix", "none", "--format", "{p}"],
    ...packages.flatMap((name) => ["--package", name]),
  );
  return new Set(lines.split("\n").map((line) => line.replace(/^(\S+) v(\S+).*$/, "$1 $2")));
}

/** The texts of a crate's licence. If there is a choice, MIT is enough. */
function textsOf({ name, authors, license, manifest_path }) {
  const folder = dirname(manifest_path);
  const mayBeMit = /\bMIT\b/.test(license) && !/\bAND (Apache|Unlicense|Zlib)/.test(license);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|copyright|notice)/i.test(file))
    .filter((file) => !(mayBeMit && /apache|unlicense|zlib/i.test(file)))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length > 0) return texts;
  if (mayBeMit)
    return [`Copyright (c) ${authors.join(", ") || `the authors of ${name}`}\n\n${MIT}`];
  throw new Error(`${name} (${license}) comes without the text of its licence`);
}

/** The text of the notices for the modules of these packages of the workspace. */
export function notices(packages) {
  const crates = linked(packages);
  const byText = new Map();
  const add = (title, text) => byText.set(text, [...(byText.get(text) ?? []), title]);

  // The project's own licence files are beside this one.
  const { packages: all } = JSON.parse(cargo("metadata", "--locked", "--format-version", "1"));
  for (const crate of all) {
    if (crate.source === null || !crates.has(`${crate.name} ${crate.version}`)) continue;
    for (const text of textsOf(crate))
      add(`${crate.name} ${crate.version} (${crate.license})`, text);
  }
  const rust = execFileSync("rustc", ["--version"], { encoding: "utf8" }).split(" ")[1];
  add(
    `the standard library of Rust ${rust} (MIT OR Apache-2.0)`,
    `Copyright (c) The Rust Project Contributors\n\n${MIT}`,
  );

  const parts = [...byText].map(
    ([text, titles]) => `${titles.join("\n")}\n\n${text.replaceAll(/^(?=.)/gm, "    ")}\n`,
  );
  return `The WebAssembly modules of this package contain code of the following works. Where a work may be used under one of
several licences, it is used under MIT.

${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
