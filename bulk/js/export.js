// Customers of the service, written to a file page by page.

import { DEFAULT_LIMIT } from "../../src/js/contract.js";
import { filtersOf } from "../../src/js/copies.js";
import { isObject, isRecord } from "../../src/js/own.js";
import { copyOf } from "../../src/js/values.js";
import { columnsOf, isPreferenceId, lineOf, preferencesOf, rowOf } from "./csv.js";
import { known, readApi, readCallback, readSignal } from "./options.js";
import { createPace, endOf } from "./pace.js";
import { openSink } from "./sink.js";
import { beginning, ORDER, unreadable, walk } from "./walk.js";

const HOUR = 3_600_000;
/** A byte-order mark. */
export const MARK = "\uFEFF";
export const FORMATS = ["csv", "ndjson"];

/** Checks and copies the filters of an export, by wire name. */
export const readFilter = (filter = {}) => {
  const values = isObject(filter) ? filtersOf(filter) : undefined;
  // Only of a plain object are all filters own properties: anything else would be read as none.
  if (!isRecord(values))
    throw new TypeError("The filter must be a CustomerFilter or an object of filters");
  const filters = { __proto__: null, ...copyOf(values) };
  for (const name of ["limit", "sort", "page"])
    if (filters[name] !== undefined)
      throw new TypeError(
        `The filter of an export must not have ${name}: an export asks for every page, the newest customers first`,
      );
  return filters;
};

/** The text by which filters are compared. */
export const keyOf = (values) => JSON.stringify(Object.entries(values).sort());

const list = (api, values, page, signal) =>
  api.list({ ...values, ...ORDER, page }, signal && { signal });

/** The duration and the end of an export that makes `requests` more requests. */
const price = (requests, rateLimit) => {
  const now = Date.now();
  const end = endOf(requests, rateLimit ?? null, now);
  return { requests, hours: Math.max(0, end - now) / HOUR, end: new Date(end) };
};

const requestsFor = (customers) => Math.ceil(customers / DEFAULT_LIMIT);

/** The operations that an export uses. */
const OPERATIONS = ["list"];

const plan = async (api, filter, options) => {
  readApi(api, OPERATIONS);
  const values = readFilter(filter);
  const signal = readSignal(known(options, "The options", ["signal"]).signal);
  const { pagination, rateLimit } = await api.list({ ...values, limit: 1 }, signal && { signal });
  if (!pagination) throw unreadable();
  const customers = pagination.totalResults;
  return { customers, ...price(Math.max(1, requestsFor(customers)), rateLimit) };
};

/**
 * Walks over the pages of an export as fast as the quota allows. `each` gets the new customers of a page, and settles
 * when they are safe; `tell` gets the progress.
 */
export const walkPages = async (api, values, { signal, state = beginning(), tell }, each) => {
  let requests = 0;
  let { position, total } = state;
  const told = (waitingUntil) =>
    tell({
      total,
      requests,
      waitingUntil,
      end: price(requestsFor((total ?? 0) - position), api.rateLimit).end,
    });
  const pace = createPace(api, { signal, onWait: told });
  const ask = (page) =>
    pace(() => {
      requests++;
      return list(api, values, page, signal);
    });
  for await (const page of walk(ask, state)) {
    await each(page);
    ({ position, total } = page);
    told(null);
  }
  return requests;
};

const readResume = (given, filter, format) => {
  const begun = { bytes: 0, customers: 0, filter, format, ...beginning() };
  const resume = { __proto__: null, ...(given ?? begun) };
  const isOne =
    given !== null &&
    Array.isArray(resume.ids) &&
    ["bytes", "customers", "position", "furthest"].every((name) => Number.isInteger(resume[name]));
  if (!isOne)
    throw new TypeError(
      "resume must be what an export gave: the `resume` of its error or progress",
    );
  if (resume.filter !== filter || resume.format !== format)
    throw new TypeError(
      "resume belongs to an export with another filter or format: give the same ones, or start again without it",
    );
  return resume;
};

const NAMES = ["format", "bom", "preferences", "onProgress", "signal", "resume"];

const readOptions = (options) => {
  const {
    format = "csv",
    bom = false,
    preferences = [],
    onProgress,
    signal,
    resume,
  } = known(options, "The options", NAMES);
  if (!FORMATS.includes(format)) throw new TypeError('format must be "csv" or "ndjson"');
  if (typeof bom !== "boolean") throw new TypeError("bom must be true or false");
  if (!Array.isArray(preferences) || !preferences.every(isPreferenceId))
    throw new TypeError("preferences must be a list of ids of marketing preferences");
  return {
    format,
    bom,
    preferences,
    onProgress: readCallback(onProgress),
    signal: readSignal(signal),
    resume,
  };
};

/** Attaches the place where an export stopped to its error, as a property that is not printed. */
const keep = (error, resume) => {
  try {
    Object.defineProperty(error, "resume", { __proto__: null, value: resume, configurable: true });
  } catch {
    // The reason of an abort may be a string, which has no properties.
  }
};

const exportAll = async (api, filter, sink, options) => {
  readApi(api, OPERATIONS);
  const { format, bom, onProgress, signal, ...given } = readOptions(options);
  const values = readFilter(filter);
  const key = keyOf(values);
  const begun = readResume(given.resume, key, format);
  const out = openSink(sink);
  const encoder = new TextEncoder();

  let { bytes, customers, preferences } = begun;
  let columns;
  let otherFields = 0;
  let state = () => ({
    position: begun.position,
    furthest: begun.furthest,
    total: begun.total,
    ids: begun.ids,
  });
  const resume = () => ({ filter: key, format, preferences, bytes, customers, ...state() });

  const rowsOf = (found) => {
    if (format === "ndjson") return found.map((customer) => `${JSON.stringify(customer)}\n`);
    preferences ??= [...new Set([...given.preferences, ...preferencesOf(found)])];
    columns ??= new Set(columnsOf(preferences));
    const rows = found.map((customer) => rowOf(customer, columns));
    otherFields += rows.filter(({ hasOthers }) => hasOthers).length;
    return [bytes ? "" : lineOf([...columns]), ...rows.map(({ text }) => text)];
  };

  const write = async (page) => {
    const text = `${bom && !bytes ? MARK : ""}${rowsOf(page.customers).join("")}`;
    const encoded = encoder.encode(text);
    if (text) await out.write(text, encoded);
    bytes += encoded.length;
    customers += page.customers.length;
    state = page.state;
  };
  const tell = (progress) =>
    onProgress?.({
      customers,
      bytes,
      ...progress,
      get resume() {
        return resume();
      },
    });

  try {
    const requests = await walkPages(api, values, { signal, state: begun, tell }, write);
    await out.end?.();
    return { customers, requests, bytes, ...(format === "csv" && { otherFields }) };
  } catch (error) {
    keep(error, resume());
    throw error;
  } finally {
    out.release?.();
  }
};

// With this mark a bundler can leave out the whole file if it is not used.
export const exportCustomers = /* @__PURE__ */ Object.assign(exportAll, { plan });
