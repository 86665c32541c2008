import type { Customer } from "collins-customers";

/**
 * A fault: what goes wrong with a response. A number is a status instead of the operation.
 *
 * - `"throttle"`: the quota is used up and renewed in two seconds; `"throttle=laravel"` reports it in Unix seconds and
 *   with a `Retry-After`
 * - `"lost-answer"`: the operation is carried out, but the response never arrives
 * - `"reset"`: the connection is reset before the operation
 * - `"truncate"`: the operation is carried out, and the response is cut off in the middle
 * - `"stall"`: the operation is carried out, and nothing follows the response headers
 * - `"empty"`, `"json"`: the operation is carried out; the response has no body, or a body of broken JSON
 * - `"html"`: the error page of a gateway, 502, instead of the operation
 * - `"redirect"`: a redirect to another host instead of the operation
 * - `{ status, headers }`: this status instead of the operation, with these headers
 * - `{ delay, headers }`: the operation, delayed by that many milliseconds
 */
export type Fault =
  | number
  | "throttle"
  | "throttle=laravel"
  | "lost-answer"
  | "reset"
  | "truncate"
  | "stall"
  | "empty"
  | "json"
  | "html"
  | "redirect"
  | StatusFault
  | DelayFault;

/** A status instead of the operation. */
export interface StatusFault {
  /** The HTTP status. */
  status: number;
  /** Headers of the response. */
  headers?: Record<string, string> | undefined;
}

/** The operation, with a delay. */
export interface DelayFault {
  /** The delay, in milliseconds. */
  delay: number;
  /** More headers of the response. */
  headers?: Record<string, string> | undefined;
}

/** The state of a sandbox as plain data: it survives JSON and `structuredClone`. */
export interface SandboxSnapshot {
  /** The customers, in the order in which they were created. */
  customers: Customer[];
  /** The quota of the current hour. */
  quota: {
    /** When the hour ends, in milliseconds since 1970. */
    ends: number;
    /** The number of requests used. */
    used: number;
  };
  /** The state of the random faults. */
  dice: string;
  /** The time by which the clock was moved forward, in milliseconds. */
  ahead: number;
}

/** A request that a sandbox has received. */
export interface SandboxRequest {
  /** The operation; null if the request is not an operation of the API. */
  operation: "list" | "create" | "get" | "update" | "delete" | null;
  /** The id in the path. */
  id: string | null;
  /** The query, without its `?`. */
  query: string;
  /** The body parsed as JSON; its text if it is not JSON; undefined if there was no body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read its properties without a type
  body: any;
  /** The status of the response; null if no response was sent. */
  status: number | null;
  /** The fault that was applied to it, in the syntax of `X-Sandbox-Fault`. */
  fault: string | null;
}

/** The options of {@link createSandbox}. */
export interface SandboxOptions {
  /** The number of realistic customers to begin with, the same ones every time. Default: 0. */
  seed?: number | undefined;
  /** More customers to begin with. They are stored unchanged and unchecked, and get an id if they have none. */
  customers?: readonly Record<string, unknown>[] | undefined;
  /** Continues from the state of another sandbox. */
  snapshot?: SandboxSnapshot | undefined;
  /** The token that is accepted. Default: `"sandbox"`. The token `"sandbox-forbidden"` always gets a 403. */
  token?: string | undefined;
  /** The number of requests allowed per hour. Default: 100 000. */
  quota?: number | undefined;
  /**
   * Applies faults at random, the same ones every time for the same `seed`: to a `share` of the requests, from 0 to 1,
   * one of the faults in `only`, or by default one of those that are typical of networks and services.
   */
  faults?:
    | {
        /** The share of the requests that get a fault, from 0 to 1. */
        share: number;
        /** The faults to choose from. */
        only?: readonly Fault[] | undefined;
        /** The seed of the random choice. Default: 0. */
        seed?: number | undefined;
      }
    | undefined;
  /** The clock, in milliseconds since 1970, or a function that returns the time. Default: the platform's clock. */
  now?: number | Date | (() => number | Date) | undefined;
  /**
   * `false` hides the pagination and quota headers, as a browser does if a proxy does not expose them. Default: true.
   */
  exposeHeaders?: boolean | undefined;
  /** The base URL that it serves. Default: `"https://sandbox.invalid/api"`, which leads nowhere else. */
  baseUrl?: string | undefined;
}

/** The Customers API as a `fetch`. */
export interface Sandbox {
  /** The base URL that it serves: the `baseUrl` of a client. */
  readonly baseUrl: string;
  /**
   * Responds as the service would. It takes what `fetch` takes, rejects requests outside `baseUrl`, and needs no
   * `this`.
   */
  readonly fetch: typeof globalThis.fetch;
  /** The requests received so far, answered or not, in order: the last 10 000 of them. */
  readonly requests: SandboxRequest[];
  /** Moves the clock forward: by milliseconds, or by a string such as `"30s"`, `"90m"`, `"1h"`, `"2d"`. */
  advance(duration: number | string): void;
  /** Applies a fault to the next request for an operation, or to the next `times`: 10 000 at most. */
  fail(
    operation: "list" | "create" | "get" | "update" | "delete",
    fault: Fault,
    options?: { times?: number | undefined },
  ): void;
  /** Returns a snapshot of the current state. */
  snapshot(): SandboxSnapshot;
}

/**
 * Creates a sandbox: the Customers API in memory, for tests and demos. Two sandboxes share nothing.
 *
 * ```js
 * const sandbox = createSandbox({ seed: 100 });
 * const api = new CustomersApi({ baseUrl: sandbox.baseUrl, token: "sandbox", fetch: sandbox.fetch });
 * ```
 *
 * @throws {TypeError} If an option is unknown or not valid.
 */
export function createSandbox(options?: SandboxOptions): Sandbox;
