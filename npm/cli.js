#!/usr/bin/env node
// `npx collins-customers <command> …`: finds the file that has the command, so that none of the others is loaded.

import { readFileSync } from "node:fs";

/** The entry of the package that has each command, and its line in the help. */
const COMMANDS = {
  check: ["bulk", "checks a file of customers with the rules of the API"],
  export: ["bulk", "writes the customers of the service to a file"],
  import: ["bulk", "creates and updates the customers of a file at the service"],
  sandbox: ["sandbox", "serves the API for development, on this machine and in memory"],
};

const names = Object.keys(COMMANDS);
const width = Math.max(...names.map((name) => name.length));
const lines = names.map((name) => `  ${name.padEnd(width)}  ${COMMANDS[name][1]}`);
const HELP = `Usage: npx collins-customers <command>

${lines.join("\n")}

Each command explains itself with --help. --version prints the version of the package.
`;

function version() {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return `${JSON.parse(manifest).version}\n`;
}

const [name = "", ...rest] = process.argv.slice(2);
if (Object.hasOwn(COMMANDS, name)) {
  const { main } = await import(`./${COMMANDS[name][0]}/cli.js`);
  process.exitCode = await main([name, ...rest]);
} else if (["--version", "-v"].includes(name)) {
  process.stdout.write(version());
} else if (["help", "--help", "-h"].includes(name)) {
  process.stdout.write(HELP);
} else {
  const unknown = `Unknown command "${name}": the commands are ${names.join(", ")}; see --help\n`;
  process.stderr.write(name ? unknown : HELP);
  process.exitCode = 2;
}
