/**
 * A proxy for the Customers API: one function from `Request` to `Response`, for workers and servers.
 *
 * A browser must not have the API's token. The proxy adds it, forwards only the five documented operations, limits
 * each caller to the customers that it may see, and responds in the service's own formats, so that
 * `new CustomersApi({ baseUrl: "/api" })` works with it as with the service.
 *
 * @module
 */

/** One of the API's five operations. */
export type Operation = "list" | "get" | "create" | "update" | "delete";

/**
 * The customers that a caller may see. An invalid scope is a 500, and nothing is forwarded: leave out properties
 * without a value, and return `true` for a caller who may see everyone.
 */
export interface Scope {
  /** The tenant that the caller belongs to. Each has its own share of the quota and its own idempotency keys. */
  tenant?: string;
  /**
   * Every customer that the caller lists, reads, creates, updates or deletes has one of these venues, and one of
   * these labels. An empty list matches nobody.
   *
   * A customer is read before it is updated or deleted, and can change in between. So a change of scope that
   * happens at the same moment may be missed.
   */
  filters?: {
    /** The venues that the caller may see. */
    associated_venues?: readonly string[];
    /** The labels that the caller may see. */
    labels?: readonly string[];
  };
  /** `true` for bulk work, which gets only the part of a shared quota that others leave. */
  bulk?: boolean;
}

/** The second argument of `authorize`. */
export interface Asked<Env = unknown> {
  /** The operation that the request asks for. */
  operation: Operation;
  /** The second argument of the proxy: in a worker its bindings. */
  env: Env;
  /** The third argument of the proxy: in a worker its execution context. */
  ctx: unknown;
}

/** The event of `onEvent`, one for each request. It contains no value, query, body, header or token. */
export interface ProxyEvent {
  /** The operation; null if the request is not an operation of the API. */
  operation: Operation | null;
  /** The status of the response; 499 if the caller disconnected. */
  status: number;
  /** The rule that refused the request or the service's response; null if none did. */
  refusedBy:
    | "path"
    | "method"
    | "origin"
    | "query"
    | "authorize"
    | "scope"
    | "media_type"
    | "body"
    | "contract"
    | "quota"
    | "idempotency"
    | "ledger"
    | "token"
    | "upstream"
    | "timeout"
    | "caller_gone"
    | "exception"
    | null;
  /** `true` if the request breaks the contract and was forwarded anyway: see `enforce`. */
  isOutOfContract: boolean;
  /** The duration of each step that was reached, in milliseconds. In workers clocks advance only during I/O. */
  durations: {
    /** `authorize`. */
    authorize?: number;
    /** Reading and checking the request. */
    check?: number;
    /** The ledger. */
    quota?: number;
    /** The service, until its headers arrived. */
    upstream?: number;
    /** The whole request. */
    total: number;
  };
}

/** The options of {@link createCustomersProxy}. */
export interface CustomersProxyOptions<Env = unknown> {
  /** The API's token, or a function that returns it: in a worker from its first argument, the bindings. */
  token?: string | ((env: Env) => string | Promise<string>) | undefined;
  /** The environment of the service. Default: `"production"`. */
  environment?: "production" | "playpen" | undefined;
  /** The URL of another service, such as a sandbox, instead of `environment`. */
  baseUrl?: string | undefined;
  /** The function that sends requests. Default: the global `fetch`. */
  fetch?: typeof fetch | undefined;
  /**
   * Decides what the caller may do: `true` allows everything, a {@link Scope} limits it, `false` is a 403, and a
   * `Response` is returned as it is: a new one for each request, because it can be sent only once. An exception is a
   * 500. It must not read the body of the request; it may read that of a clone.
   */
  authorize: (
    request: Request,
    asked: Asked<Env>,
  ) => Scope | boolean | Response | Promise<Scope | boolean | Response>;
  /** The operations that are allowed. Default: `["list", "get"]`, which only read. */
  allow?: readonly Operation[] | undefined;
  /**
   * The origins of other pages that may use the proxy, such as `"https://app.example"`, with cookies. Default: none.
   * Pages of the proxy's own origin do not need an entry.
   */
  origins?: readonly string[] | undefined;
  /**
   * The path that the proxy is mounted at. Default: `"/api"`. `""` if the framework removes it from the URL, as
   * `app.use("/api", …)` of Express and `app.mount` of Hono do.
   */
  basePath?: string | undefined;
  /** The largest body that is read, in bytes. Default: 65 536, ten times what a customer needs. */
  maxBodyBytes?: number | undefined;
  /**
   * The time limit, in milliseconds, from the first byte of the request to the last one of the response. Below 2 ** 31.
   * Default: 30 000.
   *
   * If the caller disconnects, the request to the service is aborted. In a Cloudflare worker that still has something
   * to do (`ctx.waitUntil`) this requires the compatibility flag `enable_request_signal`.
   */
  timeout?: number | undefined;
  /**
   * `"log"` forwards requests that only break the contract and reports them to `onEvent`; it never forwards what could
   * leave the resource or widen a scope. Default: `"refuse"`.
   */
  enforce?: "refuse" | "log" | undefined;
  /**
   * Shares the hourly quota of the credential among tenants: a ledger, or a function that returns one, in a worker
   * from the bindings. Without one, the service's figures are passed on unchanged.
   */
  quota?: QuotaLedger | ((env: Env) => QuotaLedger) | undefined;
  /**
   * Records the results of creates with an `Idempotency-Key`, so that they can be retried: the client's option
   * `idempotency: true` does both. Without one, keys are ignored.
   */
  idempotency?: IdempotencyLedger | ((env: Env) => IdempotencyLedger) | undefined;
  /** Called for every request as its response begins: the body may still follow. What it throws is ignored. */
  onEvent?: ((event: ProxyEvent) => void) | undefined;
}

/**
 * Creates a proxy.
 *
 * ```js
 * export default {
 *   fetch: createCustomersProxy({
 *     token: (env) => env.COLLINS_TOKEN,
 *     authorize: async (request) => (await sessionOf(request)) !== null,
 *   }),
 * };
 * ```
 *
 * @throws {TypeError} If an option is missing, unknown or not valid.
 */
export function createCustomersProxy<Env = unknown>(
  options: CustomersProxyOptions<Env>,
): (request: Request, env?: Env, ctx?: unknown) => Promise<Response>;

/** The quota as last reported by the service. */
export interface ServiceFigures {
  /** The number of requests per hour. */
  limit: number;
  /** The number of requests left. */
  remaining: number;
  /** Milliseconds to the end of the hour at the time of the report; null if the service did not say. */
  resetIn: number | null;
  /** The age of the report, in milliseconds. */
  age: number;
}

/** A request of an isolate for permits. */
export interface LeaseRequest {
  /** The tenant. */
  tenant: string;
  /** `true` if they are for bulk work. */
  bulk: boolean;
  /** The number of permits wanted; 0 only reports. */
  want: number;
  /** Leases that have ended, with the permits that were not used. */
  closed: {
    /** The id of the lease. */
    lease: string;
    /** The number of permits not used. */
    unused: number;
  }[];
  /** The number of requests sent without a lease, while the ledger could not be reached. */
  overdrawn: number;
  /** The quota as last reported by the service. */
  service?: ServiceFigures;
}

/** Permits for some seconds; none if nothing is left. */
export interface Lease {
  /** The id of the lease. */
  lease: string;
  /** The number of permits. */
  permits: number;
  /** The time for which it is valid, in milliseconds from the request for it. */
  ttl: number;
  /** The tenant's share of the hour. */
  limit: number;
  /** The part of it that is left. */
  remaining: number;
  /** Milliseconds to the end of the hour. */
  resetIn: number;
  /** The quota of the credential as known to the ledger. If the service reports another one, the isolate passes it on. */
  credential: {
    /** The number of requests per hour. */
    limit: number;
    /** The number of requests that are neither used nor leased. */
    free: number;
  };
}

/** Keeps the quota of one credential. */
export interface QuotaLedger {
  /** Leases permits. */
  lease(request: LeaseRequest): Promise<Lease>;
}

/**
 * The next step for a create with a key:
 *
 * - `"send"`: the key is new: send it
 * - `"look"`: an earlier attempt may have created the customer: look for one created since then
 * - `"wait"`: an earlier attempt is still running: try again after `wait`
 * - `"done"`: an earlier attempt created this customer
 * - `"other"`: the key was used with another body
 */
export type Begun = BegunSend | BegunLook | BegunWait | BegunDone | BegunOther;

/** The key is new: send the request. */
export interface BegunSend {
  /** The kind. */
  state: "send";
}

/** An earlier attempt may have created the customer. */
export interface BegunLook {
  /** The kind. */
  state: "look";
  /** When that attempt began, in milliseconds since 1970. */
  since: number;
}

/** An earlier attempt is still running. */
export interface BegunWait {
  /** The kind. */
  state: "wait";
  /** The time to wait, in milliseconds. */
  wait: number;
}

/** An earlier attempt created the customer. */
export interface BegunDone {
  /** The kind. */
  state: "done";
  /** The id of the customer. */
  customer: string;
}

/** The key was used with another body. */
export interface BegunOther {
  /** The kind. */
  state: "other";
}

/** Records the results of creates by hashes. It contains no personal data. */
export interface IdempotencyLedger {
  /** Begins a create. A request that was sent has certainly ended after `settle` milliseconds. */
  begin(key: string, hash: string, settle: number): Promise<Begun>;
  /** Ends a create: with the id of the customer, with null if nothing was written, or with undefined if unknown. */
  end(key: string, outcome: string | null | undefined): Promise<void>;
  /** Ends a create with the first of these customers that no other key has created; null if there is none. */
  claim(key: string, candidates: string[]): Promise<string | null>;
}

/** The settings of a ledger. */
export interface LedgerSettings {
  /** The number of requests per hour, until the service reports it. */
  limit?: number | undefined;
  /**
   * The share of each tenant. A tenant that is not listed has no reserve and a weight of 1.
   */
  tenants?: Readonly<Record<string, TenantShare>> | undefined;
}

/** The share of a tenant in the quota. */
export interface TenantShare {
  /** The number of requests per hour that are kept for it. Default: 0. */
  reserve?: number | undefined;
  /** Its weight when the rest is shared among the tenants that ask for it. Default: 1. */
  weight?: number | undefined;
}
