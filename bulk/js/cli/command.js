// How every command runs: its arguments are read, then it does its work, and what goes wrong becomes an exit code.

import { parseArgs } from "node:util";

const HELP = { type: "boolean", short: "h" };

/**
 * Runs a command and resolves to its exit code. A command is `{ help, options, read, run }`: `options` as `parseArgs`
 * takes them; `read({ values, positionals })` returns or resolves to what `run` is given, or throws for arguments that are wrong;
 * `run` resolves to an exit code.
 */
export async function runCommand({ help, options, read, run }, args) {
  let given;
  try {
    const parsed = parseArgs({ args, options: { ...options, help: HELP }, allowPositionals: true });
    if (parsed.values.help) {
      process.stdout.write(help);
      return 0;
    }
    given = await read(parsed);
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
