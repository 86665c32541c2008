// The commands of `npx collins-customers` that work on files of customers. Each has a file in cli/.

import check from "./cli/check.js";
import { runCommand } from "./cli/command.js";
import exportCommand from "./cli/export.js";
import importCommand from "./cli/import.js";

const COMMANDS = { check, export: exportCommand, import: importCommand };

/** Resolves to the exit code. */
export const main = ([name, ...args]) => runCommand(COMMANDS[name], args);
