/**
 * The attacks that the proxy is tested with, to be run against your own proxy: a deployed one, or one that you have
 * written. It needs Node, because the requests are written to sockets byte by byte.
 *
 * Run it against a proxy in front of a sandbox or of the playpen, never of production: an attack on a faulty proxy
 * succeeds.
 *
 * ```js
 * import { runAttacks } from "collins-customers/proxy/attacks";
 *
 * const results = await runAttacks({ url: "https://app.example/api", headers: [["Cookie", session]] });
 * console.table(results.filter(({ complaints }) => complaints.length > 0));
 * ```
 *
 * @module
 */

/** The scope of the caller. */
export interface AttackScope {
  /** The filter of the scope. */
  list: "associated_venues" | "labels";
  /** Two or more items that the caller may see. */
  own: string[];
  /** One that the caller may not see. */
  foreign: string;
}

/** A request that the service received from the proxy. */
export interface SeenRequest {
  /** The HTTP method. */
  method: string;
  /** The path and query below the base URL: `/customers?limit=1`. */
  target: string;
  /** The headers, by lower-case name. */
  headers: Record<string, string>;
  /** The body. */
  body: string;
}

/** The options of {@link runAttacks}. */
export interface AttackOptions {
  /** The URL of the proxy: `https://app.example/api`. */
  url: string;
  /** Headers that identify the caller, who must be allowed all five operations within `scope`. */
  headers?: [name: string, value: string][] | undefined;
  /** The scope of the caller. Default: the venues `venue-a` and `venue-b`. */
  scope?: AttackScope | undefined;
  /** An origin that the proxy allows; without one, origins are not tried. */
  origin?: string | undefined;
  /** The value of the proxy's option `enforce`. */
  enforce?: "refuse" | "log" | undefined;
  /** Strings that no response may contain, such as the token. */
  secrets?: string[] | undefined;
  /** Returns the requests that the service received since the last call, if you can observe them. */
  seen?: (() => SeenRequest[] | Promise<SeenRequest[]>) | undefined;
  /** The `Authorization` that the service must have received. */
  authorization?: string | undefined;
  /** Makes the service respond to the next request with these bytes, if you can control it. */
  answer?: ((bytes: string) => void) | undefined;
}

/** The result of one attack. */
export interface AttackResult {
  /** The group of the attack. */
  group: string;
  /** The name of the attack. */
  name: string;
  /** The problems, in sentences; empty if the proxy withstood the attack. */
  complaints: string[];
}

/** Runs every attack that the options allow, one after the other. */
export function runAttacks(options: AttackOptions): Promise<AttackResult[]>;

/** Returns the problems of a request that the service received, in sentences. */
export function complaints(
  request: SeenRequest,
  options?: { scope?: AttackScope | undefined; authorization?: string | undefined },
): string[];

/** One attack: a request, and the responses and effects that are correct. */
export interface Attack {
  /** The group of the attack. */
  group: string;
  /** The name of the attack. */
  name: string;
  /** The HTTP method. */
  method: string;
  /** The path and query below the mount point, as they are sent. */
  target: string;
  /** The headers, as they are sent. */
  headers: [name: string, value: string][];
  /** The body, as it is sent. */
  body?: string;
  /** The statuses that are correct. */
  status: number[];
  /** The requests that the service may receive. */
  sees: RegExp[];
  /** `true` if it only breaks the contract, so that it is forwarded with `enforce: "log"`. */
  isLoose?: boolean;
  /** The service's response, as bytes, if that is the attack. */
  upstream?: string;
  /** The time to wait for a response, in milliseconds. Default: 10 seconds. */
  patience?: number;
}

/** Returns all attacks, for a caller with this scope. */
export function attacks(scope?: AttackScope, origin?: string): Attack[];

/** Runs one attack and returns the problems, in sentences. */
export function runAttack(attack: Attack, options: AttackOptions): Promise<string[]>;
