// `CustomersApi`: one method for each operation. call.js carries them out; types.d.ts documents them.

import { send } from "./call.js";
import { hidden } from "./cause.js";
import { CREATE, DELETE, GET, IS_READ_ONLY, LIST, READ_ONLY, UPDATE } from "./contract.js";
import { difference } from "./difference.js";
import { named, refuse, validationError } from "./errors.js";
import { issueOf } from "./issues.js";
import { overrideOptions, readSettings } from "./options.js";
import { apiPromise } from "./promise.js";
import { iterate } from "./walk.js";

/**
 * The property with the functions that know the settings. They are functions, so that nothing that inspects a client
 * finds its token, and not a private member, so that a client works inside a proxy of Vue or MobX.
 */
const CALLS = Symbol("calls");

/** The functions of a client. A method that was taken from its client has none. */
const callsOf = (client) =>
  client?.[CALLS] ?? refuse("A method needs its client: () => api.list()");

/** Sends the edits of a customer that was read. */
const edit = async (settings, customer, edited, options) => {
  const { update, judged } = difference(customer, edited);
  const fixed = READ_ONLY.filter((name) => Object.hasOwn(Object(update), name));
  if (edited?.id !== undefined && edited.id !== customer.id) fixed.push("id");
  if (fixed.length) throw validationError(fixed.map((name) => issueOf([name], IS_READ_ONLY)));
  return send(UPDATE, settings, options, customer.id, update, {
    __proto__: null,
    judged,
    unchanged: customer,
  });
};

export class CustomersApi {
  constructor(options) {
    const settings = readSettings(options);
    const calls = {
      send: (operation, options, id, value, more) =>
        apiPromise(send(operation, settings, options, id, value, more)),
      edit: (customer, edited, options) => apiPromise(edit(settings, customer, edited, options)),
      withOptions: (overrides) => new CustomersApi(overrideOptions(settings, overrides)),
      rateLimit: () => settings.rateLimit,
    };
    Object.defineProperty(this, CALLS, hidden(Object.freeze(calls)));
  }

  withOptions(overrides) {
    return callsOf(this).withOptions(overrides);
  }

  get rateLimit() {
    return callsOf(this).rateLimit();
  }

  list(filter, options) {
    const list = (filter) => this.list(filter, options);
    return callsOf(this).send(LIST, options, undefined, filter, { __proto__: null, list });
  }

  iterate(filter, options) {
    callsOf(this);
    return iterate(this, filter, options);
  }

  create(customer, options) {
    return callsOf(this).send(CREATE, options, undefined, customer);
  }

  get(id, options) {
    return callsOf(this).send(GET, options, id);
  }

  update(place, changes, options) {
    return typeof place === "object" && place !== null
      ? callsOf(this).edit(place, changes, options)
      : callsOf(this).send(UPDATE, options, place, changes);
  }

  delete(id, options) {
    return callsOf(this).send(DELETE, options, id);
  }
}

named("CustomersApi", CustomersApi);
