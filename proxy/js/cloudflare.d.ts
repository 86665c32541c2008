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

/** The class to export from a worker, and to bind as a Durable Object. Its settings can be overridden. */
export class CustomersLedger<Env = unknown> {
  constructor(ctx: unknown, env: Env);
  protected readonly env: Env;
  /** What it is told of the quota: tenants and their reserves. */
  settings(): LedgerSettings;
  lease(request: LeaseRequest): Promise<Lease>;
  begin(key: string, hash: string, settle: number): Promise<Begun>;
  end(key: string, outcome: string | null | undefined): Promise<void>;
  claim(key: string, candidates: string[]): Promise<string | null>;
  alarm(): Promise<void>;
}

/** A binding of Durable Objects. */
export interface LedgerNamespace {
  idFromName(name: string): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: each version of Cloudflare's types has another one.
  get(id: any): unknown;
}

/** The ledger behind a binding. Each credential of the API needs one of its own, by name. */
export function durableLedger(
  namespace: LedgerNamespace,
  name?: string,
): QuotaLedger & IdempotencyLedger;
