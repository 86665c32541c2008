// The proxy's own answers, in the service's formats.

/** The messages that the service documents, and Laravel's for the other statuses. */
const MESSAGES = {
  403: "This action is unauthorized.",
  404: "The requested resource was not found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Payload Too Large",
  414: "URI Too Long",
  415: "Unsupported Media Type",
  429: "Too Many Attempts.",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** The body with a message, as JSON text. */
export const bodyWith = (message) => JSON.stringify({ message });

/** The body for a status, as JSON text. */
export const bodyOf = (status) =>
  bodyWith(MESSAGES[status] ?? (status < 500 ? "Bad Request" : "Server Error"));

/** The header that says when to try again. */
export const retryAfter = (milliseconds) => ({
  "Retry-After": `${Math.max(1, Math.ceil(milliseconds / 1000))}`,
});

/**
 * The reason why a request is not sent, or its answer not passed on. It is thrown, and contains nothing of the request.
 */
export class Refusal {
  /**
   * `rule` is the `refusedBy` of onEvent. An empty body means the one of the status. `isUnsent` is true if nothing was
   * sent to the service.
   */
  constructor(status, rule, more) {
    const { body, headers, isUnsent = false } = { __proto__: null, ...more };
    this.status = status;
    this.rule = rule;
    this.body = body || bodyOf(status);
    this.headers = headers ?? {};
    this.isUnsent = isUnsent;
  }
}
