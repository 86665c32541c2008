import type { Customer } from "collins-customers";

/**
 * What can go wrong with an answer. A number is a status in place of the operation.
 *
 * - `"throttle"`: the quota is used up, and renewed in two seconds; `"throttle=laravel"` tells it in unix seconds and
 *   with a `Retry-After`
 * - `"lost-answer"`: the operation is carried out, and its answer never comes
 * - `"reset"`: the connection breaks before the operation
 * - `"truncate"`: the operation is carried out, and its answer breaks off in the middle
 * - `"stall"`: the operation is carried out, and nothing follows the headers of its answer
 * - `"empty"`, `"json"`: the operation is carried out; the answer has no body, or broken JSON in it
 * - `"html"`: the page of a gateway, 502, in place of the operation
 * - `"redirect"`: a redirect to another host in place of the operation
 * - `{ status, headers }`: this status in place of the operation, with these headers
 * - `{ delay, headers }`: the operation, that many milliseconds later
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
  | { status: number; headers?: Record<string, string> }
  | { delay: number; headers?: Record<string, string> };

/** What a sandbox remembers, as plain data: it survives JSON and `structuredClone`. */
export interface SandboxSnapshot {
  customers: Customer[];
  quota: { ends: number; used: number };
  dice: string;
  ahead: number;
}

/** A request that a sandbox has seen. */
export interface SandboxRequest {
  /** What was asked for; null if it is not an operation of the API. */
  operation: "list" | "create" | "get" | "update" | "delete" | null;
  /** The id in the path. */
  id: string | null;
  /** The query, without its `?`. */
  query: string;
  /** The body, read as JSON; its text where it is none; undefined where there was no body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it without a type
  body: any;
  /** The status that was answered; null if no answer came. */
  status: number | null;
  /** What went wrong with it, as `X-Sandbox-Fault` writes it. */
  fault: string | null;
}

export interface SandboxOptions {
  /** How many realistic customers it begins with, the same ones every time. Default: 0. */
  seed?: number;
  /**
   * Customers it begins with, beside those. They are kept as they are, whatever is odd about them, and given an id
   * where they have none.
   */
  customers?: readonly Record<string, unknown>[];
  /** Begins where another sandbox was. */
  snapshot?: SandboxSnapshot;
  /** The token that may enter. Default: `"sandbox"`. `"sandbox-forbidden"` is known and answered with 403. */
  token?: string;
  /** How many requests an hour allows. Default: 100 000. */
  quota?: number;
  /**
   * Lets things go wrong by chance, the same ones every time for the same `seed`: with a `share` of the requests,
   * from 0 to 1, one of the faults in `only`, or of those that networks and services are known for.
   */
  faults?: { share: number; only?: readonly Fault[]; seed?: number };
  /** Its clock, in milliseconds since 1970, or a function that tells the time. Default: the platform's clock. */
  now?: number | Date | (() => number | Date);
  /**
   * Whether the headers for pages and for the quota can be read. `false` hides them, as a browser does where a
   * proxy does not expose them. Default: true.
   */
  exposeHeaders?: boolean;
  /** What it serves. Default: `"https://sandbox.invalid/api"`, which leads nowhere else. */
  baseUrl?: string;
}

/** The Customers API as a `fetch`. */
export interface Sandbox {
  /** What it serves: the `baseUrl` of a client. */
  readonly baseUrl: string;
  /**
   * Answers as the service would. It takes what `fetch` takes, rejects what is outside of `baseUrl`, and needs no
   * `this`.
   */
  readonly fetch: typeof globalThis.fetch;
  /** The requests that were answered, or left without an answer, in their order. */
  readonly requests: SandboxRequest[];
  /** Moves the clock forward: by milliseconds, or by a text such as `"30s"`, `"90m"`, `"1h"`, `"2d"`. */
  advance(duration: number | string): void;
  /** Lets a fault happen to the next request for an operation, or to the next few. */
  fail(
    operation: "list" | "create" | "get" | "update" | "delete",
    fault: Fault,
    options?: { times?: number },
  ): void;
  /** What it remembers now. */
  snapshot(): SandboxSnapshot;
}

/**
 * Makes a sandbox: the Customers API in memory, for tests and demos. Two of them share nothing.
 *
 * ```js
 * const sandbox = createSandbox({ seed: 100 });
 * const api = new CustomersApi({ baseUrl: sandbox.baseUrl, token: "sandbox", fetch: sandbox.fetch });
 * ```
 */
export function createSandbox(options?: SandboxOptions): Sandbox;
