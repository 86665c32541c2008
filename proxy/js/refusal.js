// The proxy's own answers, in the service's formats.

/** The bodies that the service documents, and Laravel's for the other statuses. */
const BODIES = {
  400: { message: "Bad Request" },
  401: { error: "Unauthenticated." },
  403: { message: "This action is unauthorized." },
  404: { message: "The requested resource was not found" },
  405: { message: "Method Not Allowed" },
  408: { message: "Request Timeout" },
  413: { message: "Payload Too Large" },
  414: { message: "URI Too Long" },
  415: { message: "Unsupported Media Type" },
  429: { message: "Too Many Attempts." },
  500: { message: "Server Error" },
  502: { message: "Bad Gateway" },
  503: { message: "Service Unavailable" },
  504: { message: "Gateway Timeout" },
};

/** The body for a status, as JSON text. */
export const bodyOf = (status) =>
  JSON.stringify(BODIES[status] ?? { message: status < 500 ? "Bad Request" : "Server Error" });

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
