// `CustomersApi`: what each operation takes. call.js says what becomes of it; types.d.ts what users read.

import { send } from "./call.js";
import { CREATE, DELETE, GET, LIST, UPDATE } from "./contract.js";
import { overrideOptions, readSettings } from "./options.js";
import { apiPromise, CustomerIterator } from "./page.js";

export class CustomersApi {
  #settings;
  #options;

  constructor(options) {
    this.#settings = readSettings(options);
    this.#options = options;
  }

  withOptions(overrides) {
    return new CustomersApi(overrideOptions(this.#options, overrides));
  }

  get rateLimit() {
    return this.#settings.rateLimit;
  }

  #send(operation, options, id, value, list) {
    return apiPromise(send(operation, this.#settings, options, id, value, list));
  }

  list(filter, options) {
    const list = (filter) => this.list(filter, options);
    return this.#send(LIST, options, undefined, filter, list);
  }

  iterate(filter, options) {
    return new CustomerIterator(this, filter, options);
  }

  create(customer, options) {
    return this.#send(CREATE, options, undefined, customer);
  }

  get(id, options) {
    return this.#send(GET, options, id);
  }

  update(id, changes, options) {
    return this.#send(UPDATE, options, id, changes);
  }

  delete(id, options) {
    return this.#send(DELETE, options, id);
  }
}
