/**
 * The requests that the proxy is tested with, to be run against a proxy of your own: a deployed one, or one
 * that you have written. It needs Node, because the requests are written to sockets byte by byte.
 *
 * Run it against a proxy in front of a sandbox or of the playpen: where a proxy has a fault, an attack on it
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

/** The list that the caller's scope has, and items of it. */
export interface AttackScope {
  list: "associated_venues" | "labels";
  /** Two or more items that the caller may see. */
  own: string[];
  /** One that it may not. */
  foreign: string;
}

/** A request that the service got of the proxy. */
export interface SeenRequest {
  method: string;
  /** Below the service's base URL: `/customers?limit=1`. */
  target: string;
  headers: Record<string, string>;
  body: string;
}

/** How a proxy is attacked. */
export interface AttackOptions {
  /** Where the proxy is mounted: `https://app.example/api`. */
  url: string;
  /** What shows who the caller is. It must be allowed all five operations, within `scope`. */
  headers?: [name: string, value: string][];
  /** What the caller may see; venues of the names `venue-a` and `venue-b` by default. */
  scope?: AttackScope;
  /** An origin that the proxy allows; without one, origins are not tried. */
  origin?: string;
  /** As the proxy's option of this name is set. */
  enforce?: "refuse" | "log";
  /** Texts that no answer may hold, such as the token. */
  secrets?: string[];
  /** The requests that the service saw since it was last asked, if it can be asked. */
  seen?: () => SeenRequest[] | Promise<SeenRequest[]>;
  /** What the service must have been sent as `Authorization`. */
  authorization?: string;
  /** Has the service answer the next request with these bytes, if it can be told to. */
  answer?: (bytes: string) => void;
}

/** What one attack came to. */
export interface AttackResult {
  group: string;
  name: string;
  /** What went wrong, as sentences; empty if the attack failed. */
  complaints: string[];
}

/** Runs every attack that the options allow, one after the other. */
export function runAttacks(options: AttackOptions): Promise<AttackResult[]>;

/** What is wrong with a request that the service saw. */
export function complaints(
  request: SeenRequest,
  options?: { scope?: AttackScope; authorization?: string },
): string[];

/** One attack: a request as it is written, and what must hold. */
export interface Attack {
  group: string;
  name: string;
  method: string;
  /** Below the mount point, as it is written. */
  target: string;
  headers: [name: string, value: string][];
  body?: string;
  /** The statuses that are right. */
  status: number[];
  /** The requests that the service may see. */
  sees: RegExp[];
  /** Whether it only breaks the contract, and passes a proxy that is told to log. */
  isLoose?: boolean;
  /** The service's answer, as bytes, where the attack is one. */
  upstream?: string;
}

/** All attacks, for a caller of this scope. */
export function attacks(scope?: AttackScope, origin?: string): Attack[];

/** Runs one attack; what went wrong comes back, as sentences. */
export function runAttack(attack: Attack, options: AttackOptions): Promise<string[]>;
