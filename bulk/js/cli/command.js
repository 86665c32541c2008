// Runs a command: reads its arguments, does its work, and turns errors into exit codes.

import { parseArgs } from "node:util";

/** The sentences for errors of the file system. */
const FILE_ERRORS = {
  EACCES: "This user may not read it, or write there: name another file",
  EEXIST: "It already exists: move it, or name another file",
  EISDIR: "It is a folder, not a file",
  ENOENT: "There is no such file or folder",
  ENOSPC: "The disk is full",
  ENOTDIR: "There is no such folder",
  ENOTEMPTY: "This folder is in the way: move it",
  EPERM: "This user may not read it, or write there: name another file",
  EROFS: "Nothing can be written there: name another file",
};

/** The sentence for an error. */
export function sentenceOf({ code, path, message }) {
  const sentence = Object.hasOwn(FILE_ERRORS, code ?? "") ? FILE_ERRORS[code] : undefined;
  return sentence ? `${path ? `${path}: ` : ""}${sentence} (${code})` : message;
}

const HELP = { type: "boolean", short: "h" };

/**
 * Runs a command and resolves to its exit code. A command is `{ help, options, read, run }`: `options` are for
 * `parseArgs`; `read({ values, positionals })` returns the argument of `run`, or a promise of it, or throws if the
 * arguments are wrong; `run` resolves to an exit code.
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
    process.stderr.write(`${message}; see --help\n`);
    return 2;
  }
  try {
    return await run(given);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    // A TypeError is about an argument, such as a column or a field that does not exist.
    return error instanceof TypeError ? 2 : 3;
  }
}
