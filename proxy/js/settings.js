// The options of a proxy. index.d.ts documents them.

import { checkAddress } from "../../src/js/address.js";
import { BAD_TOKEN, isToken } from "../../src/js/bearer.js";
import { operations, PLAYPEN, PRODUCTION } from "../../src/js/contract.js";
import { Shares } from "./share.js";

/** The operations by their numbers in contract.js. */
export const OPERATIONS = ["list", "create", "get", "update", "delete"];

const isFunction = (value) => typeof value === "function";
const isList = (value, isItem) => Array.isArray(value) && value.every(isItem);

/** Returns whether a text is an origin as a browser sends it. Every sandboxed frame has the origin `null`. */
const isOrigin = (text) => {
  try {
    return new URL(text).origin === text && text !== "null";
  } catch {
    return false;
  }
};

const isLedger = (methods) => (value) =>
  isFunction(value) || methods.every((name) => isFunction(value?.[name]));

const milliseconds = [
  (value) => typeof value === "number" && value > 0 && value < 2 ** 31,
  "a number of milliseconds above 0 and below 2 ** 31",
];

/** The check of each option, and its description in an error. */
const KNOWN = {
  token: [
    (value) => typeof value === "string" || isFunction(value),
    "a string, or a function that returns one",
  ],
  environment: [(value) => ["production", "playpen"].includes(value), '"production" or "playpen"'],
  baseUrl: [(value) => typeof value === "string", "a string"],
  fetch: [isFunction, "a function"],
  authorize: [
    isFunction,
    "a function: (request, { operation }) => scope, true, false or a Response",
  ],
  allow: [
    (value) => isList(value, (name) => OPERATIONS.includes(name)),
    `a list of operations: ${OPERATIONS.join(", ")}`,
  ],
  origins: [
    (value) => isList(value, isOrigin),
    'a list of exact origins, such as "https://app.example", without a path or a slash at the end',
  ],
  basePath: [
    (value) => typeof value === "string" && /^(\/[\w.~-]+)*$/.test(value),
    'a path such as "/api", or empty',
  ],
  maxBodyBytes: [(value) => Number.isInteger(value) && value > 0, "a whole number above 0"],
  timeout: milliseconds,
  enforce: [(value) => ["refuse", "log"].includes(value), '"refuse" or "log"'],
  quota: [isLedger(["lease"]), "a ledger, or a function that returns one"],
  idempotency: [isLedger(["begin", "end", "claim"]), "a ledger, or a function that returns one"],
  onEvent: [isFunction, "a function"],
};

const DEFAULTS = {
  allow: ["list", "get"],
  origins: [],
  basePath: "/api",
  maxBodyBytes: 65_536,
  timeout: 30_000,
  enforce: "refuse",
};

/** Throws an error about the options. The client's error classes would add 0.7 KB. */
const refuse = (message) => {
  throw new TypeError(message);
};

export const readSettings = (options) => {
  if (typeof options !== "object" || options === null)
    refuse("The options of a proxy must be an object");
  const given = { __proto__: null };
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(KNOWN, name))
      refuse(`Unknown option "${name}": a proxy knows ${Object.keys(KNOWN).join(", ")}`);
    if (value === undefined) continue;
    const [isValid, expected] = KNOWN[name];
    if (!isValid(value)) refuse(`${name} must be ${expected}`);
    given[name] = value;
  }
  if (!given.authorize)
    refuse(
      "authorize is missing: without it the proxy would be open to everyone. It decides who may do what",
    );
  const { token, environment } = given;
  if (environment !== undefined && given.baseUrl !== undefined)
    refuse("Give either environment or baseUrl, not both");
  if (token !== undefined && !isFunction(token) && !isToken(token)) refuse(BAD_TOKEN);
  const { baseUrl = environment === "playpen" ? PLAYPEN : PRODUCTION } = given;
  // The client's rules about where a token may be sent.
  const address = checkAddress({ baseUrl, token, headers: [] }, refuse);
  if (!address) refuse("baseUrl must be absolute, such as https://service.example/api");
  const settings = { __proto__: null, ...DEFAULTS, ...given, baseUrl: address };
  const isAllowed = (_, operation) => settings.allow.includes(OPERATIONS[operation]);
  return {
    __proto__: null,
    ...settings,
    shares: new Shares(),
    /** For each operation, by its number. */
    isAllowed: operations.map(isAllowed),
    /** The methods of the path of all customers, and of the path of one. */
    methods: [false, true].map((isOne) =>
      operations
        .filter(([, path], operation) => path.includes("{") === isOne && isAllowed(0, operation))
        .map(([method]) => method)
        .join(", "),
    ),
  };
};
