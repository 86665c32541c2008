// The error classes: names, codes, the statuses they stand for, and what a person in front of a page is told.
// What developers are told of a call that failed is in failure.js.

import { visibleCause } from "./cause.js";

/** The mark by which an instance of `name` is known in every realm and in every copy of this package. */
const mark = (name) => Symbol.for(`collins-customers.${name}`);

// Without a prototype: what a script adds to that of all objects would be part of the descriptor.
const hidden = (value) => ({ __proto__: null, value, configurable: true, writable: true });
/** Names a class by text, which minifiers leave as it is. */
export const named = (name, Class) => Object.defineProperty(Class, "name", hidden(name));

const getter = (get) => ({ __proto__: null, get, configurable: true });

/** Where an error keeps what may hold personal data: in a function, into which nothing that prints it looks. */
const KEPT = mark("kept");

const kept = (error, name) => error?.[KEPT]?.()[name];

export class CustomersApiError extends Error {
  /**
   * `shown` holds no personal data and may stand in logs. `keeps` may hold some: it can be read, but is left
   * out wherever an error is printed, copied or made into JSON. Of a cause the class and the code are shown.
   */
  constructor(message, shown, keeps = { __proto__: null }) {
    super(message);
    Object.defineProperty(
      this,
      KEPT,
      hidden(() => keeps),
    );
    if ("cause" in keeps) Object.defineProperty(this, "cause", hidden(visibleCause(keeps.cause)));
    Object.assign(this, shown);
  }

  /** Test runners print the accessors of an error's class as well, unless it says what it is as JSON. */
  toJSON() {
    const { name, code, message } = this;
    return { name, code, message, ...this };
  }

  static [Symbol.hasInstance](value) {
    return Object.hasOwn(this, "brand")
      ? typeof value === "object" && value !== null && this.brand in value
      : Function.prototype[Symbol.hasInstance].call(this, value); // a class that a user derived
  }
}

/** What `fetch` or a token function rejected with. */
export const originalCause = (error) => kept(error, "cause");

const MAY_HAVE_SUCCEEDED =
  "The change may have been saved all the same: please check before you try again.";
const LATER = "Please try again later.";
const TELL = "Please tell the people who run this page.";
const CORRECT = "Please correct them and try again.";

const byStatus = { __proto__: null };

/**
 * Names are given as text, because minifiers rename classes; the code of `NotFoundError` is `not_found`. What
 * happened and what to do are for the person in front of a page; `keeps` names what may hold personal data.
 */
const define = (Class, name, happened, advice, keeps = [], status = 0) => {
  const code = name
    .slice(0, -"Error".length)
    .replace(/\B[A-Z]/g, "_$&")
    .toLowerCase();
  named(name, Class);
  Object.defineProperty(Class, "brand", hidden(mark(name)));
  const add = (key, descriptor) => Object.defineProperty(Class.prototype, key, descriptor);
  add("name", hidden(name));
  add("code", { __proto__: null, value: code, configurable: true, enumerable: true });
  add(mark(name), hidden(true));
  add(
    "userMessage",
    getter(function () {
      const what = typeof happened === "function" ? happened(this) : happened;
      return `${what} ${this.mayHaveSucceeded ? MAY_HAVE_SUCCEEDED : advice}`;
    }),
  );
  for (const key of keeps)
    add(
      key,
      getter(function () {
        return kept(this, key);
      }),
    );
  if (status) byStatus[status] = Class;
  return Class;
};

const derive = (Parent, ...facts) => define(class extends Parent {}, ...facts);

const HAS_ANSWER = ["headers", "body"];
const HAS_ISSUES = ["issues"];

define(CustomersApiError, "CustomersApiError", "Something went wrong.", LATER);
export const ConfigurationError = derive(
  CustomersApiError,
  "ConfigurationError",
  "This page is not set up correctly.",
  TELL,
);
export const ValidationError = derive(
  CustomersApiError,
  "ValidationError",
  "Some of the details are not valid.",
  CORRECT,
  HAS_ISSUES,
);
export const ApiError = derive(
  CustomersApiError,
  "ApiError",
  "Something went wrong.",
  LATER,
  HAS_ANSWER,
);
export const BadRequestError = derive(
  ApiError,
  "BadRequestError",
  "The request was not understood.",
  TELL,
  [],
  400,
);
export const AuthenticationError = derive(
  ApiError,
  "AuthenticationError",
  "You are not signed in, or not any more.",
  `Please sign in again. If that does not help, ${TELL.toLowerCase()}`,
  [],
  401,
);
export const PermissionDeniedError = derive(
  ApiError,
  "PermissionDeniedError",
  "You are not allowed to do this.",
  TELL,
  [],
  403,
);
export const NotFoundError = derive(
  ApiError,
  "NotFoundError",
  ({ route }) =>
    /\{/.test(route) ? "This customer was not found." : "The list of customers was not found.",
  TELL,
  [],
  404,
);
export const ConflictError = derive(
  ApiError,
  "ConflictError",
  "Someone else made a change at the same time.",
  "Please reload and try again.",
  [],
  409,
);
export const UnprocessableEntityError = derive(
  ApiError,
  "UnprocessableEntityError",
  "Some of the details were not accepted.",
  CORRECT,
  HAS_ISSUES,
  422,
);
export const RateLimitError = derive(
  ApiError,
  "RateLimitError",
  ({ resetAt }) =>
    resetAt
      ? `The hourly quota is used up until ${resetAt.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}.`
      : "Too many requests were made.",
  LATER,
  [],
  429,
);
export const InternalServerError = derive(
  ApiError,
  "InternalServerError",
  "The service has a problem.",
  LATER,
);
export const ConnectionError = derive(
  CustomersApiError,
  "ConnectionError",
  "The service could not be reached.",
  "Please check the internet connection and try again.",
);
export const TimeoutError = derive(
  ConnectionError,
  "TimeoutError",
  "The service took too long to answer.",
  LATER,
);
export const UnexpectedResponseError = derive(
  CustomersApiError,
  "UnexpectedResponseError",
  "The service gave an answer that cannot be used.",
  LATER,
  HAS_ANSWER,
);

/** The class for a status that is not a success. Browsers hide the status of a redirect and report 0. */
export const classOfStatus = (status) =>
  byStatus[status] ?? (status >= 500 ? InternalServerError : ApiError);

export const configurationError = (message, keeps) => new ConfigurationError(message, {}, keeps);

/** `issues` with a sentence that names their paths and codes, and no value. */
export const validationError = (issues) => {
  const first = issues
    .slice(0, 3)
    .map(({ path, code }) => [path.join("."), `(${code})`].join(" ").trim());
  // The last of a long list counts those that are not listed.
  const count = issues.length + (issues.at(-1).params?.more ?? 1) - 1;
  const more = count > 3 ? ", …" : "";
  const message = `${count} issue${count > 1 ? "s" : ""}: ${first.join(", ")}${more}`;
  return new ValidationError(message, {}, { __proto__: null, issues });
};

/** What stands for a value in a URL, unless there are issues. */
export const valid = ({ issues, urlPart }) => {
  if (issues.length) throw validationError(issues);
  return urlPart;
};
