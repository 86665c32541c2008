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
 * Makes a ledger. Where there are several processes or isolates, each would have a quota of its own, and a create
 * that comes to another one than before would be sent again: they need one that they share, such as
 * `collins-customers/proxy/cloudflare`.
 */
export function createMemoryLedger(settings?: LedgerSettings): QuotaLedger & IdempotencyLedger;
