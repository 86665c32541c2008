/**
 * A proxy for the Customers API: one function from `Request` to `Response`, for workers and servers.
 *
 * A browser must not hold the API's token. The proxy holds it, lets the five documented operations pass and
 * nothing else, keeps each caller to the customers that it may see, and answers in the service's own shapes, so
 * that `new CustomersApi({ baseUrl: "/api" })` works with it as with the service.
 *
 * @module
 */

/** One of the API's five operations. */
export type Operation = "list" | "get" | "create" | "update" | "delete";

/**
 * What a caller may see. A scope that is not understood is a 500, and nothing passes: leave out what has no
 * value, and return `true` for a caller who may see everyone.
 */
export interface Scope {
  /** Who the caller works for: quota and idempotency keys are kept apart by it. */
  tenant?: string;
  /**
   * Every customer that the caller lists, reads, creates, updates or deletes has one of these venues, and one of
   * these labels. A list without items is nobody.
   *
   * A record is read before it is updated or deleted, and can change between the two: a scope keeps honest
   * clients apart, and nobody out of the customers that they could not reach a moment before.
   */
  filters?: { associated_venues?: readonly string[]; labels?: readonly string[] };
  /** Whether this is bulk work, which gets of a shared quota what others leave. */
  bulk?: boolean;
}

/** What `authorize` gets beside the request. */
export interface Asked<Env = unknown> {
  /** The operation that the request asks for. */
  operation: Operation;
  /** The second argument of the proxy: in a worker its bindings. */
  env: Env;
  /** The third argument of the proxy: in a worker its execution context. */
  ctx: unknown;
}

/** What the proxy tells of each request. It holds no value, query, body, header or token. */
export interface ProxyEvent {
  /** The operation, or null if the request asked for none. */
  operation: Operation | null;
  /** The status of the answer; 499 if the caller went away. */
  status: number;
  /** The rule that refused the request or the service's answer; null if none did. */
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
  /** Whether the request is out of contract and passed all the same: see `enforce`. */
  isOutOfContract: boolean;
  /** Milliseconds, as far as the request came. Workers see no time pass but while they wait. */
  durations: {
    authorize?: number;
    check?: number;
    quota?: number;
    upstream?: number;
    total: number;
  };
}

/** The options of {@link createCustomersProxy}. */
export interface CustomersProxyOptions<Env = unknown> {
  /** The API's token, or a function that returns it: in a worker from its first argument, the bindings. */
  token?: string | ((env: Env) => string | Promise<string>);
  /** The service to send to; `"production"` by default. */
  environment?: "production" | "playpen";
  /** Another service to send to, such as a sandbox, in place of `environment`. */
  baseUrl?: string;
  /** What requests are sent with; the global `fetch` by default. */
  fetch?: typeof fetch;
  /**
   * Decides who may do what: `true` is everything, a {@link Scope} is what it says, `false` is a 403, and a
   * `Response` is answered as it is. An exception is a 500. It must not read the request's body: a clone's it may.
   */
  authorize: (
    request: Request,
    asked: Asked<Env>,
  ) => Scope | boolean | Response | Promise<Scope | boolean | Response>;
  /** The operations that pass; `["list", "get"]` by default, which only read. */
  allow?: readonly Operation[];
  /**
   * The origins of pages elsewhere that may use the proxy, such as `"https://app.example"`; none by default. Pages
   * of the proxy's own origin need none. Cookies are allowed with them.
   */
  origins?: readonly string[];
  /** The path that the proxy is mounted at; `"/api"` by default. */
  basePath?: string;
  /** The longest body that is read; 65 536 by default, ten times what a customer needs. */
  maxBodyBytes?: number;
  /** Milliseconds for everything, from the first byte of the request to the last one of the answer; 30 000. */
  timeout?: number;
  /**
   * `"log"` lets pass what is only out of contract, and tells `onEvent`; never what could leave the resource or
   * widen a scope. `"refuse"` by default.
   */
  enforce?: "refuse" | "log";
  /**
   * Shares the credential's quota of the hour among tenants: a ledger, or a function that returns one, from the
   * bindings in a worker. Without one, the service's figures go on as they are.
   */
  quota?: QuotaLedger | ((env: Env) => QuotaLedger);
  /**
   * Keeps what became of creates that carry an `Idempotency-Key`, so that they can be sent again: the client's option
   * `idempotency: true` does both. Without one, keys are ignored.
   */
  idempotency?: IdempotencyLedger | ((env: Env) => IdempotencyLedger);
  /** Is told of every request. What it throws is ignored. */
  onEvent?: (event: ProxyEvent) => void;
}

/**
 * Makes a proxy. Options that are unknown or of a wrong type throw.
 *
 * ```js
 * export default {
 *   fetch: createCustomersProxy({
 *     token: (env) => env.COLLINS_TOKEN,
 *     authorize: async (request) => (await sessionOf(request)) !== null,
 *   }),
 * };
 * ```
 */
export function createCustomersProxy<Env = unknown>(
  options: CustomersProxyOptions<Env>,
): (request: Request, env?: Env, ctx?: unknown) => Promise<Response>;

/** What the service said of the quota, and how long ago that was. */
export interface ServiceFigures {
  limit: number;
  remaining: number;
  /** Milliseconds to the end of the hour, when it was said; null if the service did not say. */
  resetIn: number | null;
  /** Milliseconds. */
  age: number;
}

/** What an isolate asks of the ledger. */
export interface LeaseRequest {
  tenant: string;
  bulk: boolean;
  /** How many permits it could use; 0 only tells. */
  want: number;
  /** Leases that are over, and what they had left. */
  closed: { lease: string; unused: number }[];
  /** Requests that were sent without a lease, while the ledger could not be reached. */
  overdrawn: number;
  service?: ServiceFigures;
}

/** Permits for some seconds; of none if nothing is left. */
export interface Lease {
  lease: string;
  permits: number;
  /** Milliseconds from when it was asked for. */
  ttl: number;
  /** What the hour has for the tenant, what of it is left, and milliseconds to its end. */
  limit: number;
  remaining: number;
  resetIn: number;
  /** What the ledger knows of the whole quota: an isolate to which the service says otherwise tells it. */
  credential: { limit: number; free: number };
}

/** Keeps the quota of one credential. */
export interface QuotaLedger {
  lease(request: LeaseRequest): Promise<Lease>;
}

/** What a create with a key comes to. */
export type Begun =
  | { state: "send" }
  | { state: "look"; since: number }
  | { state: "wait"; wait: number }
  | { state: "done"; customer: string }
  | { state: "other" };

/** Keeps what became of creates, by hashes. It holds no personal data. */
export interface IdempotencyLedger {
  /** Begins one. A request that was sent is surely over after `settle` milliseconds. */
  begin(key: string, hash: string, settle: number): Promise<Begun>;
  /** Ends one: with the id of the customer, with null if nothing was written, or with undefined if nobody knows. */
  end(key: string, outcome: string | null | undefined): Promise<void>;
  /** Ends one with the first of these customers that no other key has made; null if there is none. */
  claim(key: string, candidates: string[]): Promise<string | null>;
}

/** How a quota is shared. */
export interface LedgerSettings {
  /** The requests of an hour, until the service says how many there are. */
  limit?: number;
  /**
   * By tenant: what it has of the hour in any case, and its weight when the rest is shared among those who ask. The
   * weight is 1 by default, and a tenant without a reserve has none.
   */
  tenants?: Readonly<Record<string, { reserve?: number; weight?: number }>>;
}
