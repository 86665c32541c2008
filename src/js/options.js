// The options of a client and of a call: their names and types. What they mean is said in types.d.ts; what
// a URL or a token may be is a rule of the core (request.rs).

import { configurationError } from "./errors.js";

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isFunction = (value) => typeof value === "function";
const isBoolean = (value) => typeof value === "boolean";
const isOneOf = (...texts) => [(value) => texts.includes(value), `one of ${texts.join(", ")}`];

const milliseconds = [
  (value) => typeof value === "number" && value > 0,
  "a number of milliseconds above 0",
];
const observer = [isFunction, "a function"];
const object = [isObject, "an object"];
const boolean = [isBoolean, "true or false"];
const ofEach = {
  timeout: milliseconds,
  totalTimeout: milliseconds,
  maxRetries: [
    (value) => Number.isInteger(value) && value >= 0 && value <= 100,
    "a whole number, 0 to 100",
  ],
  headers: object,
};

const ofClient = {
  ...ofEach,
  token: [
    (value) => typeof value === "string" || isFunction(value),
    "text, or a function that returns it",
  ],
  environment: isOneOf("production", "playpen"),
  baseUrl: [(value) => typeof value === "string", "text"],
  fetch: observer,
  maxRetryAfter: milliseconds,
  onRequest: observer,
  onResponse: observer,
  onRetry: observer,
  logger: object,
  logLevel: isOneOf("off", "error", "warn", "info", "debug"),
  dangerouslyAllowBrowser: boolean,
};

const ofCall = {
  ...ofEach,
  signal: [(value) => isFunction(value?.addEventListener), "an AbortSignal"],
  validate: boolean,
  extraBody: object,
};

/** The options that are given, each of its type. */
const read = (options, known) => {
  if (!isObject(options)) throw configurationError("Options must be an object");
  const given = {};
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name))
      throw configurationError(
        `There is no option ${name}: there are ${Object.keys(known).join(", ")}`,
      );
    const [isValid, expected] = known[name];
    if (value === undefined) continue;
    if (!isValid(value)) throw configurationError(`${name} must be ${expected}`);
    given[name] = value;
  }
  return given;
};

/** Headers as pairs. The platform says what a header can carry; what it says would quote the value. */
const pairs = (headers, mayRemove) =>
  Object.entries(headers)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      try {
        if (typeof value !== "string" && !(value === null && mayRemove)) throw value;
        new Headers([[name, value ?? ""]]);
        return [name, value];
      } catch {
        throw configurationError(
          "headers must be an object of header names, and of texts that a header can carry",
        );
      }
    });

/** Whether this is a page in a browser, where everyone can read what a script holds. */
const isPage = () => typeof window !== "undefined" && typeof document !== "undefined";

/** The settings of a client, from its options and the contract's defaults. */
export const readSettings = (
  options = {},
  production,
  playpen,
  timeout,
  totalTimeout,
  maxRetries,
  maxRetryAfter,
) => {
  const given = read(options, ofClient);
  if (given.environment !== undefined && given.baseUrl !== undefined)
    throw configurationError("Give either environment or baseUrl, not both");
  return {
    timeout,
    totalTimeout,
    maxRetries,
    maxRetryAfter,
    baseUrl: given.environment === "playpen" ? playpen : production,
    ...given,
    headers: pairs(given.headers ?? {}, false),
    isExposed: isPage() && !given.dangerouslyAllowBrowser,
    isUnchecked: false,
    rateLimit: null,
  };
};

/** The options of a call: its own, or else the client's. */
export const readCall = (options, settings) => {
  if (options === undefined) return settings;
  const given = read(options, ofCall);
  const headers = given.headers
    ? [...settings.headers, ...pairs(given.headers, true)]
    : settings.headers;
  return { ...settings, ...given, headers, isUnchecked: given.validate === false };
};

/** The options of a client with others in their place; an environment takes the place of a base URL. */
export const overrideOptions = (options, overrides) => {
  const { environment, baseUrl, ...rest } = { ...options };
  const place =
    overrides?.environment === undefined && overrides?.baseUrl === undefined
      ? { environment, baseUrl }
      : {};
  return { ...rest, ...place, ...overrides };
};
