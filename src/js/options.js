// The options of a client and of a call: their names, their types, and how they are merged. types.d.ts documents them.
// `undefined` counts as absent.

import { checkAddress } from "./address.js";
import { BAD_TOKEN, isToken } from "./bearer.js";
import { MAX_RESPONSE_BYTES, PLAYPEN, PRODUCTION, policy } from "./contract.js";
import { refuse } from "./errors.js";
import { hasOptions, isObject, isPlain } from "./own.js";

const isIterable = (value) => typeof value?.[Symbol.iterator] === "function";

// The rule for each option: its type or types, the same in words, and a test of a value that has that type.
const is = (type, expected, test = () => true) => ({ type, expected, test });
const isOneOf = (...texts) =>
  is("string", `one of ${texts.join(", ")}`, (value) => texts.includes(value));
const above0 = (unit) => is("number", `a number of ${unit} above 0`, (value) => value > 0);

const milliseconds = above0("milliseconds");
const callback = is("function", "a function");
const boolean = is("boolean", "true or false");
const ofEach = {
  timeout: milliseconds,
  totalTimeout: milliseconds,
  maxRetries: is(
    "number",
    "a whole number from 0 to 100",
    (value) => Number.isInteger(value) && value >= 0 && value <= 100,
  ),
  maxResponseBytes: above0("bytes"),
  headers: is(
    "object",
    "a plain object, Headers, a Map or a list of pairs",
    (value) => isPlain(value) || isIterable(value),
  ),
};

const ofClient = {
  ...ofEach,
  token: is("string or function", "a string, or a function that returns one"),
  environment: isOneOf("production", "playpen"),
  baseUrl: is("string", "a string"),
  fetch: callback,
  maxRetryAfter: milliseconds,
  idempotency: boolean,
  onRequest: callback,
  onResponse: callback,
  onRetry: callback,
  logger: is("object", "an object", isObject),
  logLevel: isOneOf("off", "error", "warn", "info", "debug"),
  dangerouslyAllowBrowser: boolean,
  dangerouslyAllowUnencryptedToken: boolean,
};

const ofCall = {
  ...ofEach,
  signal: is("object", "an AbortSignal", (value) => typeof value?.addEventListener === "function"),
  validate: boolean,
  extraBody: is("object", "a plain object", (value) => isObject(value) && !isIterable(value)),
};

/** Returns whether at most `edits` insertions, deletions and replacements of a letter make one name into the other. */
const isNear = (a, b, edits) => {
  if (a === b) return true;
  if (a && a[0] === b[0]) return isNear(a.slice(1), b.slice(1), edits);
  return (
    edits > 0 &&
    [
      [1, 0],
      [0, 1],
      [1, 1],
    ].some(([i, j]) => isNear(a.slice(i), b.slice(j), edits - 1))
  );
};

/** The option that was probably meant: one with a similar name, or one that contains or is contained in the name. */
const suggestion = (name, known) => {
  const bare = (text) => text.toLowerCase().replaceAll("_", "");
  const given = bare(name);
  const names = Object.keys(known);
  const near = [0, 1, 2].flatMap((edits) =>
    names.filter((name) => isNear(given, bare(name), edits)),
  );
  const parts = names.filter((name) => bare(name).includes(given) || given.includes(bare(name)));
  return [...near, ...parts][0];
};

const unknown = (name, known) => {
  const told = `Unknown option "${name}"`;
  if (Object.hasOwn(ofClient, name))
    return `${told} of a call. It is an option of the client: see withOptions`;
  const meant = suggestion(name, known);
  return meant ? `${told}. Did you mean "${meant}"?` : told;
};

/** Reads the given options and checks their types. */
const read = (options, known) => {
  if (!hasOptions(options)) refuse("Options must be a plain object");
  const given = { __proto__: null };
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) refuse(unknown(name, known));
    if (value === undefined) continue;
    const { type, expected, test } = known[name];
    const isOfType = type.includes(typeof value);
    if (!isOfType || !test(value))
      refuse(`${name} must be ${expected}${isOfType ? "" : `; its type is ${typeof value}`}`);
    given[name] = value;
  }
  return given;
};

/** Headers as pairs. The platform checks them; its message is not used, because it would quote the value. */
const pairsOf = (headers, mayRemove) => {
  try {
    const pairs = isIterable(headers) ? [...headers] : Object.entries(headers);
    return pairs.flatMap((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw pair;
      const [name, value] = pair;
      if (value === undefined) return [];
      if (typeof value !== "string" && !(value === null && mayRemove)) throw value;
      new Headers([[name, value ?? ""]]);
      return [[name, value]];
    });
  } catch {
    refuse(
      "headers must be pairs of a name and a string, both of characters that a header can contain",
    );
  }
};

/** The settings of a client, from its options and the contract's defaults. */
export const readSettings = (options = {}) => {
  const given = read(options, ofClient);
  const { environment, token } = given;
  if (environment !== undefined && given.baseUrl !== undefined)
    refuse("Give either environment or baseUrl, not both");
  if (token !== undefined && typeof token !== "function" && !isToken(token)) refuse(BAD_TOKEN);
  const settings = {
    __proto__: null,
    ...policy,
    maxResponseBytes: MAX_RESPONSE_BYTES,
    baseUrl: environment === "playpen" ? PLAYPEN : PRODUCTION,
    ...given,
    given,
    headers: given.headers ? pairsOf(given.headers, false) : [],
    isUnchecked: false,
    rateLimit: null,
  };
  settings.address = checkAddress(settings, refuse);
  return settings;
};

/** The options of a call: its own, or else the client's. */
export const readCall = (options, settings) => {
  if (options === undefined) return settings;
  const given = read(options, ofCall);
  const merged = { __proto__: null, ...settings, ...given, isUnchecked: given.validate === false };
  merged.headers = settings.headers;
  if (given.headers) {
    merged.headers = [...settings.headers, ...pairsOf(given.headers, true)];
    // They may contain a token, so the rules for the address must be checked again.
    merged.address = undefined;
  }
  return merged;
};

/**
 * The options of a client with some replaced, as they were when it was created: their object may have changed since. An
 * environment replaces a base URL, and the other way round.
 */
export const overrideOptions = ({ given, headers }, overrides = {}) => {
  const replaced = read(overrides, ofClient);
  const options = { __proto__: null, ...given, headers };
  if ("environment" in replaced || "baseUrl" in replaced) {
    delete options.environment;
    delete options.baseUrl;
  }
  return Object.assign(options, replaced);
};
