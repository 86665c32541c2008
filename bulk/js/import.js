// Customers of a file, created and updated at the service, each exactly once.
//
// The service has no idempotency keys: a request whose answer was lost must not be sent again. So each request is first
// recorded in a journal that outlives the process, and recorded requests without an answer are looked up.

import { check, readCustomers, readOptions } from "./check.js";
import { hashing, hashOf } from "./hash.js";
import { importError } from "./import-error.js";
import { readInput } from "./input.js";
import { openBook, readJournal } from "./journal.js";
import { askNewest, BATCH, createDirectory, findSent, lookFor, newestOf } from "./lookup.js";
import { known, readApi, readCallback, readSignal } from "./options.js";
import { createPace, endOf } from "./pace.js";
import { restOf } from "./rest.js";
import { keyOf, updateFor } from "./same.js";

const HOUR = 3_600_000;
const POLICIES = ["skip", "update", "create"];

/** The default number of rows that the service may refuse in one run. More refusals are a mistake in the whole file. */
const MOST_REFUSALS = 20;

/** The number of times that an update without an answer is sent. It sets fields, so repeating it changes nothing. */
const MOST_UPDATES = 3;

/** The largest number of rows that wait for one look-up. */
const WINDOW = 10 * BATCH;

const CREATE = "create";
const UPDATE = "update";
const SKIP = "skip";
const REFUSE = "refuse";

/** The codes of errors that are about the row. */
const REFUSALS = ["unprocessable_entity", "bad_request", "conflict", "validation"];

const EMPTY = [
  {
    path: [],
    code: "empty",
    message: "The row has no value in a column that is known: name the columns by mapping",
  },
];

const SEVERAL = [
  {
    path: ["email"],
    code: "several_customers",
    message: "Several customers have this address: update the right one by hand",
  },
];

const mayBeThere = (sent) => [
  {
    path: [],
    code: "unknown",
    message: `The connection failed before the service answered, and the customer was not found afterwards: look for a customer with this ${lookFor(sent)}, and import the row again if there is none`,
  },
];

const READING = ["mapping", "dialect", "fixes"];
const OPTIONS = [
  "existing",
  ...READING,
  "maxRefusals",
  "boundTo",
  "journal",
  "onProgress",
  "signal",
];
const RUN_OPTIONS = ["journal", "onProgress", "signal"];

/** The operations that an import uses. */
const OPERATIONS = ["list", "get", "create", "update"];

/** The options of a run. Those of the plan that are left out here still apply. */
const readRunOptions = (given) => {
  const options = known(given, "The options", RUN_OPTIONS);
  if ("onProgress" in options) options.onProgress = readCallback(options.onProgress);
  readSignal(options.signal);
  return options;
};

const readPlanOptions = (given) => {
  const {
    existing = SKIP,
    mapping,
    dialect,
    fixes,
    maxRefusals = MOST_REFUSALS,
    boundTo = "",
    journal,
    onProgress,
    signal,
  } = known(given, "The options", OPTIONS);
  if (!POLICIES.includes(existing))
    throw new TypeError('existing must be "skip", "update" or "create"');
  if (!(typeof maxRefusals === "number" && maxRefusals >= 0))
    throw new TypeError("maxRefusals must be a number of rows, 0 or more");
  if (typeof boundTo !== "string") throw new TypeError("boundTo must be a string");
  const reading = readOptions({ mapping, dialect, fixes, keep: 0, signal });
  const callback = readCallback(onProgress);
  return { existing, maxRefusals, boundTo, journal, onProgress: callback, signal, reading };
};

const readFile = (file) => {
  const input = readInput(file);
  if (!input.isLasting)
    throw new TypeError(
      "An import reads its file more than once: give a File, bytes or a text instead of a stream",
    );
  return input;
};

/** The values that the journal is bound to. Pairs of a mapping have no order. */
const bindingOf = async (input, { existing, boundTo, reading }) => {
  const { pairs, numbers } = reading;
  const settings = JSON.stringify([existing, boundTo, [...pairs].sort(), numbers]);
  return { file: input.hash(), settings: await hashOf(settings) };
};

/** Makes requests as fast as the quota allows, and counts them. */
const createAsk = (api, options) => {
  const pace = createPace(api, options);
  const ask = (send) =>
    pace(() => {
      ask.requests++;
      return send(api);
    });
  ask.requests = 0;
  return ask;
};

/** Decides what to do with a row, and for which customer. `ours` are the customers of earlier rows. */
const decide = (customer, { existing, directory, ours }) => {
  const key = keyOf(customer.email);
  if (existing === CREATE || !key) return { what: CREATE };
  if (ours.has(key)) return { what: existing, id: ours.get(key) };
  const customers = directory.get(key);
  const [first] = customers;
  if (!first) return { what: CREATE };
  if (existing === SKIP) return { what: SKIP, id: first.id };
  if (customers.length > 1) return { what: REFUSE, issues: SEVERAL };
  const changes = updateFor(customer, first);
  return changes ? { what: UPDATE, id: first.id, changes } : { what: SKIP, id: first.id };
};

const isEmpty = (customer) => !Object.keys(customer).length;

/** The number of requests to find the existing customers, and whether that is an export. */
const priceOf = (keys, pagination) => {
  const lookups = Math.ceil(keys / BATCH);
  const pages = pagination ? Math.max(1, Math.ceil(pagination.totalResults / BATCH)) : Infinity;
  return pages < lookups ? { requests: pages, isExport: true } : { requests: lookups };
};

/** The options for reading a file as a stream: a string is UTF-8, whatever it begins with. */
const asStream = ({ isText }, reading) =>
  isText ? { ...reading, numbers: [0, ...reading.numbers.slice(1)] } : reading;

/** The number of requests to look up a row without an answer. */
const SEARCH = 3;

const plan = async (file, api, given) => {
  const options = readPlanOptions(given);
  const { existing, signal } = options;
  readApi(api, OPERATIONS);
  const input = readFile(file);
  const ask = createAsk(api, {
    signal,
    onWait: (waitingUntil) => options.onProgress?.({ waitingUntil }),
  });

  // The first reading is for the hash and the format.
  const hashed = hashing(input);
  const chunks = hashed.chunks(signal);
  const { report, reading } = await check(chunks, asStream(input, options.reading), () => {});
  const { rows, dates, damage } = report;
  // The second one is for the addresses.
  const keyOfRow = new Map();
  for await (const { row, customer } of readCustomers(input, reading)) {
    const key = keyOf(customer?.email);
    if (key) keyOfRow.set(row, key);
  }
  const binding = await bindingOf(hashed, options);
  const { journal } = options;
  const book = journal === undefined ? undefined : await openBook(journal, binding);
  for (const row of book?.rows.keys() ?? []) keyOfRow.delete(row);
  const keys = new Set(keyOfRow.values());

  const { pagination, ...first } = await askNewest(ask);
  const newest = book?.head?.newest ?? newestOf(first);
  const directory = createDirectory();
  const price = existing === CREATE ? { requests: 0 } : priceOf(keys.size, pagination);
  const isKnown = endOf(price.requests, api.rateLimit, Date.now()) <= Date.now();
  const lookUp = (ask, wanted) =>
    price.isExport ? directory.findAll(ask) : directory.find(ask, wanted);
  if (isKnown && price.requests) await lookUp(ask, [...keys]);

  // The third one decides about each row.
  const counts = { create: 0, update: 0, skip: 0, refuse: 0, undecided: 0 };
  const done = { created: 0, updated: 0, skipped: 0, refused: 0, unknown: 0 };
  const ours = new Map();
  let requests = isKnown ? 0 : price.requests;
  let withoutEmail = 0;
  for await (const { row, customer } of readCustomers(input, reading)) {
    const entry = book?.rows.get(row);
    if (entry && !book.isOpen(entry)) {
      done[entry.state]++;
      continue;
    }
    if (!customer || isEmpty(customer)) {
      counts.refuse++;
      continue;
    }
    const key = keyOf(customer.email);
    if (!key) withoutEmail++;
    if (entry) {
      counts.undecided++;
      requests += SEARCH;
    } else if (key && existing !== CREATE && !isKnown) {
      counts.undecided++;
      requests++;
    } else {
      const { what, changes } = decide(customer, { existing, directory, ours });
      counts[what]++;
      // For an update of a customer from an earlier row, the customer must be read first.
      if (what === CREATE) requests++;
      if (what === UPDATE) requests += changes ? 1 : 2;
    }
    if (key) ours.set(key, undefined);
  }
  const now = Date.now();
  const end = endOf(requests, api.rateLimit, now);

  return {
    rows,
    ...(dates && { dates }),
    damage,
    counts,
    done,
    withoutEmail,
    requests,
    hours: (end - now) / HOUR,
    end: new Date(end),
    run: async (given) =>
      run(input, api, {
        ...options,
        reading,
        ...readRunOptions(given),
        binding,
        newest,
        rows,
        directory,
        lookUp,
      }),
  };
};

/** The service's issues with a row. */
const issuesOf = ({ code, issues }) => {
  const said = (issues ?? []).map(({ path, code, message }) => ({ path, code, message }));
  if (said.length) return said;
  return [{ path: [], code, message: "The service refused the row and did not say why" }];
};

/** The journals that runs write to. */
const inUse = new WeakSet();

/** One run of a plan. Two at once with one journal, such as by a double click, would not see each other's rows. */
const run = async (input, api, options) => {
  const journal = readJournal(options.journal);
  if (inUse.has(journal))
    throw importError(
      "journal_in_use",
      "Another run writes to this journal: wait until it ends, or abort it",
    );
  inUse.add(journal);
  try {
    return await runAlone(input, api, options);
  } finally {
    inUse.delete(journal);
  }
};

const runAlone = async (input, api, options) => {
  const { existing, reading, maxRefusals, directory, lookUp, rows, signal, onProgress } = options;
  signal?.throwIfAborted();
  const book = await openBook(options.journal, options.binding);
  const { newest = options.newest } = book.head ?? {};
  if (!book.head) await book.begin({ rows, newest });

  /** The issues of rows that are refused without a request: every run refuses them again. */
  const ourRefusals = new Map();
  let invalid = 0;
  let refusals = 0;
  const ours = new Map();
  const ids = new Set();
  /** Rows whose customers were not found. */
  const lost = [];

  const result = () => {
    const { created, updated, skipped, refused, unknown, sending } = book.counts;
    return {
      rows,
      created,
      updated,
      skipped,
      refused: refused + invalid,
      // Rows that are still to be looked up may exist or not.
      unknown: unknown + sending,
      requests: ask.requests,
    };
  };
  const tell = (waitingUntil) => {
    if (!onProgress) return;
    const counts = result();
    const { created, updated, skipped, refused, unknown } = counts;
    const left = rows - created - updated - skipped - refused - unknown;
    const now = Date.now();
    const end = new Date(endOf(left, api.rateLimit, now));
    onProgress({ ...counts, waitingUntil, end });
  };
  // The plan has made requests before.
  const ask = createAsk(api, { signal, onWait: tell, hasWorked: true });

  const remember = ({ email }, id) => {
    const key = keyOf(email);
    if (key) ours.set(key, id);
    if (id) ids.add(id);
  };
  const finish = async (row, customer, state, id) => {
    await book.write({ row, state, id });
    remember(customer, id);
  };
  const refuse = async (row, issues) => {
    await book.write({ row, state: "refused", issues });
    refusals++;
    if (refusals > maxRefusals)
      throw importError(
        "too_many_refusals",
        `The service refused ${refusals} rows, more than maxRefusals allows: see the reasons in the journal, correct the file, or allow more. The progress is in the journal`,
      );
  };

  /** Looks up customers that may have been created. */
  const settle = async (items) => {
    const isTaken = (id) => ids.has(id);
    const found = await findSent(ask, items, { isTaken, newest });
    for (const { row, customer } of items) {
      if (found.has(row)) await finish(row, customer, "created", found.get(row));
      else if (book.rows.get(row).state !== "unknown") await book.write({ row, state: "unknown" });
    }
    return items.filter(({ row }) => !found.has(row));
  };

  const create = async (row, customer) => {
    await book.write({ row, state: "sending" });
    let created;
    try {
      created = await ask((api) => api.create(customer));
    } catch (error) {
      const { code, mayHaveSucceeded } = Object(error);
      if (mayHaveSucceeded) {
        lost.push(...(await settle([{ row, customer }])));
        return;
      }
      if (!REFUSALS.includes(code)) {
        await book.write({ row, state: "planned" });
        throw error;
      }
      await refuse(row, issuesOf(error));
      return;
    }
    await finish(row, customer, "created", created.id);
  };

  /** Sends the values that a customer does not have yet. `changes` are known if the customer was just read. */
  const update = async (row, customer, id, changes) => {
    await book.write({ row, state: "sending", id });
    for (let attempt = 1; ; attempt++) {
      try {
        const missing = changes ?? updateFor(customer, await ask((api) => api.get(id)));
        if (missing) await ask((api) => api.update(id, missing));
        break;
      } catch (error) {
        const { code, mayHaveSucceeded } = Object(error);
        if (code === "not_found" || REFUSALS.includes(code)) {
          const gone = [{ path: [], code, message: "The customer was deleted meanwhile" }];
          await refuse(row, code === "not_found" ? gone : issuesOf(error));
          return;
        }
        if (!mayHaveSucceeded || attempt === MOST_UPDATES) throw error;
        changes = undefined;
      }
    }
    await finish(row, customer, "updated", id);
  };

  const send = async ({ row, customer }) => {
    signal?.throwIfAborted();
    const { what, id, changes, issues } = decide(customer, { existing, directory, ours });
    if (what === SKIP) await finish(row, customer, "skipped", id);
    else if (what === REFUSE) {
      ourRefusals.set(row, issues);
      invalid++;
    } else if (what === UPDATE) await update(row, customer, id, changes);
    else await create(row, customer);
    tell(null);
  };

  const flush = async (window) => {
    const before = window.filter(({ entry }) => book.isOpen(entry));
    // An update without an answer is sent again if the customer does not show it.
    for (const { row, customer, entry } of before.filter(({ entry }) => entry.id))
      await update(row, customer, entry.id);
    const sent = before.filter(({ entry }) => !entry.id);
    const sending = sent.filter(({ entry }) => entry.state === "sending");
    lost.push(...sent.filter(({ entry }) => entry.state === "unknown"));
    if (sending.length) lost.push(...(await settle(sending)));

    const fresh = window.filter(({ entry }) => !entry);
    if (existing !== CREATE) {
      const keys = fresh.map(({ customer }) => keyOf(customer.email));
      const wanted = keys.filter((key) => key && !directory.has(key) && !ours.has(key));
      if (wanted.length) await lookUp(ask, [...new Set(wanted)]);
    }
    for (const item of fresh) await send(item);
  };

  let window = [];
  let wanted = new Set();
  let count = 0;
  for await (const { row, customer, issues } of readCustomers(input, { ...reading, signal })) {
    count++;
    if (issues || isEmpty(customer)) {
      invalid++;
      if (!issues) ourRefusals.set(row, EMPTY);
      continue;
    }
    const entry = book.rows.get(row);
    if (entry && !book.isOpen(entry)) {
      if (entry.state !== "refused") remember(customer, entry.id);
      continue;
    }
    window.push({ row, customer, entry });
    const key = keyOf(customer.email);
    if (key && !directory.has(key)) wanted.add(key);
    if (wanted.size === BATCH || window.length === WINDOW) {
      await flush(window);
      window = [];
      wanted = new Set();
    }
  }
  await flush(window);
  if (count !== rows)
    throw new Error(
      `The file has ${count} rows now and had ${rows} in the plan: restore it, and run the import again with its journal`,
    );
  // A request of a process that died may have been under way.
  const unknown = new Map(
    (lost.length ? await settle(lost) : []).map((it) => [it.row, it.customer]),
  );
  tell(null);

  const reasonOf = (row) =>
    unknown.has(row)
      ? mayBeThere(unknown.get(row))
      : (ourRefusals.get(row) ?? book.rows.get(row)?.issues);
  return { ...result(), rest: () => restOf(input, { ...reading, signal: undefined }, reasonOf) };
};

export const importCustomers = { plan };
