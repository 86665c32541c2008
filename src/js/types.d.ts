// The whole public surface of `collins-customers`, written by hand so that it is exact: this file is
// what an editor shows. A release ships it as it stands.
//
// Facts about the service carry a mark in words: "documented", "assumed: not documented" (the documentation is
// silent, and this is how the package reads it), or "stricter than the service" (a rule of this package). Lengths
// count Unicode code points (assumed), so an emoji counts as one or a few characters, never as its bytes.
//
// The platform's own types (`Response`, `Headers`, `AbortSignal`) come from what the project has
// already: TypeScript's DOM library, `@types/node`, or a worker runtime's types.

// ── Customers, as they are read ──────────────────────────────────────────────────────────────────

/**
 * A customer, as `list`, `get`, `create` and `update` return it: the object that the service sent,
 * with nothing dropped, renamed or converted.
 *
 * Only `id` is certain. Any other field may be missing, or `null` where it holds nothing (assumed: not documented),
 * so read them as `customer.notes ?? ""`. Date-times are text in the service's own form and without
 * a zone, `2019-03-06 17:00:00` (documented); `new Date(…)` would take them for local time.
 *
 * Fields that the documentation does not know are there at run time. They are left out of this type
 * so that a misspelt field is an error. To read one, declare it once in a module of yours:
 *
 * ```ts
 * declare module "collins-customers" {
 *   interface Customer {
 *     loyalty_tier?: string;
 *   }
 * }
 * ```
 */
export interface Customer {
  /** The customer's id: 24 hexadecimal digits in every example, documented only as text. (documented) */
  id: string;
  /** The email address. (documented) */
  email?: string | null;
  /** The given name. (documented) */
  first_name?: string | null;
  /** The family name. (documented) */
  last_name?: string | null;
  /** The telephone number. (documented) */
  phone?: string | null;
  /** The name of the customer's company. (documented) */
  company?: string | null;
  /** The address of the customer's company. (documented) */
  company_address?: CustomerAddress | null;
  /** The date of birth, `YYYY-MM-DD`. (documented) */
  dob?: string | null;
  /** What the venue keeps in the field that it defined itself. (documented) */
  custom_field_value?: string | null;
  /** The ids of the venues that the customer belongs to. (documented) */
  associated_venues?: string[] | null;
  /**
   * What the customer has opted in to and out of. (documented)
   *
   * This list is the form of reading. Updates take it too; creates take a map, see
   * {@link NewCustomer.marketing_preferences}.
   */
  marketing_preferences?: MarketingPreference[] | null;
  /** The customer's bookings. Read-only. (documented) */
  bookings?: Booking[] | null;
  /** The customer's labels. (documented) */
  labels?: string[] | null;
  /** Free text about the customer. (documented) */
  notes?: string | null;
  /**
   * When the customer was created, `2019-03-06 17:00:00`; `null` for customers from before
   * February 2019. (documented)
   */
  created_date?: string | null;
  /** When the customer was last changed, `2019-03-06 17:00:00`. (documented) */
  last_updated?: string | null;
}

/** The address of a customer's company, as it is read. Any part may be missing or `null`. (assumed: not documented) */
export interface CustomerAddress {
  /** Street and number. (documented) */
  street?: string | null;
  /** The city. (documented) */
  city?: string | null;
  /** The post code. (documented) */
  post_code?: string | null;
}

/** Whether a customer has opted in to one marketing preference, and since when. (documented) */
export interface MarketingPreference {
  /** The id of the preference. (documented) */
  id?: string;
  /** When the customer last opted in, `2019-03-06 17:00:00` (documented); `null` if never (assumed: not documented). */
  opt_in_date?: string | null;
  /** When the customer last opted out, `2019-03-06 17:00:00` (documented); `null` if never (assumed: not documented). */
  opt_out_date?: string | null;
  /** Whether the customer is opted in now. (documented) */
  opted_in?: boolean;
}

/** One of a customer's bookings. Read-only. (documented) */
export interface Booking {
  /** The id of the booking. (documented) */
  id?: string;
  /** When it takes place, `2019-03-06 17:00:00`. (documented) */
  date?: string;
  /** The id of the venue. (documented) */
  venue_id?: string;
  /** For how many people. (documented) */
  num_people?: number;
  /** The state of the booking, as the service words it. (documented) */
  status?: string;
}

// ── Customers, as they are written ───────────────────────────────────────────────────────────────

/**
 * A calendar day: `YYYY-MM-DD` as text, or a `Temporal.PlainDate`.
 *
 * It must be a real day: `2023-02-29` is refused. (stricter than the service) A `Date` is no day but an instant, which
 * is another day for anyone east or west of Greenwich; it is a type error here and an `invalid_type`
 * issue at run time.
 */
export type PlainDate = string | PlainDateObject;

/**
 * The part of `Temporal.PlainDate` by which it is told from a `Date` and from a date with a time.
 * Objects of the language and of its polyfills fit.
 */
export interface PlainDateObject {
  /** The year. */
  readonly year: number;
  /** The month of the year, from 1. */
  readonly month: number;
  /** The day of the month, from 1. */
  readonly day: number;
  /** None: an object that knows the hour is more than a day. */
  readonly hour?: never;
  /** The day as text, `YYYY-MM-DD`. */
  toString(): string;
}

/**
 * A customer to be created. Every field is optional. (documented)
 *
 * A field that is `undefined` is not sent; `null` is refused, because there is nothing to clear yet.
 * {@link validateNewCustomer} tells what is wrong with one before it is sent, {@link fieldLimits}
 * gives the lengths as data.
 */
export interface NewCustomer {
  /** The email address. At most 255 characters. (documented) */
  email?: string | undefined;
  /** The given name. At most 255 characters. (documented) */
  first_name?: string | undefined;
  /** The family name. At most 255 characters. (documented) */
  last_name?: string | undefined;
  /** The name of the customer's company. At most 255 characters. (documented) */
  company?: string | undefined;
  /** The telephone number, as text: a number would lose its `+` and its zeros. At most 20 characters. (documented) */
  phone?: string | undefined;
  /** The address of the customer's company. (documented) */
  company_address?: NewCustomerAddress | undefined;
  /** The date of birth, `YYYY-MM-DD`. A `Date` is refused: it shifts by a day between time zones. (documented) */
  dob?: PlainDate | undefined;
  /**
   * The value of the field that the venue defined itself: text, a number or a boolean. Written as
   * text, at most 255 characters. (documented)
   */
  custom_field_value?: string | number | boolean | undefined;
  /** The ids of the venues that the customer belongs to. (documented) */
  associated_venues?: readonly string[] | undefined;
  /**
   * The ids of the marketing preferences to opt in to. (documented)
   *
   * To opt out of one, use `marketing_preferences`.
   */
  marketing_preference_ids?: readonly string[] | undefined;
  /**
   * Marketing preferences by id: `true` to opt in, `false` to opt out. (documented)
   *
   * @example { "5c7d9e0f1a2b3c4d5e6f7a8b": true }
   */
  marketing_preferences?: Readonly<Record<string, boolean>> | undefined;
  /** The customer's labels. (documented) */
  labels?: readonly string[] | undefined;
  /** Free text about the customer. At most 1000 characters. (documented) */
  notes?: string | undefined;
}

/** The address of the company of a customer to be created. Every part is optional. (documented) */
export interface NewCustomerAddress {
  /** Street and number. At most 255 characters. (documented) */
  street?: string | undefined;
  /** The city. At most 50 characters. (documented) */
  city?: string | undefined;
  /** The post code. At most 10 characters. (documented) */
  post_code?: string | undefined;
}

/**
 * What to change about a customer. A field that is left out or `undefined` stays as it is; `null`
 * clears it. (assumed: not documented)
 *
 * The limits are those of a create: the documentation names none for updates. (assumed: not documented)
 *
 * A {@link Customer} that was read need not be one: the service may hold what the documentation does not
 * allow. From reading to writing, give the customer itself: `api.update(customer, edited)` checks and sends what
 * differs, and {@link changes} shows what that is.
 */
export interface CustomerUpdate {
  /** The customer's id. It can be given, but the id that the call names decides. (documented) */
  id?: string | undefined;
  /** The email address. At most 255 characters. (assumed: not documented) */
  email?: string | null | undefined;
  /** The given name. At most 255 characters. (assumed: not documented) */
  first_name?: string | null | undefined;
  /** The family name. At most 255 characters. (assumed: not documented) */
  last_name?: string | null | undefined;
  /** The telephone number, as text: a number would lose its `+` and its zeros. At most 20 characters. (assumed: not documented) */
  phone?: string | null | undefined;
  /** The name of the customer's company. At most 255 characters. (assumed: not documented) */
  company?: string | null | undefined;
  /** The address of the customer's company. (documented) */
  company_address?: CustomerAddressUpdate | null | undefined;
  /** The date of birth, `YYYY-MM-DD`. A `Date` is refused: it shifts by a day between time zones. (documented) */
  dob?: PlainDate | null | undefined;
  /**
   * The value of the field that the venue defined itself: text, a number or a boolean. Written as
   * text, at most 255 characters. (assumed: not documented)
   */
  custom_field_value?: string | number | boolean | null | undefined;
  /** The ids of the venues that the customer belongs to. The whole list. (documented) */
  associated_venues?: readonly string[] | null | undefined;
  /** The ids of the marketing preferences to opt in to. (assumed: not documented) */
  marketing_preference_ids?: readonly string[] | null | undefined;
  /**
   * Marketing preferences: the list that reading returns, of which `id` and `opted_in` are needed (documented); or by id,
   * `true` to opt in and `false` to opt out (assumed: not documented). Each is sent as it is given.
   */
  marketing_preferences?:
    | Readonly<Record<string, boolean>>
    | readonly MarketingPreference[]
    | null
    | undefined;
  /** The customer's labels. The whole list. (documented) */
  labels?: readonly string[] | null | undefined;
  /** Free text about the customer. At most 1000 characters. (assumed: not documented) */
  notes?: string | null | undefined;
  /** When the customer was created: a date-time, `2019-03-06 17:00:00`, or `null`. (documented) */
  created_date?: string | null | undefined;
  /** When the customer was last changed: a date-time, `2019-03-06 17:00:00`. (documented) */
  last_updated?: string | null | undefined;
  /** Read-only. (documented) To write a customer that was read, give it as a whole: `api.update(customer, edited)`. */
  bookings?: undefined;
}

/**
 * A customer that was read and then edited, as a whole or only the fields that were: what
 * `api.update(customer, edited)` and {@link changes} compare with the customer.
 *
 * Fields that you have declared on {@link Customer} belong to it.
 */
export type EditedCustomer = Omit<CustomerUpdate, "bookings"> &
  Omit<Partial<Customer>, keyof CustomerUpdate> & {
    /** The customer's bookings as they were read. Read-only: a change of them is refused. (documented) */
    bookings?: Booking[] | null | undefined;
  };

/** The parts of an address in an update. `null` clears a part. (assumed: not documented) */
export interface CustomerAddressUpdate {
  /** Street and number. At most 255 characters. (assumed: not documented) */
  street?: string | null | undefined;
  /** The city. At most 50 characters. (assumed: not documented) */
  city?: string | null | undefined;
  /** The post code. At most 10 characters. (assumed: not documented) */
  post_code?: string | null | undefined;
}

/**
 * The smallest update that makes `before` into `after`: the fields that differ, and no others.
 *
 * A field that `after` lacks stays as it is; set it to `null` to clear it. A text that is `""`, an empty list and
 * an empty object say as little as `null`: between them there is no difference, so the inputs of a form that
 * nobody touched change nothing. Where an address or a date was and is `""` now, the update has `null`.
 *
 * Of a map of marketing preferences, only those whose state differs are in the update; a list of them, an
 * address and every other list is there as a whole. Every other field that differs is there too, those that
 * the documentation does not know and those that cannot be written included: dropping one would lose an edit.
 * Without a difference the result is `{}`.
 *
 * @param before The customer as it was read. It is not changed.
 * @param after The customer as it shall be, a changed copy of `before` for one. It is not changed.
 * @returns What differs. To send it, rather give both to {@link CustomersApi.update}, which checks no more than
 *   this.
 *
 * @example
 * const before = await api.get(id);
 * changes(before, { ...before, notes: "Allergic to nuts" }); // { notes: "Allergic to nuts" }
 */
export declare function changes(before: Customer, after: EditedCustomer): CustomerUpdate;

// ── Filters ──────────────────────────────────────────────────────────────────────────────────────

/** The fields of a customer that hold one plain value: what a list can be sorted by. */
export type CustomerScalarField =
  | "id"
  | "email"
  | "first_name"
  | "last_name"
  | "phone"
  | "company"
  | "dob"
  | "custom_field_value"
  | "notes"
  | "created_date"
  | "last_updated";

/**
 * A field to sort by, in ascending order, or with `-` before it in descending order. (documented)
 *
 * The documentation does not list the fields. Those that suggest themselves are offered, and any
 * other text is allowed. (assumed: not documented)
 *
 * @example "-last_updated"
 */
export type CustomerSortField = CustomerScalarField | `-${CustomerScalarField}` | (string & {});

/**
 * The filters of a list as a plain object, under their wire names. {@link CustomerFilter} builds the
 * same step by step.
 *
 * All filters that are given must apply. A filter that is `undefined` is not sent; `null`, an empty
 * list and a list item with a comma are refused, because dropping them would answer with customers
 * nobody asked for. (stricter than the service)
 *
 * `opted_in_date`, `opted_in_date_from` and `opted_in_date_to` are allowed only together with
 * `opted_in`; the `opted_out` dates only together with `opted_out`. (documented)
 */
export type CustomerListFilter = CustomerListFilterBase & OptedInFilter & OptedOutFilter;

/** The filters of {@link CustomerListFilter} that do not depend on one another. */
export interface CustomerListFilterBase {
  /** Venue ids: customers of any of these. (documented) */
  associated_venues?: readonly string[] | undefined;
  /** Customers who had a booking on this day. (documented) */
  booking_date?: PlainDate | undefined;
  /** Customers who had a booking on or after this day. (documented) */
  booking_date_from?: PlainDate | undefined;
  /** Customers who had a booking on or before this day. Not before `booking_date_from`. (documented) */
  booking_date_to?: PlainDate | undefined;
  /** Customers created on this day. (documented) */
  created_date?: PlainDate | undefined;
  /** Customers created on or after this day. (documented) */
  created_date_from?: PlainDate | undefined;
  /** Customers created on or before this day. Not before `created_date_from`. (documented) */
  created_date_to?: PlainDate | undefined;
  /** The month of birth, 1 to 12, or a list of months: any of them. (documented) */
  dob_month?: number | readonly number[] | undefined;
  /** Email addresses: customers with any of these. (documented) */
  email?: readonly string[] | undefined;
  /** The full name. (documented) */
  full_name?: string | undefined;
  /** Labels: customers with any of these. (documented) */
  labels?: readonly string[] | undefined;
  /** Customers last changed on this day. (documented) */
  last_updated?: PlainDate | undefined;
  /** Customers last changed on or after this day. (documented) */
  last_updated_from?: PlainDate | undefined;
  /** Customers last changed on or before this day. Not before `last_updated_from`. (documented) */
  last_updated_to?: PlainDate | undefined;
  /** Text to look for: customers whose full name, email, company or phone is similar. (documented) */
  query?: string | undefined;
  /**
   * How many customers a page holds: a whole number, 1 to 30. (documented)
   *
   * @default 30
   */
  limit?: number | undefined;
  /**
   * The fields to sort by, the first one first, `-` before a field for descending order. (documented)
   *
   * Without it: by relevance to `query`, or by `created_date` where there is no `query`. (documented)
   */
  sort?: readonly CustomerSortField[] | undefined;
  /**
   * The page, from 1: a whole number, or its digits. (documented)
   *
   * @default 1
   */
  page?: number | string | undefined;
}

/** The filters by what customers opted in to: without dates, or with the preferences they need. */
export type OptedInFilter = OptedInDatesOfCopy | OptedInDates | OptedInPreferences;

/** The filter by what customers opted in to, without dates. */
export interface OptedInPreferences {
  /** Preference ids: customers who opted in to any of these. (documented) */
  opted_in?: readonly string[] | undefined;
  /** Only together with `opted_in`. (documented) */
  opted_in_date?: OnlyTogetherWithOptedIn | undefined;
  /** Only together with `opted_in`. (documented) */
  opted_in_date_from?: OnlyTogetherWithOptedIn | undefined;
  /** Only together with `opted_in`. (documented) */
  opted_in_date_to?: OnlyTogetherWithOptedIn | undefined;
}

/**
 * The type of the dates where `opted_in` is missing or may be `undefined`. No value has it: its name is there
 * for the messages of the compiler. Where both are optional in a type of yours, leave the dates out unless
 * there are preferences: `{ ...rest, ...(ids && { opted_in: ids, opted_in_date: day }) }`.
 */
declare class OnlyTogetherWithOptedIn {
  private constructor();
  private readonly never: never;
}

/** The filter by what customers opted in to and by when they did: the dates need `opted_in`. */
export interface OptedInDates {
  /** Preference ids: customers who opted in to any of these. (documented) */
  opted_in: readonly string[];
  /** Customers who opted in on this day. Only together with `opted_in`. (documented) */
  opted_in_date?: PlainDate | undefined;
  /** Customers who opted in on or after this day. Only together with `opted_in`. (documented) */
  opted_in_date_from?: PlainDate | undefined;
  /**
   * Customers who opted in on or before this day. Only together with `opted_in`, and not before
   * `opted_in_date_from`. (documented)
   */
  opted_in_date_to?: PlainDate | undefined;
}

/** The same dates beside a copy of a {@link CustomerFilter} that has `opted_in`. */
export interface OptedInDatesOfCopy {
  /** What the copy carries of the preferences. */
  "opted_in=": readonly string[];
  /** Preference ids in the place of the copy's. (documented) */
  opted_in?: readonly string[];
  /** Customers who opted in on this day. Only together with `opted_in`. (documented) */
  opted_in_date?: PlainDate | undefined;
  /** Customers who opted in on or after this day. Only together with `opted_in`. (documented) */
  opted_in_date_from?: PlainDate | undefined;
  /**
   * Customers who opted in on or before this day. Only together with `opted_in`, and not before
   * `opted_in_date_from`. (documented)
   */
  opted_in_date_to?: PlainDate | undefined;
}

/** The filters by what customers opted out of: without dates, or with the preferences they need. */
export type OptedOutFilter = OptedOutDatesOfCopy | OptedOutDates | OptedOutPreferences;

/** The filter by what customers opted out of, without dates. */
export interface OptedOutPreferences {
  /** Preference ids: customers who opted out of any of these. (documented) */
  opted_out?: readonly string[] | undefined;
  /** Only together with `opted_out`. (documented) */
  opted_out_date?: OnlyTogetherWithOptedOut | undefined;
  /** Only together with `opted_out`. (documented) */
  opted_out_date_from?: OnlyTogetherWithOptedOut | undefined;
  /** Only together with `opted_out`. (documented) */
  opted_out_date_to?: OnlyTogetherWithOptedOut | undefined;
}

/**
 * The type of the dates where `opted_out` is missing or may be `undefined`. No value has it: its name is there
 * for the messages of the compiler. Where both are optional in a type of yours, leave the dates out unless
 * there are preferences: `{ ...rest, ...(ids && { opted_out: ids, opted_out_date: day }) }`.
 */
declare class OnlyTogetherWithOptedOut {
  private constructor();
  private readonly never: never;
}

/** The filter by what customers opted out of and by when they did: the dates need `opted_out`. */
export interface OptedOutDates {
  /** Preference ids: customers who opted out of any of these. (documented) */
  opted_out: readonly string[];
  /** Customers who opted out on this day. Only together with `opted_out`. (documented) */
  opted_out_date?: PlainDate | undefined;
  /** Customers who opted out on or after this day. Only together with `opted_out`. (documented) */
  opted_out_date_from?: PlainDate | undefined;
  /**
   * Customers who opted out on or before this day. Only together with `opted_out`, and not before
   * `opted_out_date_from`. (documented)
   */
  opted_out_date_to?: PlainDate | undefined;
}

/** The same dates beside a copy of a {@link CustomerFilter} that has `opted_out`. */
export interface OptedOutDatesOfCopy {
  /** What the copy carries of the preferences. */
  "opted_out=": readonly string[];
  /** Preference ids in the place of the copy's. (documented) */
  opted_out?: readonly string[];
  /** Customers who opted out on this day. Only together with `opted_out`. (documented) */
  opted_out_date?: PlainDate | undefined;
  /** Customers who opted out on or after this day. Only together with `opted_out`. (documented) */
  opted_out_date_from?: PlainDate | undefined;
  /**
   * Customers who opted out on or before this day. Only together with `opted_out`, and not before
   * `opted_out_date_from`. (documented)
   */
  opted_out_date_to?: PlainDate | undefined;
}

/**
 * The filters of a list, built step by step. A filter never changes: each setter returns a new one,
 * so a filter can be kept and branched.
 *
 * The values are checked when the filter is used: {@link CustomersApi.list} rejects and
 * `toQueryString()` throws with a {@link ValidationError} that holds all issues.
 *
 * The setters of the opt-in dates exist only after `optedIn`, those of the opt-out dates only after
 * `optedOut`: the dates have no meaning without the preferences they speak of. (documented)
 *
 * A filter is plain data: a copy of it, by a spread, `structuredClone`, `JSON` or a store, asks for the same
 * customers wherever a filter is taken, and `{ ...filter, page: 2 }` has one filter more. A copy has no
 * setters; `new CustomerFilter(copy)` gives them back.
 *
 * @example
 * const vips = new CustomerFilter().labels(["VIP"]).sort(["-last_updated"]);
 * const recent = vips.optedIn([preferenceId]).optedInDateFrom("2019-01-01");
 * const page = await api.list(recent);
 */
export type CustomerFilter<
  OptedIn extends boolean = false,
  OptedOut extends boolean = false,
> = CustomerFilterSetters<OptedIn, OptedOut> &
  (OptedIn extends true ? OptedInDateSetters<OptedOut> : NoDateSetters) &
  (OptedOut extends true ? OptedOutDateSetters<OptedIn> : NoDateSetters);

/**
 * The filters of a list, built step by step. A filter never changes: each setter returns a new one,
 * so a filter can be kept and branched.
 *
 * The values are checked when the filter is used: {@link CustomersApi.list} rejects and
 * `toQueryString()` throws with a {@link ValidationError} that holds all issues.
 *
 * @example
 * const vips = new CustomerFilter().labels(["VIP"]).sort(["-last_updated"]);
 * const recent = vips.optedIn([preferenceId]).optedInDateFrom("2019-01-01");
 * const page = await api.list(recent);
 */
export declare const CustomerFilter: CustomerFilterConstructor;

/** What `CustomerFilter` is as a value: its constructor, and `parse`. */
export interface CustomerFilterConstructor {
  /**
   * A filter.
   *
   * What is known of opting in and out is not carried over to the type, so call `optedIn` or `optedOut` on the
   * result before you add their dates.
   *
   * @param filters The filters to begin with: a plain object, a filter or a copy of one. Without them it asks
   *   for every customer.
   * @throws {ConfigurationError} If `filters` is not an object. Its values are checked when it is used.
   */
  new (filters?: AnyCustomerFilter | CustomerListFilter): CustomerFilter;
  /** The object that filters inherit from. */
  readonly prototype: CustomerFilter;
  /**
   * Reads a query string, as the exact inverse of `toQueryString()`.
   *
   * What the text says about opting in and out cannot be known beforehand, so call `optedIn` or
   * `optedOut` on the result before you add their dates.
   *
   * @param queryString The query string, with or without a `?` before it. The commas of a list may be
   *   encoded or not.
   * @param options What becomes of parameters that are not documented.
   * @throws {ValidationError} If it names a parameter that is not documented, or one twice, if a
   *   value is not valid, or if the text is not percent-encoded.
   *
   * @example
   * const filter = CustomerFilter.parse(location.search, { unknown: "ignore" });
   */
  parse(queryString: string, options?: ParseOptions): CustomerFilter;
}

/** The options of {@link CustomerFilterConstructor.parse}. */
export interface ParseOptions {
  /**
   * What becomes of parameters that are not documented: `"refuse"` makes them issues; `"ignore"` passes over
   * them, for the address of a page, which may hold `utm_source` and the like. A misspelt filter is then
   * passed over too.
   *
   * @default "refuse"
   */
  unknown?: "refuse" | "ignore" | undefined;
}

/**
 * A {@link CustomerFilter}, whatever was set on it. The calls take this and not the setters, so that
 * messages of the compiler about a plain object speak of that object's own fields.
 */
declare class AnyCustomerFilter {
  protected constructor();
  /**
   * What copies carry: the value of each parameter, under its name with a `=` behind it. Read `toObject()`
   * instead.
   */
  readonly [parameter: `${string}=`]: unknown;
  /**
   * The query string that will be sent, in the documentation's order and without a `?`.
   *
   * @throws {ValidationError} If a value is not valid; it holds all issues.
   */
  toQueryString(): string;
  /** The filters as a new plain object, under their wire names. */
  toObject(): CustomerListFilter;
}

/** The setters that every {@link CustomerFilter} has. */
declare class CustomerFilterSetters<
  OptedIn extends boolean,
  OptedOut extends boolean,
> extends AnyCustomerFilter {
  /**
   * Customers of any of these venues. (documented)
   *
   * @param ids Venue ids. Not an empty list, and no id with a comma. (stricter than the service)
   */
  associatedVenues(ids: readonly string[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers who had a booking on this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  bookingDate(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers who had a booking on or after this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  bookingDateFrom(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers who had a booking on or before this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`. Not before the one of `bookingDateFrom`. (stricter than the service)
   */
  bookingDateTo(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers created on this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  createdDate(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers created on or after this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  createdDateFrom(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers created on or before this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`. Not before the one of `createdDateFrom`. (stricter than the service)
   */
  createdDateTo(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers born in this month, or in any of these. (documented)
   *
   * @param months A month, 1 to 12, or a list of months. Not an empty list. (stricter than the service)
   */
  dobMonth(months: number | readonly number[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers with any of these email addresses. (documented)
   *
   * @param addresses Email addresses. Not an empty list, and no address with a comma. (stricter than the service)
   */
  email(addresses: readonly string[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers of this full name. (documented)
   *
   * @param name The name. Not empty. (stricter than the service)
   */
  fullName(name: string): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers with any of these labels. (documented)
   *
   * @param labels Labels. Not an empty list, and no label with a comma. (stricter than the service)
   */
  labels(labels: readonly string[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers last changed on this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  lastUpdated(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers last changed on or after this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  lastUpdatedFrom(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers last changed on or before this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`. Not before the one of `lastUpdatedFrom`. (stricter than the service)
   */
  lastUpdatedTo(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers who opted in to any of these marketing preferences. (documented)
   *
   * The filter that it returns has the setters of the dates as well: `optedInDate`,
   * `optedInDateFrom` and `optedInDateTo`.
   *
   * @param ids Preference ids. Not an empty list, and no id with a comma. (stricter than the service)
   */
  optedIn(ids: readonly string[]): CustomerFilter<true, OptedOut>;
  /**
   * Customers who opted out of any of these marketing preferences. (documented)
   *
   * The filter that it returns has the setters of the dates as well: `optedOutDate`,
   * `optedOutDateFrom` and `optedOutDateTo`.
   *
   * @param ids Preference ids. Not an empty list, and no id with a comma. (stricter than the service)
   */
  optedOut(ids: readonly string[]): CustomerFilter<OptedIn, true>;
  /**
   * Customers whose full name, email, company or phone is similar to this text. (documented)
   *
   * @param text The text to look for. Not empty. (stricter than the service)
   */
  query(text: string): CustomerFilter<OptedIn, OptedOut>;
  /**
   * How many customers a page holds. (documented)
   *
   * @param limit A whole number, 1 to 30. Where it is not set, a page holds 30.
   */
  limit(limit: number): CustomerFilter<OptedIn, OptedOut>;
  /**
   * What the customers are sorted by. (documented)
   *
   * Where it is not set: by relevance to `query`, or by `created_date` where there is no `query`.
   *
   * @param fields The fields, the first one first, `-` before a field for descending order. Not an
   *   empty list. (stricter than the service)
   *
   * @example new CustomerFilter().sort(["last_name", "-created_date"])
   */
  sort(fields: readonly CustomerSortField[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * The page to begin with. (documented)
   *
   * @param page A whole number from 1, or its digits. Where it is not set, the first page.
   */
  page(page: number | string): CustomerFilter<OptedIn, OptedOut>;
}

/** The setters that a {@link CustomerFilter} has after `optedIn`. */
declare class OptedInDateSetters<OptedOut extends boolean> {
  protected constructor();
  /** What copies carry of the preferences. */
  readonly "opted_in=": readonly string[];
  /**
   * Customers who opted in on this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  optedInDate(date: PlainDate): CustomerFilter<true, OptedOut>;
  /**
   * Customers who opted in on or after this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  optedInDateFrom(date: PlainDate): CustomerFilter<true, OptedOut>;
  /**
   * Customers who opted in on or before this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`. Not before the one of `optedInDateFrom`. (stricter than the service)
   */
  optedInDateTo(date: PlainDate): CustomerFilter<true, OptedOut>;
}

/** The setters that a {@link CustomerFilter} has after `optedOut`. */
declare class OptedOutDateSetters<OptedIn extends boolean> {
  protected constructor();
  /** What copies carry of the preferences. */
  readonly "opted_out=": readonly string[];
  /**
   * Customers who opted out on this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  optedOutDate(date: PlainDate): CustomerFilter<OptedIn, true>;
  /**
   * Customers who opted out on or after this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`.
   */
  optedOutDateFrom(date: PlainDate): CustomerFilter<OptedIn, true>;
  /**
   * Customers who opted out on or before this day. (documented)
   *
   * @param date The day, `YYYY-MM-DD`. Not before the one of `optedOutDateFrom`. (stricter than the service)
   */
  optedOutDateTo(date: PlainDate): CustomerFilter<OptedIn, true>;
}

/**
 * Stands where a {@link CustomerFilter} has no date setters yet. It is empty, and it has a name so
 * that messages of the compiler say `CustomerFilter<false, false>`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: see above
export interface NoDateSetters {}

// ── The client ───────────────────────────────────────────────────────────────────────────────────

/**
 * The client of the Customers API. It works in browsers, edge workers and servers, and it is ready
 * as soon as it is imported: there is nothing to initialise.
 *
 * Requests that fail for a passing reason are sent again where that is safe; a create is never sent
 * twice when the first one may have been carried out. All failures are {@link CustomersApiError}s,
 * except an abort by the caller, which rejects with `signal.reason` unchanged.
 *
 * @example
 * const api = new CustomersApi({ token, environment: "playpen" });
 * const customer = await api.create({ email: "ada@example.com", first_name: "Ada" });
 * await api.update(customer.id, { notes: "Prefers the window" });
 */
export declare class CustomersApi {
  /**
   * Makes a client. It sends nothing and starts no timer.
   *
   * @param options The token, where the service is, and how patient the client is.
   * @throws {ConfigurationError} If an option is unknown, has the wrong type or cannot work.
   */
  constructor(options: CustomersApiOptions);

  /**
   * The quota that the last answer to this client told of, or `null` before the first one and where
   * the headers cannot be read. The quota is per credential and per hour. (documented)
   */
  readonly rateLimit: RateLimit | null;

  /**
   * One page of customers. `GET /customers` (documented)
   *
   * @param filter Which customers, in which order, and which page; all of them where it is left out.
   * @param options Options of this call.
   * @returns The page; its `nextPage()` gets the one after it.
   * @throws {ValidationError} If the filter has issues. Nothing was sent.
   * @throws {AuthenticationError | PermissionDeniedError | NotFoundError | RateLimitError} If the
   *   service refuses.
   *
   * @example
   * const page = await api.list({ labels: ["VIP"], limit: 10 });
   * for (const customer of page.customers) console.log(customer.id);
   */
  list(
    filter?: AnyCustomerFilter | CustomerListFilter,
    options?: RequestOptions,
  ): ApiPromise<CustomerPage>;

  /**
   * The customers of all pages, one after the other. Each page is asked for when it is needed, and
   * leaving the loop leaves nothing running.
   *
   * Each id comes once, and nobody is missed. Where the total says that customers were deleted meanwhile, or
   * changed so that the filter no longer fits, others have moved to pages that were read already: all pages
   * are then asked for again until that finds nobody new. So a loop may delete whom it meets. Where the
   * headers cannot be read, a walk of more than one page always asks for all of them again, which doubles
   * its requests. Customers who are created meanwhile may come or not.
   *
   * Pages hold 30 customers unless the filter says otherwise. After an error, `next()` asks for the same page
   * again.
   *
   * @param filter Which customers, in which order, and which page to begin with.
   * @param options Options of each request, and how many customers at most.
   * @throws {ConfigurationError} If `maxItems` is not a number from 0. What else can go wrong rejects
   *   the step that meets it, as it does in `list`.
   *
   * @example
   * for await (const customer of api.iterate({ labels: ["VIP"] }, { maxItems: 500 })) {
   *   console.log(customer.id);
   * }
   */
  iterate(
    filter?: AnyCustomerFilter | CustomerListFilter,
    options?: IterateOptions,
  ): CustomerIterator;

  /**
   * Creates a customer. `POST /customers` (documented)
   *
   * It is not sent again where the first request may have been carried out; the error then says
   * `mayHaveSucceeded`, so look for the customer before you try again.
   *
   * @param customer The new customer.
   * @param options Options of this call.
   * @returns The customer as the service keeps it, with its `id`.
   * @throws {ValidationError} If the customer has issues. Nothing was sent.
   * @throws {UnprocessableEntityError} If the service itself refuses a value; its `issues` say which.
   * @throws {AuthenticationError | PermissionDeniedError | NotFoundError | RateLimitError} If the
   *   service refuses.
   *
   * @example
   * const customer = await api.create({ email, first_name, marketing_preferences: { [id]: true } });
   */
  create(customer: NewCustomer, options?: WriteOptions): ApiPromise<Customer>;

  /**
   * One customer. `GET /customers/{customerId}` (documented)
   *
   * @param id The customer's id. Not empty, not `.` or `..`, and without `/`, `\`, `?`, `#`, `%` and
   *   control characters. (stricter than the service)
   * @param options Options of this call.
   * @throws {ValidationError} If the id cannot be one. Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {AuthenticationError | PermissionDeniedError | RateLimitError} If the service refuses.
   */
  get(id: string, options?: RequestOptions): ApiPromise<Customer>;

  /**
   * Changes a customer that was read. `PUT /customers/{customerId}` (documented)
   *
   * Sends what differs between the two, as {@link changes} says, and checks only that: whatever else the service
   * holds stays as it is, also where the documentation would not allow it, and two people who edit different
   * fields do not undo each other. A field that the documentation does not know is sent if the customer has
   * it; a name that neither knows is refused, as it is probably misspelt (`extraBody` sends it all the same).
   *
   * Without a difference nothing is sent: the result is `customer` itself, and `withResponse()` gives `null` for
   * the response.
   *
   * @param customer The customer as it was read.
   * @param edited The customer as it shall be: a changed copy, or only the fields that change. `null` clears a
   *   field. (assumed: not documented)
   * @param options Options of this call.
   * @returns The customer as it is now.
   * @throws {ValidationError} If the id or what differs has issues; `id` and `bookings` cannot be changed.
   *   Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {UnprocessableEntityError} If the service itself refuses a value; its `issues` say which.
   * @throws {AuthenticationError | PermissionDeniedError | RateLimitError} If the service refuses.
   *
   * @example
   * const customer = await api.get(id);
   * await api.update(customer, { ...customer, notes: "Prefers the window" }); // sends the notes only
   */
  update(
    customer: Customer,
    edited: EditedCustomer,
    options?: WriteOptions,
  ): ApiPromise<Customer, Response | null>;

  /**
   * Changes a customer by its id. `PUT /customers/{customerId}` (documented)
   *
   * Fields that are left out or `undefined` stay as they are; `null` clears a field. (assumed: not documented) Everything that is
   * given is checked.
   *
   * @param id The customer's id, with the same rules as in `get`.
   * @param changes What to change.
   * @param options Options of this call.
   * @returns The customer as it is now.
   * @throws {ValidationError} If the id or the changes have issues. Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {UnprocessableEntityError} If the service itself refuses a value; its `issues` say which.
   * @throws {AuthenticationError | PermissionDeniedError | RateLimitError} If the service refuses.
   *
   * @example
   * await api.update(customer.id, { notes: null, labels: ["VIP"] });
   */
  update(id: string, changes: CustomerUpdate, options?: WriteOptions): ApiPromise<Customer>;

  /**
   * Deletes a customer. `DELETE /customers/{customerId}` (documented)
   *
   * Where an earlier attempt of this call may have deleted the customer, a 404 on the next one counts
   * as success.
   *
   * @param id The customer's id, with the same rules as in `get`.
   * @param options Options of this call.
   * @returns Nothing: it resolves to `undefined`.
   * @throws {ValidationError} If the id cannot be one. Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {AuthenticationError | PermissionDeniedError | RateLimitError} If the service refuses.
   */
  delete(id: string, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * A new client with some options changed. This one stays as it is.
   *
   * @param overrides The options to change. What is left out or `undefined` keeps its value;
   *   `headers` are replaced as a whole. An `environment` takes the place of a `baseUrl`, and the
   *   other way round.
   * @throws {ConfigurationError} As the constructor does.
   *
   * @example
   * const patient = api.withOptions({ timeout: 60_000, maxRetries: 5 });
   */
  withOptions(overrides: CustomersApiOverrides): CustomersApi;
}

/**
 * The bearer token, or a function that gives it or a promise of it.
 *
 * A function is called for every attempt, so it can renew the token; after a 401 it is asked once
 * more and the request is sent again.
 */
export type TokenSource = string | (() => string | PromiseLike<string>);

/** One of the service's environments, each with its own credentials. (documented) */
export type Environment = "production" | "playpen";

/**
 * The options of a {@link CustomersApi}.
 *
 * Give a `token` and, unless it belongs to production, an `environment`; or give the `baseUrl` of a
 * server of yours, which may add the token itself. `environment` and `baseUrl` exclude each other.
 */
export type CustomersApiOptions = ProxyOptions | ServiceOptions;

/** The options of a client that talks to a proxy or a development server. */
export interface ProxyOptions extends ClientOptions {
  /**
   * The URL that `/customers` is appended to: that of a proxy or a development server. Excludes
   * `environment`.
   *
   * In a page, and in a worker of one, it can begin with `/`: it is then a path on the page's own host.
   * Everywhere else it is absolute, and a call with a path is refused. With a token it begins with
   * `https:`, or with `http:` for loopback hosts; without one `http:` is allowed for any host. (stricter than the service)
   *
   * @example "https://example.com/collins"
   * @example "/collins"
   */
  baseUrl: string;
  /** The bearer token, or a function that gives it; not needed where the proxy adds it. */
  token?: TokenSource | undefined;
  /** Excludes `baseUrl`. */
  environment?: undefined;
}

/** The options of a client that talks to the service itself. */
export interface ServiceOptions extends ClientOptions {
  /**
   * The bearer token, issued by your account manager (documented), or a function that gives it. It may be
   * `undefined` for the compiler, as a variable of the environment is; the constructor then throws a
   * {@link ConfigurationError}.
   */
  token: TokenSource | undefined;
  /**
   * The environment that the token belongs to. (documented)
   *
   * `"production"` is `https://api.collinsbookings.com/api`, `"playpen"` is
   * `https://api-playpen.collinsbookings.com/api`. Excludes `baseUrl`.
   *
   * @default "production"
   */
  environment?: Environment | undefined;
  /** Excludes `environment`. */
  baseUrl?: undefined;
}

/** The options that {@link CustomersApi.withOptions} can change: all of them, each optional. */
export type CustomersApiOverrides = ClientOptions & {
  /** The bearer token, or a function that gives it. */
  token?: TokenSource | undefined;
} & (
    | {
        /** The environment, in the place of the client's `environment` or `baseUrl`. */
        environment?: Environment | undefined;
        /** Excludes `environment`. */
        baseUrl?: undefined;
      }
    | {
        /** Excludes `baseUrl`. */
        environment?: undefined;
        /** The base URL, in the place of the client's `environment` or `baseUrl`. */
        baseUrl?: string | undefined;
      }
  );

/** The options of a client beside where the service is and what opens it. */
export interface ClientOptions {
  /**
   * What sends the requests, instead of the global `fetch`, which is looked up at each call.
   *
   * It sends one request for each call of it: the client retries by itself. An error with one of the
   * documented codes for "no connection" (`ECONNREFUSED`, `ENOTFOUND`, the refusals of a certificate)
   * means that nothing was sent, and a create is then sent again.
   *
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /**
   * How long one attempt may take, in milliseconds, its body included. Above 0.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * How long a call may take in all, in milliseconds: every attempt and the waits between them.
   * Above 0.
   *
   * @default 120_000
   */
  totalTimeout?: number | undefined;
  /**
   * How often a failed request is sent again: a whole number from 0. With 0 a call makes exactly
   * one request.
   *
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * The longest wait that the service may ask for, in milliseconds. Above 0. Where it asks for more,
   * the call fails at once, with a {@link RateLimitError} after a 429.
   *
   * @default 60_000
   */
  maxRetryAfter?: number | undefined;
  /**
   * The largest body of a success that is read, in bytes. Above 0. Beyond it the call fails with an
   * {@link UnexpectedResponseError} and is not sent again.
   *
   * @default 10_485_760
   */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for every request: a plain object, `Headers`, a `Map` or a list of pairs. They take the
   * place of the client's own.
   *
   * In a browser each header beyond the usual ones needs the server's permission (CORS).
   */
  headers?: HeaderOptions<string | undefined> | undefined;
  /**
   * Sends an `Idempotency-Key` with each create, the same one with its retries, so that a create can be
   * sent again like a read. For a `baseUrl` of a server that knows the header, such as
   * `collins-customers/proxy`: the service does not document it, and for its own hosts this is refused.
   *
   * @default false
   */
  idempotency?: boolean | undefined;
  /** Called before each attempt. What it returns or throws changes nothing. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called after each answer, whatever its status. What it returns or throws changes nothing. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called before each wait for another attempt. What it returns or throws changes nothing. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /**
   * Where the client writes what it does: `console`, or any object with these four methods. Without
   * one it writes nothing. Lines hold no customer data, no query and no token.
   */
  logger?: Logger | undefined;
  /**
   * The least grave of what the `logger` gets: retries are `"warn"`, each request and answer
   * `"debug"`. Where nothing goes wrong, `"warn"` is silent.
   *
   * @default "warn"
   */
  logLevel?: LogLevel | undefined;
  /**
   * Allows a token in a browser page, or in a worker of one, that talks to the service's own hosts, where
   * everyone who opens the page can read it. A page that talks to a proxy of yours does not need this.
   * (stricter than the service)
   *
   * @default false
   */
  dangerouslyAllowBrowser?: boolean | undefined;
  /**
   * Allows a token to be sent to an `http:` address of another host than loopback, where everyone on the
   * way can read it. Without a token this is not needed. (stricter than the service)
   *
   * @default false
   */
  dangerouslyAllowUnencryptedToken?: boolean | undefined;
}

/** Headers, in any of the usual forms. What is neither an object of names nor pairs is refused. */
export type HeaderOptions<Value> =
  | Headers
  | Readonly<Record<string, Value>>
  | readonly (readonly [name: string, value: Value])[]
  | Iterable<readonly [name: string, value: Value]>;

/** The options of one call. They come before those of the client. */
export interface RequestOptions {
  /** Ends the call. It then rejects with `signal.reason`, unchanged. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds, its body included. Above 0. */
  timeout?: number | undefined;
  /** How long the call may take in all, in milliseconds, waits included. Above 0. */
  totalTimeout?: number | undefined;
  /** How often the request is sent again: a whole number from 0. With 0 there is exactly one request. */
  maxRetries?: number | undefined;
  /** The largest body of a success that is read, in bytes. Above 0. */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for this call, beside those of the client: a plain object, `Headers`, a `Map` or a list of
   * pairs. `null` removes one.
   */
  headers?: HeaderOptions<string | null | undefined> | undefined;
  /**
   * `false` skips the checks of the body or the filter, so that the service judges. The check of a
   * customer's id stays. (stricter than the service)
   *
   * @default true
   */
  validate?: boolean | undefined;
}

/** The options of a call that sends a body: `create` and `update`. */
export interface WriteOptions extends RequestOptions {
  /**
   * Fields to send beyond the documented ones, by wire name. They are not checked, and they win over
   * a documented field of the same name.
   */
  extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/** The customers of all pages, as {@link CustomersApi.iterate} returns them. */
export interface CustomerIterator extends AsyncIterableIterator<Customer> {
  /**
   * Collects the customers that are still to come.
   *
   * @param options How many to collect at most. There is no default: what is collected stays in memory.
   * @throws {ConfigurationError} If `maxItems` is missing or not a number from 0.
   *
   * @example
   * const vips = await api.iterate({ labels: ["VIP"] }).toArray({ maxItems: 500 });
   */
  toArray(options: ToArrayOptions): Promise<Customer[]>;
}

/** The options of {@link CustomerIterator.toArray}. */
export interface ToArrayOptions {
  /** How many customers to collect at most. From 0. */
  maxItems: number;
}

/** The options of {@link CustomersApi.iterate}. They apply to the request of each page. */
export interface IterateOptions extends RequestOptions {
  /**
   * How many customers to yield at most. From 0.
   *
   * @default Infinity
   */
  maxItems?: number | undefined;
}

/**
 * The shape of the platform's `fetch`, as far as the client uses it. It is called without a `this`.
 *
 * @param url The absolute URL, query included: it may hold personal data.
 * @param init What is sent. No other field is ever set.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** What the client gives to {@link Fetch}: every platform's `RequestInit` takes it. */
export interface FetchInit {
  /** The HTTP method. */
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** `Authorization`, `Accept`, `Content-Type` where there is a body, and what the user set. */
  headers: Headers;
  /** The body as JSON text. Only `create` and `update` have one. */
  body?: string;
  /** Ends the attempt: at its timeout, and when the caller aborts. */
  signal: AbortSignal;
  /** Redirects are not followed: the token must not travel. (stricter than the service) */
  redirect: "manual";
}

/** What a call returns: a promise of its value, which can also be asked for the response beside it. */
export interface ApiPromise<T, R extends Response | null = Response> extends Promise<T> {
  /**
   * The value and the raw response. Its status, headers and URL can be read; its body has been read
   * already.
   *
   * @example
   * const { data, response } = await api.get(id).withResponse();
   */
  withResponse(): Promise<{
    /** What the call resolves to. */
    data: T;
    /** The response that it came with. */
    response: R;
  }>;
}

/**
 * One page of a list.
 *
 * Its data is plain: a spread, `structuredClone`, `JSON` and what a framework sends from server to browser keep
 * it, but for `nextPage`, which such a copy does not have, and `rateLimit.resetAt`, which is text after `JSON`.
 */
declare class CustomerPage {
  private constructor();
  /** The customers of this page, as the service sent them. */
  customers: Customer[];
  /** Where the page stands; `null` where its headers cannot be read. */
  pagination: Pagination | null;
  /** The quota after this request; `null` where its headers cannot be read. */
  rateLimit: RateLimit | null;
  /**
   * The page after this one, by the same filter and options, or `null` after the last. Where
   * `pagination` is `null`, a page that is not full is the last.
   *
   * It rejects as `list` does, and can then be called again. It works off its page too:
   * `const { nextPage } = page`.
   */
  nextPage(): Promise<CustomerPage | null>;
}

/**
 * Where a page stands among the others, from the `X-Pagination-*` headers. (documented)
 *
 * In a browser, across origins, they can be read only where the server names them in
 * `Access-Control-Expose-Headers`.
 */
export interface Pagination {
  /** This page, from 1. */
  page: number;
  /** How many customers a page holds. */
  perPage: number;
  /** How many pages there are. */
  totalPages: number;
  /** How many customers there are on all pages. */
  totalResults: number;
}

/**
 * The quota, per credential and per hour, from the `X-RateLimit-*` headers. (documented)
 *
 * In a browser, across origins, they can be read only where the server names them in
 * `Access-Control-Expose-Headers`.
 */
export interface RateLimit {
  /** How many requests an hour has. */
  limit: number;
  /** How many of them are left. */
  remaining: number;
  /** When the next hour begins; `null` where the service does not say it in a form that can be read. */
  resetAt: Date | null;
}

// ── Observing ────────────────────────────────────────────────────────────────────────────────────

/** What `onRequest` gets: an attempt begins. It holds no value, no query, no header and no token. */
export interface RequestEvent {
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as the documentation writes it: never with an id in it. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** Which attempt of the call this is, from 1. */
  readonly attempt: number;
}

/** What `onResponse` gets: an attempt was answered, with whatever status. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status. */
  readonly status: number;
  /** How long the request took, in whole milliseconds: its body included, asking for a token not. */
  readonly durationMs: number;
  /** The quota that the answer tells of; `null` where its headers cannot be read. */
  readonly rateLimit: RateLimit | null;
}

/** What `onRetry` gets: an attempt failed, and the request is going to be sent again. */
export interface RetryEvent extends RequestEvent {
  /** The name of the error that the attempt would have ended with. */
  readonly reason:
    | "ConnectionError"
    | "TimeoutError"
    | "RateLimitError"
    | "InternalServerError"
    | "ApiError";
  /** How long the client waits before it sends the request again, in whole milliseconds. */
  readonly waitMs: number;
}

/**
 * Where the client writes what it does. `console` fits, and so do the usual logging libraries.
 *
 * Each method gets a finished line, and the event that it tells of.
 */
export interface Logger {
  /** Each request and each answer. */
  debug(message: string, event: RequestEvent | ResponseEvent): void;
  /** Nothing at present. */
  info(message: string): void;
  /** Each retry. */
  warn(message: string, event: RetryEvent): void;
  /** Nothing at present: errors reach the caller. */
  error(message: string): void;
}

/** The least grave of what a {@link Logger} gets; `"off"` for nothing. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/**
 * Resolves when the WebAssembly module is compiled. That is before the import returns, but in two places:
 * browsers of before 2023 compile it in the background, and `collins-customers/web` does so in `init()`.
 *
 * Calls of a {@link CustomersApi} wait by themselves. Only what cannot wait throws a
 * {@link ConfigurationError} until then: the validators, `toQueryString` and `CustomerFilter.parse`. A page
 * for such browsers that uses one of them while it is loading awaits this first.
 *
 * @example
 * await ready;
 * const filter = CustomerFilter.parse(location.search);
 */
export declare const ready: Promise<void>;

// ── Validation ───────────────────────────────────────────────────────────────────────────────────

/**
 * What is wrong with a customer to be created. It does not throw and sends nothing.
 *
 * @param value The value, of any type.
 * @returns All issues, in the order of the value; an empty array means that it is valid.
 *
 * @example
 * for (const { path, message } of validateNewCustomer(formValues)) show(path.join("."), message);
 */
export declare function validateNewCustomer(value: unknown): Issue[];

/**
 * What is wrong with an update. It does not throw and sends nothing.
 *
 * @param value The value, of any type.
 * @returns All issues, in the order of the value; an empty array means that it is valid.
 */
export declare function validateCustomerUpdate(value: unknown): Issue[];

/**
 * What is wrong with the filters of a list. It does not throw and sends nothing.
 *
 * @param value The value, of any type: a plain object or a {@link CustomerFilter}.
 * @returns All issues, in the order of the value; an empty array means that it is valid.
 */
export declare function validateListFilter(value: unknown): Issue[];

/**
 * One thing that is wrong with a value. It never repeats the value.
 *
 * Compare the `code` to learn which `params` there are:
 *
 * ```ts
 * if (issue.code === "too_long") console.log(issue.params.max);
 * ```
 */
export type Issue =
  | TooLongIssue
  | TooLargeIssue
  | MoreIssuesIssue
  | OutOfRangeIssue
  | BetweenParametersIssue
  | UnknownFieldIssue
  | SimpleIssue;

/**
 * What is wrong, for programs.
 *
 * - `invalid_type`: another type than the documented one; a `Date`, `null` and `NaN` among others
 * - `too_long`: more characters than the limit allows, or more items than can be sent
 * - `too_large`: more bytes than can be sent, of a body as a whole
 * - `invalid_text`: half a surrogate pair, left where a text was cut inside a character such as an emoji: a server
 *   could not read the whole body
 * - `invalid_email`: not an email address
 * - `invalid_date`: not a real date, or not in the documented form
 * - `out_of_range`: a number outside its range
 * - `reversed_range`: a range that begins after it ends
 * - `requires`: a filter that requires another one
 * - `empty_list`: a filter without items, which would match every customer
 * - `contains_comma`: a list item that a query cannot carry
 * - `empty`: an empty text where that has no meaning
 * - `unknown_field`: a name that the documentation does not know
 * - `invalid_id`: not a customer's id
 * - `more_issues`: the last of a hundred and one: the number of issues that are not listed
 * - `rejected`: refused by the service itself (422), which gives a sentence and no code
 */
export type IssueCode =
  | "invalid_type"
  | "too_long"
  | "too_large"
  | "invalid_text"
  | "invalid_email"
  | "invalid_date"
  | "out_of_range"
  | "reversed_range"
  | "requires"
  | "empty_list"
  | "contains_comma"
  | "empty"
  | "unknown_field"
  | "invalid_id"
  | "more_issues"
  | "rejected";

/** What every {@link Issue} has. */
export interface IssueBase {
  /**
   * Where: the names and positions that lead to the value, by wire name and from 0. Empty for the
   * value as a whole.
   *
   * @example ["company_address", "post_code"]
   */
  path: (string | number)[];
  /** What is wrong, for programs. */
  code: IssueCode;
  /** What is wrong and what to do, for people, in English. It holds no part of the value. */
  message: string;
  /** The figures of the message, for those who write their own. */
  params?: object;
}

/** A text that has more characters than its limit allows, or a list that has more items than can be sent. */
export interface TooLongIssue extends IssueBase {
  code: "too_long";
  params: {
    /** The limit, in characters (code points) or items. */
    max: number;
    /** The number that the text or the list has. */
    actual: number;
  };
}

/** A body that has more bytes than can be sent. */
export interface TooLargeIssue extends IssueBase {
  code: "too_large";
  params: {
    /** The limit, in bytes of the body's JSON text. */
    max: number;
  };
}

/** The last issue of a long list. */
export interface MoreIssuesIssue extends IssueBase {
  code: "more_issues";
  params: {
    /** The number of issues that are not listed. */
    more: number;
  };
}

/** A number outside its range. */
export interface OutOfRangeIssue extends IssueBase {
  code: "out_of_range";
  params: {
    /** The smallest number allowed. */
    min: number;
    /** The largest number allowed. */
    max: number;
  };
}

/** A filter that does not fit to another one. */
export interface BetweenParametersIssue extends IssueBase {
  code: "requires" | "reversed_range";
  params: {
    /** The other parameter: the one that is missing, or the one that ends the range. */
    parameter: string;
  };
}

/** A name that the documentation does not know. */
export interface UnknownFieldIssue extends IssueBase {
  code: "unknown_field";
  /** Missing where no documented name is near. */
  params?: {
    /** The documented name that was probably meant. */
    suggestion: string;
  };
}

/** An issue whose code says everything. */
export interface SimpleIssue extends IssueBase {
  code: Exclude<
    IssueCode,
    | "too_long"
    | "too_large"
    | "out_of_range"
    | "requires"
    | "reversed_range"
    | "unknown_field"
    | "more_issues"
  >;
  /** There are none. */
  params?: never;
}

/**
 * The documented limits of a customer's fields, for `maxlength` attributes and the like.
 *
 * They count code points, where `maxlength` counts UTF-16 units: an input with `maxlength` stops a
 * little early where there are emoji, and never too late.
 *
 * @example
 * <input name="phone" maxLength={fieldLimits.phone} />
 */
export declare const fieldLimits: FieldLimits;

/** The documented limits, in characters (code points), by wire name. (documented) */
export interface FieldLimits {
  /** At most 255 characters. */
  readonly email: 255;
  /** At most 255 characters. */
  readonly first_name: 255;
  /** At most 255 characters. */
  readonly last_name: 255;
  /** At most 255 characters. */
  readonly company: 255;
  /** At most 20 characters. */
  readonly phone: 20;
  /** The parts of the company's address. */
  readonly company_address: {
    /** At most 255 characters. */
    readonly street: 255;
    /** At most 50 characters. */
    readonly city: 50;
    /** At most 10 characters. */
    readonly post_code: 10;
  };
  /** At most 255 characters, written as text. */
  readonly custom_field_value: 255;
  /** At most 1000 characters. */
  readonly notes: 1000;
}

// ── Forms ────────────────────────────────────────────────────────────────────────────────────────

/**
 * The customer that a form describes. A blank field is absent: an input that nobody filled is `""`, which is no
 * address, no date, and no name worth keeping.
 *
 * Of the names of a `FormData`, `company_address.city` and `company_address[city]` are the part of the address,
 * `marketing_preferences[<id>]` is one preference (`on`, `true` and `1`, or `off`, `false` and `0`), and a name that
 * comes more than once, `labels` or `labels[]`, is a list. Names that begin with `$` or `_` are those of
 * frameworks (`_token`, `$ACTION_ID_…`) and are left out. Everything else stays as it is, so that
 * {@link validateNewCustomer} and `create` name what is wrong.
 *
 * @param form The `FormData` of a form, or the values that a form library holds.
 *
 * @example
 * await api.create(fromForm(new FormData(event.currentTarget)));
 */
export declare function fromForm(form: FormFields | NewCustomerFormValues): NewCustomer;

/** What {@link fromForm} needs of a `FormData` or a `URLSearchParams`. */
export interface FormFields {
  /** All values of a name. */
  getAll(name: string): unknown[];
  /** Calls back with each value and its name. */
  // biome-ignore lint/suspicious/noExplicitAny: each platform has a type of its own for it
  forEach(callback: (value: any, name: string) => void): void;
}

/** The text of an input: blank where nothing was entered. */
export type FormText = string | null | undefined;

/** The values of a form for a new customer. Blank ones are absent from the customer. */
export interface NewCustomerFormValues {
  /** The email address. */
  email?: FormText;
  /** The given name. */
  first_name?: FormText;
  /** The family name. */
  last_name?: FormText;
  /** The name of the customer's company. */
  company?: FormText;
  /** The telephone number. */
  phone?: FormText;
  /** The address of the customer's company. */
  company_address?: CompanyAddressFormValues | null | undefined;
  /** The date of birth, as `<input type="date">` gives it. */
  dob?: PlainDate | null | undefined;
  /** The value of the field that the venue defined itself. */
  custom_field_value?: string | number | boolean | null | undefined;
  /** The ids of the venues that the customer belongs to; a single text is a list of one. */
  associated_venues?: string | readonly FormText[] | null | undefined;
  /** The ids of the marketing preferences to opt in to; a single text is a list of one. */
  marketing_preference_ids?: string | readonly FormText[] | null | undefined;
  /** Marketing preferences by id, as checkboxes or as their texts. */
  marketing_preferences?: Readonly<Record<string, boolean | FormText>> | null | undefined;
  /** The customer's labels; a single text is a list of one. */
  labels?: string | readonly FormText[] | null | undefined;
  /** Free text about the customer. */
  notes?: FormText;
}

/** The values of a form for the address of a company. */
export interface CompanyAddressFormValues {
  /** Street and number. */
  street?: FormText;
  /** The city. */
  city?: FormText;
  /** The post code. */
  post_code?: FormText;
}

/**
 * The values of a form for a customer that exists: the customer as it was read serves as the values to begin
 * with. A blank one clears its field.
 */
export type CustomerUpdateFormValues = Omit<EditedCustomer, keyof NewCustomerFormValues> &
  Omit<NewCustomerFormValues, "marketing_preferences"> & {
    /** Marketing preferences by id, as checkboxes or as their texts; or the list as it was read. */
    marketing_preferences?:
      | Readonly<Record<string, boolean | FormText>>
      | readonly MarketingPreference[]
      | null
      | undefined;
  };

/**
 * Puts the issues of an error at the fields of a form: those of a {@link ValidationError} and of an
 * {@link UnprocessableEntityError} alike. Of several issues of a field the first one is shown; what is of no
 * field goes to `"root"`.
 *
 * @param setError What shows an issue: React Hook Form's `setError`, or a function of yours. Names are dotted
 *   paths: `company_address.post_code`.
 * @param error What the call rejected with.
 * @returns Whether the error had issues. If not, it is another failure: throw it on.
 *
 * @example
 * try {
 *   await api.create(customer);
 * } catch (error) {
 *   if (!applyIssues(setError, error)) throw error;
 * }
 */
export declare function applyIssues<Name extends string>(
  setError: (name: Name, issue: FormIssue) => void,
  error: unknown,
): boolean;

/** An issue as form libraries show it. */
export interface FormIssue {
  /** The code of the issue. */
  type: IssueCode;
  /** What is wrong and what to do, for people, in English. */
  message: string;
}

/**
 * The rules as schemas of the Standard Schema specification, version 1, with its JSON Schema side:
 * form libraries and others that know the specification take them as they are.
 *
 * They apply the same rules as {@link validateNewCustomer} and its siblings. The two for forms take the values
 * of inputs and give what is sent.
 *
 * @example
 * useForm({ resolver: standardSchemaResolver(schemas.newCustomerForm) }); // React Hook Form
 */
export declare const schemas: {
  /** A customer to be created. */
  readonly newCustomer: Schema<NewCustomer>;
  /** An update. */
  readonly customerUpdate: Schema<CustomerUpdate>;
  /** The filters of a list. */
  readonly listFilter: Schema<CustomerListFilter>;
  /** A form for a new customer. It gives what {@link fromForm} does: blank is absent. */
  readonly newCustomerForm: FormSchema<NewCustomerFormValues, NewCustomer>;
  /**
   * A form for a customer that exists, for `api.update(customer, values)`. A blank field is `null`: an input that
   * held something and was emptied clears its field, and one that was blank all along makes no difference.
   *
   * It judges the fields that the documentation knows, whether they were edited or not. Where customers hold what
   * the documentation does not allow, leave it out: the update checks what was edited, and
   * {@link applyIssues} shows it.
   */
  readonly customerUpdateForm: FormSchema<CustomerUpdateFormValues, EditedCustomer>;
};

/** A schema of the Standard Schema specification, version 1, that turns the values of a form into what is sent. */
export interface FormSchema<Input, Output> {
  /** What the specification defines. */
  readonly "~standard": {
    /** The version of the specification. */
    readonly version: 1;
    /** Whose schema it is. */
    readonly vendor: "collins-customers";
    /** The types that it stands for. They exist for the compiler only. */
    readonly types?:
      | {
          /** The values of the form. */
          readonly input: Input;
          /** What is sent. */
          readonly output: Output;
        }
      | undefined;
    /**
     * Checks the values of a form, synchronously and without throwing.
     *
     * @param form The values, or the `FormData` of a form.
     * @returns What is sent, or all issues.
     */
    readonly validate: (form: unknown) => SchemaSuccess<Output> | SchemaFailure;
  };
}

/** A schema of the Standard Schema specification, version 1: for validating and as JSON Schema. */
export interface Schema<Value> {
  /** What the specification defines. */
  readonly "~standard": {
    /** The version of the specification. */
    readonly version: 1;
    /** Whose schema it is. */
    readonly vendor: "collins-customers";
    /** The types that it stands for. They exist for the compiler only. */
    readonly types?:
      | {
          /** What the schema takes. */
          readonly input: Value;
          /** What the schema gives: the same, nothing is converted. */
          readonly output: Value;
        }
      | undefined;
    /**
     * Checks a value, synchronously and without throwing.
     *
     * @param value The value, of any type.
     * @returns The value itself, or all its issues.
     */
    readonly validate: (value: unknown) => SchemaSuccess<Value> | SchemaFailure;
    /**
     * The schema as JSON Schema: valid in the strict mode of Ajv, with no `format` in it. It accepts and refuses
     * what {@link validateNewCustomer} and its siblings do, but for what JSON Schema cannot say: that a range must
     * not end before it begins, how long a domain beyond ASCII is, and that a text ends in half a character.
     */
    readonly jsonSchema: {
      /** The JSON Schema of what is taken. Throws for another target than `"draft-2020-12"` and `"draft-07"`. */
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      /** The JSON Schema of what is given: the same. */
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
  };
}

/** A value that a {@link Schema} found valid. */
export interface SchemaSuccess<Value> {
  /** The value, unchanged; of a {@link FormSchema}, what is sent. */
  readonly value: Value;
  /** There are none. */
  readonly issues?: undefined;
}

/** What a {@link Schema} found wrong. */
export interface SchemaFailure {
  /** All issues. */
  readonly issues: readonly Issue[];
}

/** What is asked of a {@link Schema} as JSON Schema. */
export interface JsonSchemaOptions {
  /** The version of JSON Schema. The specification names more; they throw. */
  readonly target: "draft-2020-12" | "draft-07" | (string & {});
  /** Not used. */
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

// ── Errors ───────────────────────────────────────────────────────────────────────────────────────

/**
 * The `code` of an error: the name of its class in small letters, without `Error`. It stays the same
 * from release to release, for programs that would rather compare texts than classes.
 */
export type ErrorCode = CustomersApiError["code"];

/** The `code` of an {@link ApiError}. */
export type ApiErrorCode =
  | "api"
  | "bad_request"
  | "authentication"
  | "permission_denied"
  | "not_found"
  | "conflict"
  | "unprocessable_entity"
  | "rate_limit"
  | "internal_server";

/**
 * The base of all errors of this package.
 *
 * `instanceof` works across bundles and realms. The message holds no token, no query and no value,
 * and neither does what a logger, `console.error` or `JSON.stringify` shows: what may hold personal data
 * (`body`, `headers`, `issues`) can be read, but is not listed. Of a cause the class and the code are
 * shown; {@link originalCause} has the rest.
 *
 * `message` is for developers, {@link CustomersApiError.userMessage} for the person in front of a page.
 *
 * An abort by the caller is none of these: it rejects with `signal.reason`, unchanged.
 *
 * @example
 * try {
 *   await api.create(customer);
 * } catch (error) {
 *   if (error instanceof UnprocessableEntityError) show(error.issues);
 *   else if (error instanceof CustomersApiError) report(error.code);
 *   else throw error;
 * }
 */
export declare class CustomersApiError extends Error {
  /** Recognises errors of other copies of this package and of other realms. */
  static [Symbol.hasInstance]<Class>(
    this: Class,
    value: unknown,
  ): value is Class extends { readonly prototype: infer Instance }
    ? CustomersApiError extends Instance
      ? AnyCustomersApiError
      : Instance
    : never;
  /** Errors are made by the client; to see one in a test, let a `fetch` of yours answer with its status. */
  constructor(madeByTheClient: never);
  /** What kind of error it is, for programs. */
  readonly code:
    | ApiErrorCode
    | "customers_api"
    | "configuration"
    | "validation"
    | "connection"
    | "timeout"
    | "unexpected_response";
  /**
   * What happened and what to do, for the person in front of a page: in English, with the time of day in
   * the form of their locale, without codes, names of fields, and values.
   *
   * @example "The hourly quota is used up until 15:27. Please try again later."
   */
  readonly userMessage: string;
  /**
   * What a log may hold: the name, the code, the message and the enumerable properties of the error, such as
   * `status` and `attempts`. `headers`, `body`, `issues` and `cause`, which may hold personal data, are left out.
   */
  toJSON(): { name: string; code: string; message: string; [shown: string]: unknown };
}

/**
 * What `fetch` or a token function rejected with, as it is. Its message may hold the URL with personal
 * data in it, so do not log it. `undefined` for an error without a cause.
 *
 * @param error An error of this package; anything else has no such cause.
 */
export declare function originalCause(error: unknown): unknown;

/**
 * Of an error that has a cause: its class and its code, such as `TypeError` and `ECONNREFUSED`, and
 * nothing else that the platform says. See {@link originalCause}.
 */
export interface VisibleCause extends Error {
  /** The platform's code, if it gave one. */
  readonly code?: string;
}

/**
 * Every error of this package, told apart by `code`.
 *
 * `instanceof CustomersApiError` leads to this union from TypeScript 5.3 on; with an older compiler,
 * write `error as AnyCustomersApiError` after it.
 *
 * @example
 * if (error instanceof CustomersApiError && error.code === "rate_limit") wait(error.retryAfterMs);
 */
export type AnyCustomersApiError =
  | ConfigurationError
  | ValidationError
  | (ApiError & {
      /** A status without a class of its own. */
      readonly code: "api";
    })
  | BadRequestError
  | AuthenticationError
  | PermissionDeniedError
  | NotFoundError
  | ConflictError
  | UnprocessableEntityError
  | RateLimitError
  | InternalServerError
  | (ConnectionError & {
      /** Any lost connection but a timeout. */
      readonly code: "connection";
    })
  | TimeoutError
  | UnexpectedResponseError;

/**
 * The client was set up or called in a way that cannot work: an option that it does not know, one of
 * a wrong type, a token that no header can carry, a token function that failed (see `cause`). Nothing
 * was sent, unless `attempts` says otherwise.
 */
export declare class ConfigurationError extends CustomersApiError {
  readonly code: "configuration";
  /** The HTTP method; missing if it was not a token function that failed. So is what follows. */
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as the documentation writes it: never with an id in it. */
  readonly route?: "/customers" | "/customers/{customerId}";
  /** How many requests were sent before. */
  readonly attempts?: number;
  /** Whether one of them may have carried out a create, an update or a delete. */
  readonly mayHaveSucceeded?: boolean;
  /** The class and the code of what a token function, or the compiling of WebAssembly, failed with. */
  readonly cause?: VisibleCause;
}

/** A value has issues. Nothing was sent. */
export declare class ValidationError extends CustomersApiError {
  readonly code: "validation";
  /** All issues, in the order of the value. */
  readonly issues: Issue[];
}

/**
 * The service answered with a status that is no success. The statuses that the API knows have a class
 * of their own below this one.
 */
export declare class ApiError extends CustomersApiError {
  readonly code: ApiErrorCode;
  /** The HTTP status; 0 where a browser hides that of a redirect. */
  readonly status: number;
  /** The headers of the answer. */
  readonly headers: Headers;
  /**
   * The body of the answer, of which at most 64 KB were read: the parsed JSON, or the text where it is
   * something else. It may repeat personal data, so do not log it.
   */
  readonly body: unknown;
  /** The quota that the answer tells of; `null` where its headers cannot be read. */
  readonly rateLimit: RateLimit | null;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as the documentation writes it: never with an id in it. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** How many requests were sent. */
  readonly attempts: number;
  /**
   * Whether a create, an update or a delete may have been carried out although it failed: it was sent,
   * and its answer does not tell. Always `false` for reads.
   */
  readonly mayHaveSucceeded: boolean;
}

/** 400: the service could not read the request. */
export declare class BadRequestError extends ApiError {
  readonly code: "bad_request";
  readonly status: 400;
}

/** 401: the token was not accepted. Check it, and that it belongs to this environment. (documented) */
export declare class AuthenticationError extends ApiError {
  readonly code: "authentication";
  readonly status: 401;
}

/** 403: the token does not allow this. (documented) */
export declare class PermissionDeniedError extends ApiError {
  readonly code: "permission_denied";
  readonly status: 403;
}

/** 404: there is no such customer (documented), or `baseUrl` leads elsewhere. */
export declare class NotFoundError extends ApiError {
  readonly code: "not_found";
  readonly status: 404;
}

/** 409: the request is in conflict with another one. */
export declare class ConflictError extends ApiError {
  readonly code: "conflict";
  readonly status: 409;
}

/** 422: the service refused values that the client had let pass. (documented) */
export declare class UnprocessableEntityError extends ApiError {
  readonly code: "unprocessable_entity";
  readonly status: 422;
  /**
   * What the service said about each value, in the shape of a {@link ValidationError}'s, so that a form
   * shows both alike. The code is `"rejected"`, and the sentence the service's own, which may repeat a
   * value. Empty where the body is in no known form. (assumed: not documented)
   */
  readonly issues: Issue[];
}

/** 429: the quota of this hour is used up. (documented) */
export declare class RateLimitError extends ApiError {
  readonly code: "rate_limit";
  readonly status: 429;
  /** How long to wait before the next request, in milliseconds; `null` where the service does not say. */
  readonly retryAfterMs: number | null;
  /** When the quota begins anew; `null` where the service does not say. */
  readonly resetAt: Date | null;
}

/** 500 and above: the service, or a gateway before it, failed. */
export declare class InternalServerError extends ApiError {
  readonly code: "internal_server";
}

/** The service could not be reached, or the connection broke before the whole answer was there. */
export declare class ConnectionError extends CustomersApiError {
  readonly code: "connection" | "timeout";
  /** The class and the code of what `fetch` rejected with; missing from a {@link TimeoutError}. */
  readonly cause?: VisibleCause;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as the documentation writes it: never with an id in it. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** How many requests were sent: 0 where the first one had no token in time. */
  readonly attempts: number;
  /**
   * Whether a create, an update or a delete may have been carried out although no answer came. `false`
   * for reads, and where the runtime says that there was no connection.
   */
  readonly mayHaveSucceeded: boolean;
}

/** No complete response, or no token, came within `timeout` or `totalTimeout`. */
export declare class TimeoutError extends ConnectionError {
  readonly code: "timeout";
}

/**
 * The service answered with a success whose body is not what the operation returns: HTML from a
 * gateway, an empty body, JSON without the customer, anything but an empty body for a delete, or a body
 * larger than `maxResponseBytes`. Or `fetch` resolved to something that is not a `Response`.
 */
export declare class UnexpectedResponseError extends CustomersApiError {
  readonly code: "unexpected_response";
  /** The HTTP status; missing where there was no `Response`. */
  readonly status?: number;
  /** The headers of the answer; missing where there was no `Response`. */
  readonly headers?: Headers;
  /**
   * The body of the answer: the parsed JSON, or the text where it is something else; `undefined` if it was
   * too large. It may hold personal data, so do not log it.
   */
  readonly body: unknown;
  /** The quota that the answer tells of; `null` where its headers cannot be read. */
  readonly rateLimit?: RateLimit | null;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as the documentation writes it: never with an id in it. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** How many requests were sent. */
  readonly attempts: number;
  /** Whether a create, an update or a delete may have been carried out. Always `false` for reads. */
  readonly mayHaveSucceeded: boolean;
}

// Classes, because the compiler knows that a spread has none of their methods; types only, because none of them
// can be made by hand.
export type {
  AnyCustomerFilter,
  CustomerFilterSetters,
  CustomerPage,
  OnlyTogetherWithOptedIn,
  OnlyTogetherWithOptedOut,
  OptedInDateSetters,
  OptedOutDateSetters,
};
