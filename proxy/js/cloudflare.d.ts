/**
 * The ledger of the proxy as a Durable Object: one for all isolates of a worker.
 *
 * ```js
 * import { createCustomersProxy } from "collins-customers/proxy";
 * import { CustomersLedger, durableLedger } from "collins-customers/proxy/cloudflare";
 *
 * export class Ledger extends CustomersLedger {
 *   settings() {
 *     return { tenants: { "north": { reserve: 200 }, "south": { reserve: 100, weight: 2 } } };
 *   }
 * }
 * const ledger = (env) => durableLedger(env.LEDGER);
 * export default { fetch: createCustomersProxy({ quota: ledger, idempotency: ledger, … }) };
 * ```
 *
 * @module
 */

import type {
  Begun,
  IdempotencyLedger,
  Lease,
  LeaseRequest,
  LedgerSettings,
  QuotaLedger,
} from "collins-customers/proxy";

/** The class to export from a worker and to bind as a Durable Object. Override `settings` to share the quota. */
export class CustomersLedger<Env = unknown> {
  /** Called by the platform. */
  constructor(ctx: unknown, env: Env);
  /** The bindings of the worker. */
  protected readonly env: Env;
  /** Returns the settings by which the quota is shared: the tenants, their reserves and weights. */
  settings(): LedgerSettings;
  /** Leases permits. */
  lease(request: LeaseRequest): Promise<Lease>;
  /** Begins a create. */
  begin(key: string, hash: string, settle: number): Promise<Begun>;
  /** Ends a create. */
  end(key: string, outcome: string | null | undefined): Promise<void>;
  /** Ends a create with a customer that was found. */
  claim(key: string, candidates: string[]): Promise<string | null>;
  /** Called by the platform to delete old records. */
  alarm(): Promise<void>;
}

/** A binding of Durable Objects. */
export interface LedgerNamespace {
  /** Returns the id of the object with this name. */
  idFromName(name: string): unknown;
  /** Returns the object with this id. */
  // biome-ignore lint/suspicious/noExplicitAny: it differs between the versions of Cloudflare's types.
  get(id: any): unknown;
}

/**
 * Returns the ledger behind a binding. Each credential of the API needs its own ledger, with its own name.
 */
export function durableLedger(
  namespace: LedgerNamespace,
  name?: string,
): QuotaLedger & IdempotencyLedger;
