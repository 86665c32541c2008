// The options of a client and of a call: their names, their types, and what a base URL and a token may be.
// What they mean is said in types.d.ts.

import { PLAYPEN, PRODUCTION, policy } from "./contract.js";
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

/** The token, if a header can carry it: visible ASCII, and some of it. */
export const checkToken = (token) => {
  if (token !== undefined && !(typeof token === "string" && /^[!-~]+$/.test(token)))
    throw configurationError(
      "token must be visible ASCII characters: check for a line end or blanks",
    );
  return token;
};

/** Loopback hosts, as `URL` writes them. */
const LOOPBACK = /^(127(\.\d+){3}|(.+\.)?localhost|\[::1\])$/;

/** The host of a base URL, if paths can be joined to it and a token may travel there. */
const checkBaseUrl = (text) => {
  const refuse = (why) => {
    throw configurationError(`baseUrl must ${why}`);
  };
  let url;
  try {
    if (/^https?:\/\/[^/]/i.test(text)) url = new URL(text);
  } catch {
    // It is refused in the next line.
  }
  if (!url) refuse("be absolute, such as https://proxy.example/api");
  if (/[^!-~]|[?#\\]/.test(text)) refuse("hold neither a query nor a fragment nor blanks");
  if (url.username || url.password) refuse("hold no user name and no password");
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname))
    refuse("begin with https://; http:// is for loopback hosts only");
  // A host may be written with the root's dot behind it.
  return url.hostname.replace(/\.$/, "");
};

/** The hosts of the service itself, where a token must not be sent from a browser page. */
const SERVICE = [PRODUCTION, PLAYPEN].map((service) => new URL(service).hostname);

/** The settings of a client, from its options and the contract's defaults. */
export const readSettings = (options = {}) => {
  const given = read(options, ofClient);
  const { environment, token } = given;
  if (environment !== undefined && given.baseUrl !== undefined)
    throw configurationError("Give either environment or baseUrl, not both");
  const { baseUrl = environment === "playpen" ? PLAYPEN : PRODUCTION } = given;
  const host = checkBaseUrl(baseUrl);
  if (typeof token !== "function") checkToken(token);
  if (SERVICE.includes(host)) {
    if (token === undefined)
      throw configurationError("token is missing: the service answers no request without one");
    if (isPage() && !given.dangerouslyAllowBrowser)
      throw configurationError(
        "A token in a browser page is open to everyone: set baseUrl to a proxy that holds it, or dangerouslyAllowBrowser",
      );
  }
  return {
    ...policy,
    ...given,
    baseUrl: baseUrl.replace(/\/+$/, ""),
    headers: pairs(given.headers ?? {}, false),
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
