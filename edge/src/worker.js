// The worker: the proxy with one ledger for all its isolates.

import { createCustomersProxy } from "collins-customers/proxy";
import { CustomersLedger, durableLedger } from "collins-customers/proxy/cloudflare";
import { authorize } from "./authorize.js";

/** The quota of the hour, shared by the tenants that TENANTS names. */
export class Ledger extends CustomersLedger {
  settings() {
    return { tenants: this.env.TENANTS };
  }
}

const ledger = (env) => durableLedger(env.LEDGER);

/** Options are read from the bindings, which are the same for every request of a deployment. */
const proxyFor = ({ BASE_URL, ENVIRONMENT, ALLOW, ORIGINS }) =>
  createCustomersProxy({
    token: (env) => env.COLLINS_TOKEN,
    ...(BASE_URL ? { baseUrl: BASE_URL } : { environment: ENVIRONMENT }),
    authorize,
    allow: ALLOW,
    origins: ORIGINS,
    quota: ledger,
    idempotency: ledger,
    onEvent: (event) => console.log(JSON.stringify(event)),
  });

let proxy;

export default {
  fetch(request, env, ctx) {
    proxy ??= proxyFor(env);
    return proxy(request, env, ctx);
  },
};
