// `CustomersApi`: what each operation takes. call.js says what becomes of it; types.d.ts what users read.

import { send } from "./call.js";
import { CREATE, DELETE, GET, LIST, UPDATE } from "./contract.js";
import { overrideOptions, readSettings } from "./options.js";
import { apiPromise, iterate } from "./page.js";

/**
 * The property that holds what knows the settings: functions, so that nothing that looks through a client finds its
 * token, and no private member, so that a client works behind a proxy of Vue or MobX.
 */
const CALLS = Symbol("calls");

export class CustomersApi {
  constructor(options) {
    const settings = readSettings(options);
    const calls = {
      send: (operation, options, id, value, list) =>
        apiPromise(send(operation, settings, options, id, value, list)),
      withOptions: (overrides) => new CustomersApi(overrideOptions(options, overrides)),
      rateLimit: () => settings.rateLimit,
    };
    Object.defineProperty(this, CALLS, { __proto__: null, value: Object.freeze(calls) });
  }

  withOptions(overrides) {
    return this[CALLS].withOptions(overrides);
  }

  get rateLimit() {
    return this[CALLS].rateLimit();
  }

  list(filter, options) {
    const list = (filter) => this.list(filter, options);
    return this[CALLS].send(LIST, options, undefined, filter, list);
  }

  iterate(filter, options) {
    return iterate(this, filter, options);
  }

  create(customer, options) {
    return this[CALLS].send(CREATE, options, undefined, customer);
  }

  get(id, options) {
    return this[CALLS].send(GET, options, id);
  }

  update(id, changes, options) {
    return this[CALLS].send(UPDATE, options, id, changes);
  }

  delete(id, options) {
    return this[CALLS].send(DELETE, options, id);
  }
}
