// The base of all error classes, and the only class that does not need a call.

import { hidden, visibleCause } from "./cause.js";

/** The symbol that identifies an instance of `name` in every realm and in every copy of this package. */
const mark = (name) => Symbol.for(`collins-customers.${name}`);

/** Names a class by a string, which minifiers do not change. */
export const named = (name, Class) => Object.defineProperty(Class, "name", hidden(name));

const getter = (get) => ({ __proto__: null, get, configurable: true });

/** The property for personal data of an error: a function, because nothing that prints an error looks into one. */
const KEPT = mark("kept");

const kept = (error, name) => error?.[KEPT]?.()[name];

export class CustomersApiError extends Error {
  /**
   * `shown` contains no personal data and may be logged. `keeps` may contain some: it can be read, but is left
   * out wherever an error is printed, copied or made into JSON. Of a cause only the class and the code are shown.
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

  /** Test runners print the accessors of an error's class as well, unless it has a `toJSON`. */
  toJSON() {
    const { name, code, message } = this;
    return { name, code, message, ...this };
  }

  static [Symbol.hasInstance](value) {
    return Object.hasOwn(this, "brand")
      ? typeof value === "object" && value !== null && this.brand in value
      : Function.prototype[Symbol.hasInstance].call(this, value); // a class derived by a user
  }
}

/** The reason with which `fetch` or a token function rejected. */
export const originalCause = (error) => kept(error, "cause");

const MAY_HAVE_SUCCEEDED =
  "The change may have been made all the same: please check before you try again.";
export const LATER = "Please try again later.";
export const TELL = "Please tell the people who run this page.";

export const byStatus = { __proto__: null };

/**
 * Defines a class. Its name is a string, because minifiers rename classes; the code of `NotFoundError` is `not_found`.
 * `happened` and `advice` are for the person in front of a page; `keeps` names properties that may contain personal
 * data.
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

export const derive = (Parent, ...facts) => define(class extends Parent {}, ...facts);

export const configurationError = (message, keeps) => new ConfigurationError(message, {}, keeps);

/** Throws an error about the options. */
export const refuse = (message) => {
  throw configurationError(message);
};

define(CustomersApiError, "CustomersApiError", "Something went wrong.", LATER);
export const ConfigurationError = derive(
  CustomersApiError,
  "ConfigurationError",
  "This page is not set up correctly.",
  TELL,
);
