// Mistakes that must not compile, one per line; accepted.ts contains their right form.

import {
  type Customer,
  CustomerFilter,
  type CustomerListFilter,
  type CustomerPage,
  CustomersApi,
  changes,
  type Issue,
  type NewCustomer,
  NotFoundError,
  type PlainDate,
  validateNewCustomer,
} from "collins-customers";

declare const api: CustomersApi;
declare const filter: CustomerFilter;
declare const page: CustomerPage;
declare const bothOptional: { opted_in?: string[]; opted_in_date?: string };
declare const customer: Customer;
declare const issue: Issue;
declare const ids: string[];
declare const moment: { year: number; month: number; day: number; hour: number };

// ── Dates of opting in and out before their preferences ──

// @ts-expect-error
new CustomerFilter().optedInDate("2019-01-01");
// @ts-expect-error
new CustomerFilter().optedInDateFrom("2019-01-01");
// @ts-expect-error
new CustomerFilter().optedInDateTo("2019-01-01");
// @ts-expect-error
new CustomerFilter().optedOutDate("2019-01-01");
// @ts-expect-error
new CustomerFilter().optedOutDateFrom("2019-01-01");
// @ts-expect-error
new CustomerFilter().optedOutDateTo("2019-01-01");
// @ts-expect-error
new CustomerFilter().optedOut(ids).labels(["VIP"]).optedInDate("2019-01-01");
// @ts-expect-error
new CustomerFilter().optedIn(ids).optedInDate("2019-01-01").optedOutDate("2019-01-01");
// @ts-expect-error
CustomerFilter.parse("opted_in=a").optedInDate("2019-01-01");
// @ts-expect-error
export const tooMuch: CustomerFilter<true> = new CustomerFilter();
// @ts-expect-error
api.list({ opted_in_date: "2019-01-01" });
// @ts-expect-error
api.list({ opted_out: ids, opted_in_date_from: "2019-01-01" });
// @ts-expect-error
export const withoutPreferences: CustomerListFilter = { opted_out_date_to: "2019-01-01" };

/** The message of this error contains the type `OnlyTogetherWithOptedIn`. */
// @ts-expect-error
api.list(bothOptional);

// ── Copies of filters and pages ──

// @ts-expect-error
({ ...filter }).toQueryString();
// @ts-expect-error
({ ...filter }).labels(["VIP"]);
// @ts-expect-error
api.list({ ...filter, labels: "VIP" });
// @ts-expect-error
api.list({ ...filter, label: ["VIP"] });
// @ts-expect-error
api.list({ ...filter, opted_in_date: "2019-01-01" });
// @ts-expect-error
api.iterate(JSON.stringify(filter));
// @ts-expect-error
api.list(Object.entries(filter));
// @ts-expect-error
({ ...page }).nextPage();
// @ts-expect-error
api.iterate().toArray();
// @ts-expect-error
api.iterate().toArray({});
// @ts-expect-error
CustomerFilter.parse("", { unknown: "drop" });

// ── A Date, and other moments ──

// @ts-expect-error
export const date: PlainDate = new Date();
// @ts-expect-error
export const withHour: PlainDate = moment;
// @ts-expect-error
export const milliseconds: PlainDate = 0;
// @ts-expect-error
new CustomerFilter().bookingDate(new Date());
// @ts-expect-error
api.list({ created_date_from: new Date() });
// @ts-expect-error
api.create({ dob: new Date() });
// @ts-expect-error
api.update("a", { dob: new Date() });
// @ts-expect-error
api.update("a", { last_updated: new Date() });

// ── Misspelt and unknown names ──

// @ts-expect-error
customer.firstName;
// @ts-expect-error
customer.company_address?.postcode;
// @ts-expect-error
api.create({ firstname: "Ada" });
// @ts-expect-error
api.create({ company_address: { postcode: "W1" } });
// @ts-expect-error
api.update("a", { firstname: "Ada" });
// @ts-expect-error
api.update("a", { bookings: [] });
// @ts-expect-error
api.create({ id: "a" });
// @ts-expect-error
api.list({ label: ["VIP"] });
// @ts-expect-error
api.list({ bookingDate: "2019-01-01" });
// @ts-expect-error
new CustomerFilter().label(["VIP"]);
// @ts-expect-error
api.remove("a");
// @ts-expect-error
changes(customer, { ...customer, firstname: "Ada" });
// @ts-expect-error
api.update(customer, { ...customer, firstname: "Ada" });
// @ts-expect-error
api.update(customer, { dob: new Date() });
// @ts-expect-error
api.update({ notes: "a" }, { notes: "b" });
// A customer that was read may not be a valid update.
// @ts-expect-error
api.update(customer.id, customer);
// @ts-expect-error
api.update(customer.id, { ...customer, notes: "a" });

// ── Values of the wrong type ──

// @ts-expect-error
api.create({ phone: 442079460000 });
// @ts-expect-error
api.create({ notes: 5 });
// @ts-expect-error
api.create({ notes: null });
// @ts-expect-error
api.create({ labels: "VIP" });
// @ts-expect-error
api.create({ custom_field_value: {} });
// @ts-expect-error
api.create({ marketing_preferences: { a: "yes" } });
// @ts-expect-error
api.create({ marketing_preferences: [{ id: "a", opted_in: true }] });
// @ts-expect-error
api.create();
// @ts-expect-error
api.update("a", { notes: 5 });
// @ts-expect-error
api.update("a", { id: null });
// @ts-expect-error
api.update("a");
// @ts-expect-error
api.update({ notes: null });
// @ts-expect-error
api.get(5);
// @ts-expect-error
api.get(customer.email);
// @ts-expect-error
api.delete();
// @ts-expect-error
api.list({ limit: "10" });
// @ts-expect-error
api.list({ labels: "VIP" });
// @ts-expect-error
api.list({ query: null });
// @ts-expect-error
api.list({ dob_month: "5" });
// @ts-expect-error
api.list({ sort: "last_name" });
// @ts-expect-error
api.list("labels=VIP");
// @ts-expect-error
new CustomerFilter().labels("VIP");
// @ts-expect-error
new CustomerFilter().limit("10");
// @ts-expect-error
new CustomerFilter().query(null);
// @ts-expect-error
new CustomerFilter({ labels: "VIP" });
// @ts-expect-error
new CustomerFilter("labels=VIP");
// @ts-expect-error
CustomerFilter();
// @ts-expect-error
export const missing: NewCustomer = { company_address: "1 Dorset Street" };
// @ts-expect-error
customer.notes.length;

// ── Options ──

// @ts-expect-error
new CustomersApi();
// @ts-expect-error
new CustomersApi({});
// @ts-expect-error
new CustomersApi({ environment: "playpen" });
// @ts-expect-error
new CustomersApi({ token: 5 });
// @ts-expect-error
new CustomersApi({ token: () => 5 });
// @ts-expect-error
new CustomersApi({ token: "t", environment: "test" });
// @ts-expect-error
new CustomersApi({ token: "t", environment: "playpen", baseUrl: "https://example.com" });
// @ts-expect-error
new CustomersApi({ token: "t", baseURL: "https://example.com" });
// @ts-expect-error
new CustomersApi({ token: "t", timeout: "30s" });
// @ts-expect-error
new CustomersApi({ token: "t", retries: 3 });
// @ts-expect-error
new CustomersApi({ token: "t", headers: { "X-Trace": null } });
// @ts-expect-error
new CustomersApi({ token: "t", headers: [["X-Trace"]] });
// @ts-expect-error
new CustomersApi({ token: "t", headers: new Map([["X-Trace", 5]]) });
// @ts-expect-error
api.get("a", { idempotency: true });
// @ts-expect-error
new CustomersApi({ token: "t", fetch: () => new Response() });
// @ts-expect-error
new CustomersApi({ token: "t", logger: { warn() {} } });
// @ts-expect-error
new CustomersApi({ token: "t", logLevel: "verbose" });
// @ts-expect-error
new CustomersApi({ token: "t", onRequest: (event) => event.url });
// @ts-expect-error
api.withOptions({ environment: "playpen", baseUrl: "https://example.com" });
// @ts-expect-error
api.withOptions({ retries: 3 });
// @ts-expect-error
api.rateLimit = null;
// @ts-expect-error
api.list({}, { maxItems: 5 });
// @ts-expect-error
api.iterate({}, { limit: 5 });
// @ts-expect-error
api.get("a", { extraBody: {} });
// @ts-expect-error
api.list({}, { signal: new AbortController() });
// @ts-expect-error
api.create({}, { headers: { "X-Trace": 5 } });

// ── What comes back ──

// @ts-expect-error
api.list().customers;
// @ts-expect-error
api.list().then((page) => page.pagination.page);
// @ts-expect-error
api.list().then((page) => page.rateLimit.remaining);
// @ts-expect-error
validateNewCustomer({}).then();
// @ts-expect-error
issue.params.max;
// @ts-expect-error
issue.code === "toolong";
// @ts-expect-error
new NotFoundError("made by hand");
