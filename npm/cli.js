#!/usr/bin/env node
// `npx collins-customers <command> …`: finds the file that has the command, so that none of the others is loaded.

/** The entry of the package that has each command, and its line in the help. */
const COMMANDS = {
  check: ["bulk", "checks a file of customers with the rules of the API"],
  export: ["bulk", "writes the customers of the service to a file"],
  import: ["bulk", "creates and updates the customers of a file at the service"],
  sandbox: ["sandbox", "serves the API for development, on this machine and in memory"],
};

const [name, ...rest] = process.argv.slice(2);
const [member] = Object.hasOwn(COMMANDS, name ?? "") ? COMMANDS[name] : [];
if (member) {
  const { main } = await import(`./${member}/cli.js`);
  process.exitCode = await main([name, ...rest]);
} else {
  const isHelp = ["help", "--help", "-h"].includes(name);
  const width = Math.max(...Object.keys(COMMANDS).map((command) => command.length));
  const lines = Object.entries(COMMANDS).map(
    ([command, [, summary]]) => `  ${command.padEnd(width)}  ${summary}`,
  );
  const text = `Usage: npx collins-customers <command>\n\n${lines.join("\n")}\n\nEach command explains itself with --help.\n`;
  (isHelp ? process.stdout : process.stderr).write(text);
  process.exitCode = isHelp ? 0 : 2;
}
