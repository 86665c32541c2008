// The error classes. Rust names a class and gives what it knows (errors.rs); here it becomes an `Error`.

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

// Names are given as text: minifiers rename classes.
const define = (Class, name, code) => {
  Object.defineProperty(Class, "name", hidden(name));
  Object.defineProperty(Class, "brand", hidden(mark(name)));
  Object.defineProperties(Class.prototype, {
    name: hidden(name),
    code: { ...hidden(code), enumerable: true },
    [mark(name)]: hidden(true),
  });
  return Class;
};

define(CustomersApiError, "CustomersApiError", "customers_api");

const classes = {};

const derive = (Parent, name, code) =>
  (classes[name] = define(class extends Parent {}, name, code));

export const ConfigurationError = derive(CustomersApiError, "ConfigurationError", "configuration");
export const ValidationError = derive(CustomersApiError, "ValidationError", "validation");
export const ApiError = derive(CustomersApiError, "ApiError", "api");
export const BadRequestError = derive(ApiError, "BadRequestError", "bad_request");
export const AuthenticationError = derive(ApiError, "AuthenticationError", "authentication");
export const PermissionDeniedError = derive(ApiError, "PermissionDeniedError", "permission_denied");
export const NotFoundError = derive(ApiError, "NotFoundError", "not_found");
export const ConflictError = derive(ApiError, "ConflictError", "conflict");
export const UnprocessableEntityError = derive(
  ApiError,
  "UnprocessableEntityError",
  "unprocessable_entity",
);
export const RateLimitError = derive(ApiError, "RateLimitError", "rate_limit");
export const InternalServerError = derive(ApiError, "InternalServerError", "internal_server");
export const ConnectionError = derive(CustomersApiError, "ConnectionError", "connection");
export const TimeoutError = derive(ConnectionError, "TimeoutError", "timeout");
export const UnexpectedResponseError = derive(
  CustomersApiError,
  "UnexpectedResponseError",
  "unexpected_response",
);

/** Makes an error of the class of this name, as error.rs names it. */
export const createError = (name, message, shown, kept) => new classes[name](message, shown, kept);

export const configurationError = (message, kept) =>
  createError("ConfigurationError", message, {}, kept);

/** `issues` are the JSON text that the core wrote. */
export const validationError = (message, issues) =>
  createError("ValidationError", message, {}, { issues: JSON.parse(issues) });
