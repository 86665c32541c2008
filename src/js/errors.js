// The error classes: names, codes, the statuses they stand for, and what a person can do.

/** The mark by which an instance of `name` is known in every realm and in every copy of this package. */
const mark = (name) => Symbol.for(`collins-customers.${name}`);

const hidden = (value) => ({ value, configurable: true, writable: true });

export class CustomersApiError extends Error {
  /**
   * `shown` holds no personal data and may stand in logs; `kept` may hold some: it can be read, but is
   * left out where an error is printed, copied or made into JSON.
   */
  constructor(message, shown, kept) {
    super(message);
    // A getter, because `structuredClone` would copy a cause that is a value.
    for (const name in kept)
      Object.defineProperty(this, name, { get: () => kept[name], configurable: true });
    Object.assign(this, shown);
  }

  static [Symbol.hasInstance](value) {
    return Object.hasOwn(this, "brand")
      ? typeof value === "object" && value !== null && this.brand in value
      : Function.prototype[Symbol.hasInstance].call(this, value); // a class that a user derived
  }

  // Node prints the cause and every own property of an error; a cause can hold a URL with a query.
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return `${this.stack ?? this} ${JSON.stringify(this)}`;
  }
}

/** What to do, by class. */
const advice = new Map();
const byStatus = {};

// Names are given as text: minifiers rename classes. The code of `NotFoundError` is `not_found`.
const define = (Class, name, told, status) => {
  const code = name
    .slice(0, -"Error".length)
    .replace(/\B[A-Z]/g, "_$&")
    .toLowerCase();
  Object.defineProperty(Class, "name", hidden(name));
  Object.defineProperty(Class, "brand", hidden(mark(name)));
  Object.defineProperties(Class.prototype, {
    name: hidden(name),
    code: { ...hidden(code), enumerable: true },
    [mark(name)]: hidden(true),
  });
  advice.set(Class, told);
  byStatus[status] = Class;
  return Class;
};

const derive = (Parent, ...facts) => define(class extends Parent {}, ...facts);

define(CustomersApiError, "CustomersApiError");
export const ConfigurationError = derive(CustomersApiError, "ConfigurationError");
export const ValidationError = derive(CustomersApiError, "ValidationError");
export const ApiError = derive(
  CustomersApiError,
  "ApiError",
  "the service answered with a status that the API does not document",
);
export const BadRequestError = derive(
  ApiError,
  "BadRequestError",
  "the service could not read the request",
  400,
);
export const AuthenticationError = derive(
  ApiError,
  "AuthenticationError",
  "the token was not accepted: check it, and that it belongs to this environment",
  401,
);
export const PermissionDeniedError = derive(
  ApiError,
  "PermissionDeniedError",
  "the token is not allowed to do this: ask your account manager",
  403,
);
export const NotFoundError = derive(ApiError, "NotFoundError", "there is no such customer", 404);
export const ConflictError = derive(
  ApiError,
  "ConflictError",
  "the request is in conflict with another one",
  409,
);
export const UnprocessableEntityError = derive(
  ApiError,
  "UnprocessableEntityError",
  "the service refused values: see issues",
  422,
);
export const RateLimitError = derive(
  ApiError,
  "RateLimitError",
  "the quota of this hour is used up: see retryAfterMs",
  429,
);
export const InternalServerError = derive(ApiError, "InternalServerError", "the service failed");
export const ConnectionError = derive(
  CustomersApiError,
  "ConnectionError",
  "got no whole answer: see cause",
);
export const TimeoutError = derive(ConnectionError, "TimeoutError", "got no answer in time");
export const UnexpectedResponseError = derive(
  CustomersApiError,
  "UnexpectedResponseError",
  "the answer is not what the operation returns",
);

export const configurationError = (message, kept) => new ConfigurationError(message, {}, kept);

/** `issues` with a sentence that names their paths and codes, and no value. */
export const validationError = (issues) => {
  const first = issues
    .slice(0, 3)
    .map(({ path, code }) => [path.join("."), `(${code})`].join(" ").trim());
  const more = issues.length > 3 ? ", …" : "";
  const message = `${issues.length} issue${issues.length > 1 ? "s" : ""}: ${first.join(", ")}${more}`;
  return new ValidationError(message, {}, { issues });
};

/** What stands for a value in a URL, unless there are issues. */
export const valid = ({ issues, urlPart }) => {
  if (issues.length) throw validationError(issues);
  return urlPart;
};

/**
 * The issues of the body of a 422: `{"message", "errors": {"field": ["…"]}}` or the bare `{"field": ["…"]}`
 * [assumed], with dotted keys as paths. Digits in a key are a position; ids of preferences, which may be
 * digits too, are longer than any position.
 */
export const issuesOf = (body) =>
  Object.entries(body?.errors ?? body ?? {}).flatMap(([key, messages]) =>
    (Array.isArray(messages) ? messages : [])
      .filter((message) => typeof message === "string")
      .map((message) => ({
        path: key.split(".").map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : part)),
        code: "rejected",
        message,
      })),
  );

/** The class for a status that is no success. Browsers hide that of a redirect, and tell 0. */
export const classOfStatus = (status) =>
  byStatus[status] ?? (status >= 500 ? InternalServerError : ApiError);

/** What is told of an attempt after its method and route: the status, if there was one, and what to do. */
export const sentence = (Class, status) => {
  const told = advice.get(Class);
  if (status === undefined)
    return Class === UnexpectedResponseError
      ? ": fetch resolved to something that is no Response"
      : ` ${told}`;
  const isRedirect = status < 400 && Class === ApiError;
  return ` answered ${status || "with a redirect"}: ${
    isRedirect
      ? "redirects are not followed, because the token must not travel: check baseUrl"
      : told
  }`;
};
