// Programs of users, and the types that they get.

import {
  type AnyCustomerFilter,
  type AnyCustomersApiError,
  type ApiError,
  type ApiPromise,
  AuthenticationError,
  applyIssues,
  type Booking,
  ConfigurationError,
  type ConnectionError,
  type Customer,
  CustomerFilter,
  type CustomerListFilter,
  type CustomerPage,
  CustomersApi,
  CustomersApiError,
  type CustomersApiOptions,
  type CustomerUpdate,
  changes,
  type EditedCustomer,
  type Environment,
  type ErrorCode,
  fieldLimits,
  fromForm,
  InternalServerError,
  type Issue,
  type IssueCode,
  type NewCustomer,
  NotFoundError,
  originalCause,
  type Pagination,
  type PlainDate,
  type RateLimit,
  RateLimitError,
  schemas,
  TimeoutError,
  UnexpectedResponseError,
  UnprocessableEntityError,
  ValidationError,
  type VisibleCause,
  validateCustomerUpdate,
  validateListFilter,
  validateNewCustomer,
} from "collins-customers";
import { check, type Equal } from "./equal.js";

declare const id: string;
declare const environment: Environment | undefined;
declare const maybe: string | undefined;

// ── The client ──

export const api = new CustomersApi({ token: "t" });
new CustomersApi({ token: "t", environment: "playpen" });
new CustomersApi({ token: () => "t", environment });
new CustomersApi({ token: async () => "t", environment: undefined, baseUrl: undefined });
new CustomersApi({ baseUrl: "https://example.com/collins" });
new CustomersApi({ baseUrl: "http://127.0.0.1:8787/api", token: maybe });
const options: CustomersApiOptions = {
  token: "t",
  fetch: globalThis.fetch,
  timeout: 1_000,
  totalTimeout: 2_000,
  maxRetries: 0,
  maxRetryAfter: 5_000,
  headers: { "X-Trace": "1", "X-Maybe": maybe },
  onRequest: ({ method, route, attempt }) => `${method} ${route} ${attempt.toFixed()}`,
  onResponse: ({ status, durationMs, rateLimit }) => [status, durationMs, rateLimit?.remaining],
  onRetry: async ({ reason, waitMs }) => [reason, waitMs],
  logger: console,
  logLevel: "debug",
  dangerouslyAllowBrowser: false,
};
new CustomersApi(options);
new CustomersApi({ token: "t", fetch: async () => new Response("{}") });
new CustomersApi({ token: "t", fetch: async (url: string) => new Response(url) });
new CustomersApi({
  token: "t",
  fetch: (url, init) => {
    check<Equal<typeof url, string>>();
    check<Equal<typeof init.method, "GET" | "POST" | "PUT" | "DELETE">>();
    check<Equal<typeof init.signal, AbortSignal>>();
    return fetch(url, init);
  },
});

check<Equal<typeof api.rateLimit, RateLimit | null>>();
api
  .withOptions({ timeout: 1, environment: "playpen" })
  .withOptions({ baseUrl: "https://a.example" });
check<Equal<ReturnType<typeof api.withOptions>, CustomersApi>>();

// ── The operations ──

export async function operations(signal: AbortSignal) {
  const page = await api.list();
  check<Equal<typeof page, CustomerPage>>();
  check<Equal<typeof page.customers, Customer[]>>();
  check<Equal<typeof page.pagination, Pagination | null>>();
  check<Equal<typeof page.rateLimit, RateLimit | null>>();
  const resetAt = page.rateLimit?.resetAt;
  check<Equal<typeof resetAt, Date | null | undefined>>();
  for (let next = await page.nextPage(); next; next = await next.nextPage()) next.customers.pop();

  await api.list({ labels: ["VIP"], limit: 10, page: 2 });
  await api.list({}, { signal, timeout: 1, totalTimeout: 2, maxRetries: 3, validate: false });
  await api.list(undefined, { headers: { "X-Trace": null, "X-Maybe": undefined } });
  for await (const customer of api.iterate({ labels: ["VIP"] }, { maxItems: 500, signal })) {
    check<Equal<typeof customer, Customer>>();
    break;
  }
  for await (const _ of api.iterate(new CustomerFilter().limit(30)));
  await api.iterate().next();
  const all = await api.iterate().toArray({ maxItems: 500 });
  check<Equal<typeof all, Customer[]>>();

  const customer = await api.create({
    email: "ada@example.com",
    first_name: maybe,
    marketing_preferences: { [id]: true },
  });
  check<Equal<typeof customer, Customer>>();
  await api.create({}, { extraBody: { loyalty_tier: "gold" }, signal });
  await api.get(customer.id);
  await api.update(customer.id, { notes: null, phone: undefined });
  await api.update(customer.id, {}, { extraBody: { loyalty_tier: null } });
  const nothing = await api.delete(customer.id, { maxRetries: 0 });
  check<Equal<typeof nothing, undefined>>();

  const call = api.get(id);
  check<Equal<typeof call, ApiPromise<Customer>>>();
  const { data, response } = await call.withResponse();
  check<Equal<typeof data, Customer>>();
  check<Equal<typeof response, Response>>();
  await Promise.all([api.get(id), api.list(), api.delete(id)]);
  const pages: Promise<CustomerPage> = api.list();
  await pages;
}

// ── Customers ──

export function reading(customer: Customer) {
  check<Equal<typeof customer.id, string>>();
  check<Equal<typeof customer.created_date, string | null | undefined>>();
  check<Equal<typeof customer.bookings, Booking[] | null | undefined>>();
  const city = customer.company_address?.city;
  check<Equal<typeof city, string | null | undefined>>();
  const optedIn = customer.marketing_preferences?.map((preference) => preference.opted_in);
  check<Equal<typeof optedIn, (boolean | undefined)[] | undefined>>();
}

/** A customer can be read, changed and written. */
export async function readThenWrite(customer: Customer) {
  const now = await api.update(customer, { ...customer, notes: "Prefers the window" });
  check<Equal<typeof now, Customer>>();
  await api.update(customer, customer);
  await api.update(customer, { dob: temporalDate, marketing_preferences: { [id]: true } });
  await api.update(customer, { notes: null }, { extraBody: { loyalty_tier: "gold" } });
  const { response } = await api.update(customer, {}).withResponse();
  check<Equal<typeof response, Response | null>>();
  const update = changes(customer, { ...customer, labels: ["VIP"] });
  check<Equal<typeof update, CustomerUpdate>>();
  const edited: EditedCustomer = changes(customer, customer);
  await api.update(customer.id, update);
  return edited;
}

/** The relevant fields of `Temporal.PlainDate`. */
declare const temporalDate: {
  readonly calendarId: string;
  readonly year: number;
  readonly month: number;
  readonly monthCode: string;
  readonly day: number;
  toString(options?: { calendarName?: "auto" | "never" }): string;
  toJSON(): string;
};
export const dates: PlainDate[] = ["1995-01-13", temporalDate];
export const everyField: NewCustomer = {
  email: "ada@example.com",
  first_name: "Ada",
  last_name: "Lovelace",
  company: "Engines",
  phone: "+44 20 7946 0000",
  company_address: { street: "1 Dorset Street", city: "London", post_code: "W1" },
  dob: temporalDate,
  custom_field_value: true,
  associated_venues: ["a"] as const,
  marketing_preference_ids: ["b"],
  marketing_preferences: { c: false },
  labels: ["VIP"],
  notes: "n",
};
export const everyUpdate: CustomerUpdate = {
  ...everyField,
  id,
  company_address: { street: null, city: "Leeds" },
  dob: null,
  custom_field_value: 7,
  marketing_preferences: [{ id, opted_in: true }],
  created_date: null,
  last_updated: "2019-03-06 17:00:00",
};

// ── Filters ──

export const vips = new CustomerFilter().labels(["VIP"]).sort(["-last_updated", "loyalty_tier"]);
check<Equal<typeof vips, CustomerFilter>>();
check<Equal<CustomerFilter, CustomerFilter<false, false>>>();
export const recent = vips.optedIn([id]).optedInDateFrom("2019-01-01");
check<Equal<typeof recent, CustomerFilter<true, false>>>();

/** Every setter; the dates come after the preferences that they are about. */
export const everyFilter = new CustomerFilter()
  .associatedVenues([id])
  .bookingDate("2019-01-01")
  .bookingDateFrom("2019-01-01")
  .bookingDateTo(temporalDate)
  .createdDate("2019-01-01")
  .createdDateFrom("2019-01-01")
  .createdDateTo("2019-01-01")
  .dobMonth(5)
  .dobMonth([5, 6])
  .email(["ada@example.com"])
  .fullName("Ada Lovelace")
  .labels(["VIP"])
  .lastUpdated("2019-01-01")
  .lastUpdatedFrom("2019-01-01")
  .lastUpdatedTo("2019-01-01")
  .optedIn([id])
  .optedInDate("2019-01-01")
  .optedInDateFrom("2019-01-01")
  .optedInDateTo("2019-01-01")
  .optedOut([id])
  .optedOutDate("2019-01-01")
  .optedOutDateFrom("2019-01-01")
  .optedOutDateTo("2019-01-01")
  .optedInDate("2019-01-02")
  .query("ada")
  .limit(30)
  .sort(["last_name"])
  .page("2")
  .page(2);
check<Equal<typeof everyFilter, CustomerFilter<true, true>>>();

/** A filter with more known fields can be used as one with fewer. */
export const lessKnown: CustomerFilter = everyFilter;
export const anyFilter: AnyCustomerFilter = recent;
export const parsed = CustomerFilter.parse("labels=VIP");
check<Equal<typeof parsed, CustomerFilter>>();
parsed.optedOut([id]).optedOutDate("2019-01-01");
check<Equal<ReturnType<typeof parsed.toQueryString>, string>>();
check<Equal<ReturnType<typeof parsed.toObject>, CustomerListFilter>>();
for (const filter of [vips, recent, everyFilter, parsed, parsed.toObject(), {}]) api.list(filter);
export const isFilter = (value: unknown): value is CustomerFilter =>
  value instanceof CustomerFilter;

/** A filter is built step by step. */
export function filterOf(label: string | undefined, preference: string | undefined) {
  let filter = new CustomerFilter();
  if (label !== undefined) filter = filter.labels([label]);
  if (preference !== undefined) filter = filter.optedIn([preference]).optedInDateFrom("2019-01-01");
  return filter.limit(30);
}

/** Copies of a filter can be used as the filter. */
export const copied: CustomerListFilter = { ...vips };
export const both: CustomerListFilter = { ...vips, ...recent };
for (const copy of [copied, both, { ...recent, page: 2 }, structuredClone(vips)]) api.list(copy);
api.iterate({ ...vips, page: 2 });
api.list({ ...recent, opted_in_date_to: "2019-02-01", labels: ["VIP"] });
api.list(Object.assign({}, vips));
check<Equal<typeof fromPlain, CustomerFilter>>();
export const fromPlain = new CustomerFilter({ labels: ["VIP"] });
new CustomerFilter(copied).labels(["VIP"]);
new CustomerFilter(recent).optedIn([id]).optedInDate("2019-01-01");
CustomerFilter.parse("utm_source=mail", { unknown: "ignore" });

/** A copy of a page is its data. */
export function pageData(page: CustomerPage) {
  const data = { ...page };
  check<Equal<typeof data.customers, Customer[]>>();
  check<Equal<keyof typeof data, "customers" | "pagination" | "rateLimit">>();
  return data;
}

/** The plain form of every filter. */
export const plainFilter: CustomerListFilter = {
  associated_venues: [id],
  booking_date: "2019-01-01",
  booking_date_from: "2019-01-01",
  booking_date_to: temporalDate,
  created_date: "2019-01-01",
  created_date_from: "2019-01-01",
  created_date_to: "2019-01-01",
  dob_month: [5],
  email: ["ada@example.com"],
  full_name: "Ada Lovelace",
  labels: ["VIP"],
  last_updated: "2019-01-01",
  last_updated_from: "2019-01-01",
  last_updated_to: "2019-01-01",
  opted_in: [id],
  opted_in_date: "2019-01-01",
  opted_in_date_from: "2019-01-01",
  opted_in_date_to: "2019-01-01",
  opted_out: [id],
  opted_out_date: "2019-01-01",
  opted_out_date_from: "2019-01-01",
  opted_out_date_to: undefined,
  query: "ada",
  limit: 30,
  sort: ["-last_updated", "loyalty_tier"],
  page: 2,
};
api.list({ opted_in: maybe ? [maybe] : undefined, query: maybe, dob_month: 5, page: "2" });
const built: CustomerListFilter = {};
built.labels = ["VIP"];
built.opted_in = [id];
api.list(built);

// ── Validation ──

check<Equal<ReturnType<typeof validateNewCustomer>, Issue[]>>();
check<Equal<Issue["code"], IssueCode>>();
export function explain(value: unknown): string[] {
  const issues = [validateNewCustomer(value), validateCustomerUpdate(value)].flat();
  return [...issues, ...validateListFilter(vips)].map((issue) => {
    const path: (string | number)[] = issue.path;
    switch (issue.code) {
      case "too_long":
        return `${path.join(".")}: ${issue.params.max - issue.params.actual}`;
      case "too_large":
        return `${issue.params.max} bytes`;
      case "more_issues":
        return `and ${issue.params.more} more`;
      case "out_of_range":
        return `${issue.params.min} to ${issue.params.max}`;
      case "requires":
      case "reversed_range":
        return issue.params.parameter;
      case "unknown_field":
        return issue.params?.suggestion ?? "";
      default:
        check<Equal<typeof issue.params, undefined>>();
        return issue.message;
    }
  });
}
check<Equal<typeof fieldLimits.company_address.post_code, 10>>();
export const lengths: readonly number[] = [fieldLimits.phone, fieldLimits.notes];

// ── Forms ──

export const ofForm: NewCustomer[] = [
  fromForm(new FormData()),
  fromForm(new URLSearchParams()),
  fromForm({ email: "", dob: null, labels: "VIP", marketing_preferences: { [id]: "on" } }),
];
export function show(error: unknown): Record<string, string> {
  const messages: Record<string, string> = {};
  applyIssues((name, { message }) => {
    messages[name] = message;
  }, error);
  const setError = (name: "email" | "phone", issue: { message?: string; type?: string }) =>
    [name, issue] as const;
  if (!applyIssues(setError, error)) throw error;
  return messages;
}
const edited = schemas.customerUpdateForm["~standard"].validate({ notes: "" });
if (edited.issues === undefined) check<Equal<typeof edited.value, EditedCustomer>>();
check<Equal<ReturnType<typeof schemas.customerUpdateFormOf>, typeof schemas.customerUpdateForm>>();
export const schema07 = schemas.newCustomer["~standard"].jsonSchema.input({ target: "draft-07" });

// ── Errors ──

export function handle(error: unknown): string {
  if (error instanceof ValidationError) return error.issues.map(({ code }) => code).join();
  if (error instanceof UnprocessableEntityError) {
    check<Equal<typeof error.issues, Issue[]>>();
    check<Equal<typeof error.status, 422>>();
    return error.code;
  }
  if (error instanceof RateLimitError) {
    check<Equal<typeof error.retryAfterMs, number | null>>();
    check<Equal<typeof error.resetAt, Date | null>>();
  }
  if (error instanceof NotFoundError || error instanceof AuthenticationError) {
    check<Equal<typeof error.code, "not_found" | "authentication">>();
    const base: ApiError = error;
    check<Equal<typeof base.headers, Headers>>();
    check<Equal<typeof base.body, unknown>>();
    check<Equal<typeof base.attempts, number>>();
    check<Equal<typeof base.mayHaveSucceeded, boolean>>();
    check<Equal<typeof base.rateLimit, RateLimit | null>>();
  }
  if (error instanceof InternalServerError) check<Equal<typeof error.status, number>>();
  if (error instanceof TimeoutError) {
    const base: ConnectionError = error;
    check<Equal<typeof error.code, "timeout">>();
    check<Equal<typeof base.cause, VisibleCause | undefined>>();
    const code: string | undefined = base.cause?.code;
    originalCause(error);
    if (code) return code;
    check<Equal<typeof base.mayHaveSucceeded, boolean>>();
  }
  if (error instanceof UnexpectedResponseError) return String(error.status ?? "no response");
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof CustomersApiError) {
    const plain: Error = error;
    return `${plain.name} ${error.code}`;
  }
  throw error;
}

/** The union of all classes, distinguished by `code`. */
export function told(error: AnyCustomersApiError): string {
  check<Equal<AnyCustomersApiError["code"], Exclude<ErrorCode, "customers_api">>>();
  check<Equal<typeof error.userMessage, string>>();
  switch (error.code) {
    case "rate_limit":
      check<Equal<typeof error, RateLimitError>>();
      return `${error.retryAfterMs} ${error.resetAt?.toISOString()}`;
    case "validation":
    case "unprocessable_entity":
      return error.issues.map(({ message }) => message).join();
    case "connection":
      return `${error.cause?.name} ${error.cause?.code} ${error.mayHaveSucceeded}`;
    case "timeout":
      check<Equal<typeof error, TimeoutError>>();
      return error.message;
    case "api":
      return `${error.status} ${error.method} ${error.route}`;
    case "configuration":
    case "unexpected_response":
      return error.message;
    default:
      return `${error.status} ${error.attempts}`;
  }
}

/** A token from an environment variable, which may not be set: then the constructor throws. */
declare const environmentVariable: string | undefined;
new CustomersApi({ token: environmentVariable });
new CustomersApi({ baseUrl: "/collins", maxResponseBytes: 1_000, idempotency: true });
new CustomersApi({
  baseUrl: "http://10.0.0.5/collins",
  token: "t",
  dangerouslyAllowUnencryptedToken: true,
  headers: new Headers({ "X-Trace": "1" }),
});
new CustomersApi({ token: "t", headers: new Map([["X-Trace", "1"]]) });
new CustomersApi({ token: "t", headers: [["X-Trace", "1"]] });
api.get(id, { headers: [["X-Trace", null]], maxResponseBytes: 1_000 });

/** Test libraries accept error classes as constructors of this type. */
// biome-ignore lint/suspicious/noExplicitAny: it is theirs
export const errorClass: new (...parameters: any[]) => unknown = NotFoundError;
