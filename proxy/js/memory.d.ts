/**
 * The ledger of the proxy for one process, in its memory.
 *
 * ```js
 * import { createMemoryLedger } from "collins-customers/proxy/memory";
 *
 * const ledger = createMemoryLedger({ tenants: { north: { reserve: 200 } } });
 * createCustomersProxy({ quota: ledger, idempotency: ledger, … });
 * ```
 *
 * @module
 */

import type { IdempotencyLedger, LedgerSettings, QuotaLedger } from "collins-customers/proxy";

/**
 * Creates a ledger. Several processes or isolates need a shared one instead, such as
 * `collins-customers/proxy/cloudflare`: with this one each would have its own quota, and a create that is retried at
 * another process would be sent twice.
 */
export function createMemoryLedger(settings?: LedgerSettings): QuotaLedger & IdempotencyLedger;
