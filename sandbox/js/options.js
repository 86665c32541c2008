// Reads and checks the options of a sandbox.

import { hasOptions, isObject } from "../../src/js/own.js";

export const OPERATIONS = ["list", "create", "get", "update", "delete"];

const isCount = (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32;

/** The check for each option, and its description in an error. */
const OPTIONS = {
  baseUrl: [(value) => /^https?:$/.test(protocolOf(value)), "an absolute http or https URL"],
  customers: [(value) => Array.isArray(value), "a list of customers"],
  exposeHeaders: [(value) => typeof value === "boolean", "a boolean"],
  faults: [hasOptions, "an object with share and perhaps only and seed"],
  now: [
    (value) => typeof value === "function" || Number.isFinite(Number(value)),
    "a Date, milliseconds since 1970, or a function that returns them",
  ],
  quota: [isCount, "a whole number of requests an hour"],
  seed: [isCount, "a whole number of customers"],
  snapshot: [
    (value) => isObject(value) && Array.isArray(value.customers),
    "what snapshot() returned",
  ],
  token: [(value) => typeof value === "string" && value !== "", "a string"],
};

const FAULTS = {
  share: [(value) => value >= 0 && value <= 1, "a share from 0 to 1"],
  only: [(value) => Array.isArray(value) && value.length > 0, "a list of faults"],
  seed: [isCount, "a whole number"],
};

function protocolOf(value) {
  try {
    return new URL(value).protocol;
  } catch {
    return "";
  }
}

function check(given, known, prefix) {
  const options = { __proto__: null };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name)) {
      const names = Object.keys(known).join(", ");
      throw new TypeError(`Unknown option "${prefix}${name}" of createSandbox: there are ${names}`);
    }
    if (value === undefined) continue;
    const [isValid, expected] = known[name];
    if (!isValid(value))
      throw new TypeError(`The option "${prefix}${name}" of createSandbox must be ${expected}`);
    options[name] = value;
  }
  return options;
}

/** Returns the options without those that are `undefined`. */
export function readOptions(given) {
  if (!hasOptions(given))
    throw new TypeError("The options of createSandbox must be a plain object");
  const options = check(given, OPTIONS, "");
  if (options.faults) {
    options.faults = check(options.faults, FAULTS, "faults.");
    if (options.faults.share === undefined)
      throw new TypeError('The option "faults" of createSandbox needs a share');
  }
  if (options.snapshot && (options.seed !== undefined || options.customers))
    throw new TypeError(
      "A sandbox begins with a snapshot, or else with a seed and customers: leave one of them out",
    );
  const ids = new Set();
  for (const [index, customer] of (options.customers ?? []).entries()) {
    if (!isObject(customer))
      throw new TypeError(`customers[${index}] of createSandbox must be an object`);
    const { id } = customer;
    if (id === undefined) continue;
    if (typeof id !== "string" || id === "" || ids.has(id))
      throw new TypeError(
        `customers[${index}].id of createSandbox must be a string that no other customer has: leave it out to be given one`,
      );
    ids.add(id);
  }
  return options;
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Converts a number of milliseconds, or a string such as `"90m"`, to milliseconds. */
export function toMilliseconds(duration) {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration) ?? [];
  const milliseconds = amount === undefined ? duration : amount * UNITS[unit];
  if (!Number.isFinite(milliseconds) || milliseconds < 0)
    throw new TypeError(
      'A duration is a number of milliseconds, or a string such as "500ms", "30s", "90m", "1h" or "2d"',
    );
  return milliseconds;
}

/** Converts a fault to the service's syntax. */
export function toFault(fault) {
  if (typeof fault === "number") return `status=${fault}`;
  if (typeof fault === "string") return fault === "lost-answer" ? "lost" : fault;
  const { status, delay, headers = {} } = { __proto__: null, ...fault };
  const what = delay === undefined ? `status=${status}` : `delay=${delay}`;
  const pairs = Object.entries(headers);
  return [what, ...pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)].join(";");
}
