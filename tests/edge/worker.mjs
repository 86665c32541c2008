// The worker of the test: it carries out tasks with the package's entry for workerd.

import { outcome } from "./outcome.mjs";
import * as collins from "./pkg/dist/workerd.js";

const { CustomersApi, CustomerFilter, NotFoundError, ValidationError, validateNewCustomer } =
  collins;

/** The same tasks as in a page and in Node. */
const tasks = {
  outcome,
  async operations({ options }) {
    const api = new CustomersApi(options);
    const created = await api.create({ first_name: "Ada", labels: ["Edge"] });
    const { customers, pagination } = await api.list(new CustomerFilter().labels(["Edge"]));
    const read = await api.get(created.id);
    const updated = await api.update(created.id, { first_name: "Grace", notes: null });
    const deleted = await api.delete(created.id);
    const missing = await api.get(created.id).catch((error) => error);
    const refused = await api.get("..").catch((error) => error);
    let count = 0;
    for await (const _ of api.iterate()) count += 1;
    return {
      listed: customers.map(({ id }) => id === created.id),
      total: pagination.totalResults,
      read: read.first_name,
      updated: updated.first_name,
      deleted: deleted === undefined,
      missing: missing instanceof NotFoundError,
      refused: refused instanceof ValidationError,
      issues: validateNewCustomer({ email: "no address" }).map(({ code }) => code),
      count,
    };
  },
  async abort({ options }) {
    const controller = new AbortController();
    const api = new CustomersApi({ ...options, onRetry: () => controller.abort("why") });
    return api.list({}, { signal: controller.signal }).catch((reason) => ({ reason }));
  },
};

export default {
  async fetch(request) {
    const { task, ...parameters } = await request.json();
    return Response.json(await tasks[task](parameters));
  },
};
