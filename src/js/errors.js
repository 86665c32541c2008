// The error classes: names, codes, statuses, and the sentences for the person in front of a page. The messages for
// developers are in failure.js.

import { byStatus, CustomersApiError, derive, LATER, TELL } from "./base-error.js";

export {
  ConfigurationError,
  CustomersApiError,
  configurationError,
  named,
  originalCause,
  refuse,
} from "./base-error.js";

const CORRECT = "Please correct them and try again.";

const HAS_ANSWER = ["headers", "body"];
const HAS_ISSUES = ["issues"];

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

/** The error of some issues. Its message contains their paths and codes, and no value. */
export const validationError = (issues) => {
  const first = issues
    .slice(0, 3)
    .map(({ path, code }) => [path.join("."), `(${code})`].join(" ").trim());
  // The last issue of a long list counts those that are not listed.
  const count = issues.length + (issues.at(-1).params?.more ?? 1) - 1;
  const more = count > 3 ? ", …" : "";
  const message = `${count} issue${count > 1 ? "s" : ""}: ${first.join(", ")}${more}`;
  return new ValidationError(message, {}, { __proto__: null, issues });
};

/** The text of a value in a URL; throws its issues, if there are any. */
export const valid = ({ issues, urlPart }) => {
  if (issues.length) throw validationError(issues);
  return urlPart;
};
