// The public surface of `collins-customers`, written by hand so that it is exact: this file is what
// an editor shows. It is shipped unchanged.
//
// Facts about the service carry a mark in words: "documented", "assumed: not documented" (the documentation does not
// say, and this is what the package relies on), or "stricter than the service" (a rule of this package). Lengths
// count Unicode code points (assumed), so an emoji counts as one or a few characters, never as its bytes.
//
// The platform's types (`Response`, `Headers`, `AbortSignal`) come from what the project already
// has: TypeScript's DOM library, `@types/node`, or a worker runtime's types.

// ── Customers, as they are read ──────────────────────────────────────────────────────────────────

/**
 * A customer, as `list`, `get`, `create` and `update` return it: the object that the service sent,
 * with nothing dropped, renamed or converted.
 *
 * Only `id` is always present. Any other field may be missing, or `null` if it is empty (assumed: not documented),
 * so read them as `customer.notes ?? ""`. Date-times are strings in the service's format, without a
 * time zone, `2019-03-06 17:00:00` (documented); `new Date(…)` would take them for local time.
 *
 * Undocumented fields are present at run time. They are left out of this type
 * so that a misspelt field is an error. To read one, declare it once in your code:
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
  /** The customer's id: documented as a string, 24 hexadecimal digits in every example. (documented) */
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
  /** The value of the venue's custom field. (documented) */
  custom_field_value?: string | null;
  /** The ids of the venues that the customer belongs to. (documented) */
  associated_venues?: string[] | null;
  /**
   * The marketing preferences that the customer has opted in to and out of. (documented)
   *
   * Customers are returned with this list. Updates accept it too; creates take a map, see
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
   * When the customer was created, `2019-03-06 17:00:00`; `null` for customers created before
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

/** The state of one marketing preference of a customer: opted in or out, and since when. (documented) */
export interface MarketingPreference {
  /** The id of the preference. (documented) */
  id?: string;
  /** When the customer last opted in, `2019-03-06 17:00:00` (documented); `null` if never (assumed: not documented). */
  opt_in_date?: string | null;
  /** When the customer last opted out, `2019-03-06 17:00:00` (documented); `null` if never (assumed: not documented). */
  opt_out_date?: string | null;
  /** `true` if the customer is opted in now. (documented) */
  opted_in?: boolean;
}

/** One of a customer's bookings. Read-only. (documented) */
export interface Booking {
  /** The id of the booking. (documented) */
  id?: string;
  /** When the booking takes place, `2019-03-06 17:00:00`. (documented) */
  date?: string;
  /** The id of the venue. (documented) */
  venue_id?: string;
  /** The number of people. (documented) */
  num_people?: number;
  /** The status of the booking, in the service's words. (documented) */
  status?: string;
}

// ── Customers, as they are written ───────────────────────────────────────────────────────────────

/**
 * A calendar day: a string `YYYY-MM-DD`, or a `Temporal.PlainDate`.
 *
 * It must be a real day: `2023-02-29` is refused. (stricter than the service) A `Date` is not a day but an instant,
 * which falls on different days in different time zones; it is a type error here and an `invalid_type`
 * issue at run time.
 */
export type PlainDate = string | PlainDateObject;

/**
 * The part of `Temporal.PlainDate` that distinguishes it from a `Date` and from a date with a time.
 * Native objects and those of polyfills fit.
 */
export interface PlainDateObject {
  /** The year. */
  readonly year: number;
  /** The month of the year, from 1. */
  readonly month: number;
  /** The day of the month, from 1. */
  readonly day: number;
  /** Absent: an object with an hour is more than a day. */
  readonly hour?: never;
  /** The day as a string, `YYYY-MM-DD`. */
  toString(): string;
}

/**
 * A customer to be created. Every field is optional. (documented)
 *
 * A field that is `undefined` is not sent; `null` is refused, because there is nothing to clear yet.
 * {@link validateNewCustomer} checks one before it is sent; {@link fieldLimits} has the lengths as data.
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
  /** The telephone number, as a string: a number would lose its `+` and its leading zeros. At most 20 characters. (documented) */
  phone?: string | undefined;
  /** The address of the customer's company. (documented) */
  company_address?: NewCustomerAddress | undefined;
  /** The date of birth, `YYYY-MM-DD`. A `Date` is refused: its day depends on the time zone. (documented) */
  dob?: PlainDate | undefined;
  /**
   * The value of the venue's custom field: a string, a number or a boolean. At most 255 characters
   * as a string. (documented)
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
 * The changes to a customer. A field that is left out or `undefined` stays as it is; `null`
 * clears it. (assumed: not documented)
 *
 * The limits are those of a create: the documentation gives none for updates. (assumed: not documented)
 *
 * A {@link Customer} that was read is not always a valid update: the service may store values that the
 * documentation does not allow. To edit one, pass the customer itself: `api.update(customer, edited)` checks and
 * sends only the differences, and {@link changes} returns them.
 */
export interface CustomerUpdate {
  /** The customer's id. It is allowed here, but the id passed to the call is used. (documented) */
  id?: string | undefined;
  /** The email address. At most 255 characters. (assumed: not documented) */
  email?: string | null | undefined;
  /** The given name. At most 255 characters. (assumed: not documented) */
  first_name?: string | null | undefined;
  /** The family name. At most 255 characters. (assumed: not documented) */
  last_name?: string | null | undefined;
  /** The telephone number, as a string: a number would lose its `+` and its leading zeros. At most 20 characters. (assumed: not documented) */
  phone?: string | null | undefined;
  /** The name of the customer's company. At most 255 characters. (assumed: not documented) */
  company?: string | null | undefined;
  /** The address of the customer's company. (documented) */
  company_address?: CustomerAddressUpdate | null | undefined;
  /** The date of birth, `YYYY-MM-DD`. A `Date` is refused: its day depends on the time zone. (documented) */
  dob?: PlainDate | null | undefined;
  /**
   * The value of the venue's custom field: a string, a number or a boolean. At most 255 characters
   * as a string. (assumed: not documented)
   */
  custom_field_value?: string | number | boolean | null | undefined;
  /** The ids of the venues that the customer belongs to. The whole list. (documented) */
  associated_venues?: readonly string[] | null | undefined;
  /** The ids of the marketing preferences to opt in to. (assumed: not documented) */
  marketing_preference_ids?: readonly string[] | null | undefined;
  /**
   * Marketing preferences: the list that reading returns, of which `id` and `opted_in` are required (documented); or a map
   * by id, `true` to opt in and `false` to opt out (assumed: not documented). Each is sent as given.
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
  /** Read-only. (documented) To edit a customer that was read, pass all of it: `api.update(customer, edited)`. */
  bookings?: undefined;
}

/**
 * A customer that was read and then edited, or only its edited fields: what
 * `api.update(customer, edited)` and {@link changes} compare with the customer.
 *
 * It includes the fields that you have declared on {@link Customer}.
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
 * A field that `after` lacks stays as it is; set it to `null` to clear it. `""`, an empty list and an empty object
 * count as equal to `null`, so form inputs that nobody touched change nothing. If an email address or a date is
 * now `""`, the update has `null`.
 *
 * Of a map of marketing preferences, the update contains only those whose state differs; a list of them, an
 * address and any other list is included as a whole. Every other field that differs is included too, even if it
 * is undocumented or read-only: dropping one would lose an edit. If nothing differs the result is `{}`.
 *
 * @param before The customer as it was read. It is not changed.
 * @param after The customer as it should be, for example an edited copy of `before`. It is not changed.
 * @returns The differences. To send them, pass both customers to {@link CustomersApi.update}, which checks only
 *   the differences.
 *
 * @example
 * const before = await api.get(id);
 * changes(before, { ...before, notes: "Allergic to nuts" }); // { notes: "Allergic to nuts" }
 */
export declare function changes(before: Customer, after: EditedCustomer): CustomerUpdate;

// ── Filters ──────────────────────────────────────────────────────────────────────────────────────

/** The fields of a customer that have a single value: those that a list can be sorted by. */
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
 * The documentation does not list the fields. The obvious ones are suggested, and any other string is
 * allowed. (assumed: not documented)
 *
 * @example "-last_updated"
 */
export type CustomerSortField = CustomerScalarField | `-${CustomerScalarField}` | (string & {});

/**
 * The filters of a list as a plain object, with their wire names. {@link CustomerFilter} builds the
 * same step by step.
 *
 * A customer must match all filters. A filter that is `undefined` is not sent; `null`, an empty
 * list and a list item with a comma are refused, because dropping them would return customers
 * that nobody asked for. (stricter than the service)
 *
 * `opted_in_date`, `opted_in_date_from` and `opted_in_date_to` require `opted_in`; the `opted_out`
 * dates require `opted_out`. (documented)
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
  /** A search text: customers whose full name, email, company or phone is similar. (documented) */
  query?: string | undefined;
  /**
   * The number of customers per page: an integer, 1 to 30. (documented)
   *
   * @default 30
   */
  limit?: number | undefined;
  /**
   * The fields to sort by, the first one first, `-` before a field for descending order. (documented)
   *
   * Without it: by relevance to `query`, or by `created_date` if there is no `query`. (documented)
   */
  sort?: readonly CustomerSortField[] | undefined;
  /**
   * The page, from 1: an integer, or its digits as a string. (documented)
   *
   * @default 1
   */
  page?: number | string | undefined;
}

/** The filters by what customers opted in to: without dates, or with the preferences that the dates require. */
export type OptedInFilter = OptedInDatesOfCopy | OptedInDates | OptedInPreferences;

/** The filter by what customers opted in to, without dates. */
export interface OptedInPreferences {
  /** Preference ids: customers who opted in to any of these. (documented) */
  opted_in?: readonly string[] | undefined;
  /** Requires `opted_in`. (documented) */
  opted_in_date?: OnlyTogetherWithOptedIn | undefined;
  /** Requires `opted_in`. (documented) */
  opted_in_date_from?: OnlyTogetherWithOptedIn | undefined;
  /** Requires `opted_in`. (documented) */
  opted_in_date_to?: OnlyTogetherWithOptedIn | undefined;
}

/**
 * The type of the dates if `opted_in` is missing or may be `undefined`. No value has it: its name appears
 * in the compiler's messages. If both are optional in your own type, leave the dates out unless there are
 * preferences: `{ ...rest, ...(ids && { opted_in: ids, opted_in_date: day }) }`.
 */
declare class OnlyTogetherWithOptedIn {
  private constructor();
  /** No value has it. */
  readonly never: never;
}

/** The filter by what customers opted in to and by when they did: the dates require `opted_in`. */
export interface OptedInDates {
  /** Preference ids: customers who opted in to any of these. (documented) */
  opted_in: readonly string[];
  /** Customers who opted in on this day. Requires `opted_in`. (documented) */
  opted_in_date?: PlainDate | undefined;
  /** Customers who opted in on or after this day. Requires `opted_in`. (documented) */
  opted_in_date_from?: PlainDate | undefined;
  /**
   * Customers who opted in on or before this day. Requires `opted_in`. Not before
   * `opted_in_date_from`. (documented)
   */
  opted_in_date_to?: PlainDate | undefined;
}

/** The same dates beside a copy of a {@link CustomerFilter} that has `opted_in`. */
export interface OptedInDatesOfCopy {
  /** The preferences of the copied filter. */
  "opted_in=": readonly string[];
  /** Preference ids that replace those of the copy. (documented) */
  opted_in?: readonly string[];
  /** Customers who opted in on this day. Requires `opted_in`. (documented) */
  opted_in_date?: PlainDate | undefined;
  /** Customers who opted in on or after this day. Requires `opted_in`. (documented) */
  opted_in_date_from?: PlainDate | undefined;
  /**
   * Customers who opted in on or before this day. Requires `opted_in`. Not before
   * `opted_in_date_from`. (documented)
   */
  opted_in_date_to?: PlainDate | undefined;
}

/** The filters by what customers opted out of: without dates, or with the preferences that the dates require. */
export type OptedOutFilter = OptedOutDatesOfCopy | OptedOutDates | OptedOutPreferences;

/** The filter by what customers opted out of, without dates. */
export interface OptedOutPreferences {
  /** Preference ids: customers who opted out of any of these. (documented) */
  opted_out?: readonly string[] | undefined;
  /** Requires `opted_out`. (documented) */
  opted_out_date?: OnlyTogetherWithOptedOut | undefined;
  /** Requires `opted_out`. (documented) */
  opted_out_date_from?: OnlyTogetherWithOptedOut | undefined;
  /** Requires `opted_out`. (documented) */
  opted_out_date_to?: OnlyTogetherWithOptedOut | undefined;
}

/**
 * The type of the dates if `opted_out` is missing or may be `undefined`. No value has it: its name appears
 * in the compiler's messages. If both are optional in your own type, leave the dates out unless there are
 * preferences: `{ ...rest, ...(ids && { opted_out: ids, opted_out_date: day }) }`.
 */
declare class OnlyTogetherWithOptedOut {
  private constructor();
  /** No value has it. */
  readonly never: never;
}

/** The filter by what customers opted out of and by when they did: the dates require `opted_out`. */
export interface OptedOutDates {
  /** Preference ids: customers who opted out of any of these. (documented) */
  opted_out: readonly string[];
  /** Customers who opted out on this day. Requires `opted_out`. (documented) */
  opted_out_date?: PlainDate | undefined;
  /** Customers who opted out on or after this day. Requires `opted_out`. (documented) */
  opted_out_date_from?: PlainDate | undefined;
  /**
   * Customers who opted out on or before this day. Requires `opted_out`. Not before
   * `opted_out_date_from`. (documented)
   */
  opted_out_date_to?: PlainDate | undefined;
}

/** The same dates beside a copy of a {@link CustomerFilter} that has `opted_out`. */
export interface OptedOutDatesOfCopy {
  /** The preferences of the copied filter. */
  "opted_out=": readonly string[];
  /** Preference ids that replace those of the copy. (documented) */
  opted_out?: readonly string[];
  /** Customers who opted out on this day. Requires `opted_out`. (documented) */
  opted_out_date?: PlainDate | undefined;
  /** Customers who opted out on or after this day. Requires `opted_out`. (documented) */
  opted_out_date_from?: PlainDate | undefined;
  /**
   * Customers who opted out on or before this day. Requires `opted_out`. Not before
   * `opted_out_date_from`. (documented)
   */
  opted_out_date_to?: PlainDate | undefined;
}

/**
 * The filters of a list, built step by step. A filter never changes: each setter returns a new one,
 * so a filter can be stored and reused.
 *
 * The values are checked when the filter is used: {@link CustomersApi.list} rejects and
 * `toQueryString()` throws with a {@link ValidationError} that contains all issues.
 *
 * The setters of the opt-in dates exist only after `optedIn`, those of the opt-out dates only after
 * `optedOut`: the dates require the preferences. (documented)
 *
 * A filter is plain data: a copy made by a spread, `structuredClone`, `JSON` or a store selects the same
 * customers wherever a filter is accepted, and `{ ...filter, page: 2 }` adds a filter. A copy has no
 * setters; `new CustomerFilter(copy)` restores them.
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
 * so a filter can be stored and reused.
 *
 * The values are checked when the filter is used: {@link CustomersApi.list} rejects and
 * `toQueryString()` throws with a {@link ValidationError} that contains all issues.
 *
 * @example
 * const vips = new CustomerFilter().labels(["VIP"]).sort(["-last_updated"]);
 * const recent = vips.optedIn([preferenceId]).optedInDateFrom("2019-01-01");
 * const page = await api.list(recent);
 */
export declare const CustomerFilter: CustomerFilterConstructor;

/** The constructor of {@link CustomerFilter}, and `parse`. */
export interface CustomerFilterConstructor {
  /**
   * Creates a filter.
   *
   * Its type does not know of preferences in `filters`, so call `optedIn` or `optedOut` on the result before
   * you add their dates.
   *
   * @param filters The filters to begin with: a plain object, a filter or a copy of one. Without them it selects
   *   every customer.
   * @throws {ConfigurationError} If `filters` is not an object. Its values are checked when it is used.
   */
  new (filters?: AnyCustomerFilter | CustomerListFilter): CustomerFilter;
  /** The object that filters inherit from. */
  readonly prototype: CustomerFilter;
  /**
   * Reads a query string, as the exact inverse of `toQueryString()`.
   *
   * The type of the result cannot depend on the string, so call `optedIn` or `optedOut` on the result before
   * you add their dates.
   *
   * @param queryString The query string, with or without a `?` before it. The commas of a list may be
   *   encoded or not.
   * @param options How to treat undocumented parameters.
   * @throws {ValidationError} If a parameter is undocumented or repeated, a value is not valid, or the
   *   percent-encoding is broken.
   *
   * @example
   * const filter = CustomerFilter.parse(location.search, { unknown: "ignore" });
   */
  parse(queryString: string, options?: ParseOptions): CustomerFilter;
}

/** The options of {@link CustomerFilterConstructor.parse}. */
export interface ParseOptions {
  /**
   * How to treat undocumented parameters: `"refuse"` reports them as issues; `"ignore"` skips them, for the
   * address of a page, which may contain `utm_source` and the like. A misspelt filter is then skipped
   * too.
   *
   * @default "refuse"
   */
  unknown?: "refuse" | "ignore" | undefined;
}

/**
 * A {@link CustomerFilter} with any setters. Calls accept this type and not the setters, so that the compiler's
 * messages about a plain object name the fields of that object.
 */
declare class AnyCustomerFilter {
  protected constructor();
  /**
   * The value of each parameter, under its name followed by `=`; copies carry it. To read the filters, use
   * `toObject()`.
   */
  readonly [parameter: `${string}=`]: unknown;
  /**
   * The query string that will be sent, in the documentation's order and without a `?`.
   *
   * @throws {ValidationError} If a value is not valid. It contains all issues.
   */
  toQueryString(): string;
  /** The filters as a new plain object, with their wire names. */
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
   * @param ids Venue ids. Must not be empty or contain an id with a comma. (stricter than the service)
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
   * @param date The day, `YYYY-MM-DD`. Not before `bookingDateFrom`. (stricter than the service)
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
   * @param date The day, `YYYY-MM-DD`. Not before `createdDateFrom`. (stricter than the service)
   */
  createdDateTo(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers born in this month, or in any of these. (documented)
   *
   * @param months A month, 1 to 12, or a list of months. Must not be empty. (stricter than the service)
   */
  dobMonth(months: number | readonly number[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers with any of these email addresses. (documented)
   *
   * @param addresses Email addresses. Must not be empty or contain an address with a comma. (stricter than the service)
   */
  email(addresses: readonly string[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers with this full name. (documented)
   *
   * @param name The name. Must not be empty. (stricter than the service)
   */
  fullName(name: string): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers with any of these labels. (documented)
   *
   * @param labels Labels. Must not be empty or contain a label with a comma. (stricter than the service)
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
   * @param date The day, `YYYY-MM-DD`. Not before `lastUpdatedFrom`. (stricter than the service)
   */
  lastUpdatedTo(date: PlainDate): CustomerFilter<OptedIn, OptedOut>;
  /**
   * Customers who opted in to any of these marketing preferences. (documented)
   *
   * The returned filter also has the setters of the dates: `optedInDate`,
   * `optedInDateFrom` and `optedInDateTo`.
   *
   * @param ids Preference ids. Must not be empty or contain an id with a comma. (stricter than the service)
   */
  optedIn(ids: readonly string[]): CustomerFilter<true, OptedOut>;
  /**
   * Customers who opted out of any of these marketing preferences. (documented)
   *
   * The returned filter also has the setters of the dates: `optedOutDate`,
   * `optedOutDateFrom` and `optedOutDateTo`.
   *
   * @param ids Preference ids. Must not be empty or contain an id with a comma. (stricter than the service)
   */
  optedOut(ids: readonly string[]): CustomerFilter<OptedIn, true>;
  /**
   * Customers whose full name, email, company or phone is similar to this text. (documented)
   *
   * @param text The search text. Must not be empty. (stricter than the service)
   */
  query(text: string): CustomerFilter<OptedIn, OptedOut>;
  /**
   * The number of customers per page. (documented)
   *
   * @param limit An integer, 1 to 30. The default is 30.
   */
  limit(limit: number): CustomerFilter<OptedIn, OptedOut>;
  /**
   * The fields to sort by. (documented)
   *
   * The default is by relevance to `query`, or by `created_date` if there is no `query`.
   *
   * @param fields The fields, the first one first, `-` before a field for descending order. Must not
   *   be empty. (stricter than the service)
   *
   * @example new CustomerFilter().sort(["last_name", "-created_date"])
   */
  sort(fields: readonly CustomerSortField[]): CustomerFilter<OptedIn, OptedOut>;
  /**
   * The page to start with. (documented)
   *
   * @param page An integer from 1, or its digits as a string. The default is 1.
   */
  page(page: number | string): CustomerFilter<OptedIn, OptedOut>;
}

/** The setters that a {@link CustomerFilter} has after `optedIn`. */
declare class OptedInDateSetters<OptedOut extends boolean> {
  protected constructor();
  /** The preferences; copies carry them. */
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
   * @param date The day, `YYYY-MM-DD`. Not before `optedInDateFrom`. (stricter than the service)
   */
  optedInDateTo(date: PlainDate): CustomerFilter<true, OptedOut>;
}

/** The setters that a {@link CustomerFilter} has after `optedOut`. */
declare class OptedOutDateSetters<OptedIn extends boolean> {
  protected constructor();
  /** The preferences; copies carry them. */
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
   * @param date The day, `YYYY-MM-DD`. Not before `optedOutDateFrom`. (stricter than the service)
   */
  optedOutDateTo(date: PlainDate): CustomerFilter<OptedIn, true>;
}

/**
 * The date setters of a {@link CustomerFilter} that has none yet. It is empty, and it has a name so
 * that the compiler's messages say `CustomerFilter<false, false>`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: see above
export interface NoDateSetters {}

// ── The client ───────────────────────────────────────────────────────────────────────────────────

/**
 * The client of the Customers API. It works in browsers, edge workers and servers, and it is ready
 * as soon as it is imported: there is nothing to initialise.
 *
 * Requests that fail for a temporary reason are retried if that is safe; a create is never repeated
 * if the first one may have succeeded. All errors are {@link CustomersApiError}s, except an abort by
 * the caller, which rejects with `signal.reason` unchanged.
 *
 * @example
 * const api = new CustomersApi({ token, environment: "playpen" });
 * const customer = await api.create({ email: "ada@example.com", first_name: "Ada" });
 * await api.update(customer.id, { notes: "Prefers the window" });
 */
export declare class CustomersApi {
  /**
   * Creates a client. It sends nothing and starts no timer.
   *
   * @param options The token, the address of the service, timeouts and retries.
   * @throws {ConfigurationError} If an option is unknown, has the wrong type or cannot work.
   */
  constructor(options: CustomersApiOptions);

  /**
   * The quota as of the last response to this client, or `null` before the first one and if the headers
   * cannot be read. The quota is per credential and per hour. (documented)
   */
  readonly rateLimit: RateLimit | null;

  /**
   * One page of customers. `GET /customers` (documented)
   *
   * @param filter Selects the customers, their order and the page. Without it, all customers.
   * @param options Options of this call.
   * @returns The page; its `nextPage()` requests the next one.
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
   * The customers of all pages, one after the other. Each page is requested when it is needed, and
   * nothing keeps running after you leave the loop.
   *
   * Each id is yielded once, and nobody is missed. If the total shows that customers were deleted meanwhile, or
   * no longer match the filter, others have moved to pages that were already read: all pages are then requested
   * again until they contain nobody new. So a loop may delete the customers it gets. If the headers cannot be
   * read, an iteration of more than one page always requests all pages again, which doubles its requests.
   * Customers who are created meanwhile may or may not be included.
   *
   * Pages have 30 customers unless the filter sets a limit. After an error, `next()` requests the same page
   * again.
   *
   * @param filter Selects the customers, their order and the page to start with.
   * @param options Options of each request, and the maximum number of customers.
   * @throws {ConfigurationError} If `maxItems` is not a number from 0. Other errors reject the step in which
   *   they happen, as in `list`.
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
   * It is not retried if the first request may have succeeded; the error then has `mayHaveSucceeded: true`,
   * so look for the customer before you try again.
   *
   * @param customer The new customer.
   * @param options Options of this call.
   * @returns The customer as stored by the service, with its `id`.
   * @throws {ValidationError} If the customer has issues. Nothing was sent.
   * @throws {UnprocessableEntityError} If the service refuses a value; its `issues` say which.
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
   * @param id The customer's id. Must not be empty, `.` or `..`, or contain `/`, `\`, `?`, `#`, `%` or
   *   control characters. (stricter than the service)
   * @param options Options of this call.
   * @throws {ValidationError} If the id is not valid. Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {AuthenticationError | PermissionDeniedError | RateLimitError} If the service refuses.
   */
  get(id: string, options?: RequestOptions): ApiPromise<Customer>;

  /**
   * Changes a customer that was read. `PUT /customers/{customerId}` (documented)
   *
   * Sends the differences between the two, as {@link changes} returns them, and checks only those: everything else
   * stays as it is, even if the documentation would not allow it, and two people who edit different fields do not
   * undo each other's work. An undocumented field is sent if the customer has it; a name that neither the customer
   * nor the documentation has is refused, because it is probably misspelt (`extraBody` sends it anyway).
   *
   * If nothing differs, nothing is sent: the result is `customer` itself, and `withResponse()` returns `null` for
   * the response.
   *
   * @param customer The customer that was read and edited. If it is one that was read later, the differences include
   *   what has changed meanwhile, and the update undoes it.
   * @param edited The customer as it should be: an edited copy, or only the fields that change. `null` clears a
   *   field. (assumed: not documented)
   * @param options Options of this call.
   * @returns The customer as it is now.
   * @throws {ValidationError} If the id or the differences have issues; `id` and `bookings` cannot be changed.
   *   Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {UnprocessableEntityError} If the service refuses a value; its `issues` say which.
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
   * Fields that are left out or `undefined` stay as they are; `null` clears a field. (assumed: not documented) Every
   * field is checked.
   *
   * @param id The customer's id, with the same rules as in `get`.
   * @param changes The changes.
   * @param options Options of this call.
   * @returns The customer as it is now.
   * @throws {ValidationError} If the id or the changes have issues. Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {UnprocessableEntityError} If the service refuses a value; its `issues` say which.
   * @throws {AuthenticationError | PermissionDeniedError | RateLimitError} If the service refuses.
   *
   * @example
   * await api.update(customer.id, { notes: null, labels: ["VIP"] });
   */
  update(id: string, changes: CustomerUpdate, options?: WriteOptions): ApiPromise<Customer>;

  /**
   * Deletes a customer. `DELETE /customers/{customerId}` (documented)
   *
   * If an earlier attempt of this call may have deleted the customer, a 404 on the next one counts as
   * success.
   *
   * @param id The customer's id, with the same rules as in `get`.
   * @param options Options of this call.
   * @returns `undefined`.
   * @throws {ValidationError} If the id is not valid. Nothing was sent.
   * @throws {NotFoundError} If there is no such customer.
   * @throws {AuthenticationError | PermissionDeniedError | RateLimitError} If the service refuses.
   */
  delete(id: string, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Creates a client with some options changed. This one stays as it is.
   *
   * @param overrides The options to change. An option that is left out or `undefined` keeps its
   *   value; `headers` are replaced as a whole. An `environment` replaces a `baseUrl`, and the other
   *   way round.
   * @throws {ConfigurationError} As the constructor does.
   *
   * @example
   * const patient = api.withOptions({ timeout: 60_000, maxRetries: 5 });
   */
  withOptions(overrides: CustomersApiOverrides): CustomersApi;
}

/**
 * The bearer token, or a function that returns it or a promise of it.
 *
 * A function is called for every attempt, so it can renew the token; after a 401 it is called once
 * more and the request is sent again.
 */
export type TokenSource = string | (() => string | PromiseLike<string>);

/** One of the service's environments, each with its own credentials. (documented) */
export type Environment = "production" | "playpen";

/**
 * The options of a {@link CustomersApi}.
 *
 * Pass a `token` and, unless it belongs to production, an `environment`; or pass the `baseUrl` of your
 * own server, which may add the token itself. `environment` and `baseUrl` exclude each other.
 */
export type CustomersApiOptions = ProxyOptions | ServiceOptions;

/** The options of a client that talks to a proxy or a development server. */
export interface ProxyOptions extends ClientOptions {
  /**
   * The URL of a proxy or a development server, to which `/customers` is appended. Excludes
   * `environment`.
   *
   * In a page and its workers it can begin with `/`: it is then a path on the page's own host. Everywhere else
   * it must be absolute, and calls with a path are refused. With a token it must begin with `https:`, or with
   * `http:` for loopback hosts; without a token `http:` is allowed for any host. (stricter than the service)
   *
   * @example "https://example.com/collins"
   * @example "/collins"
   */
  baseUrl: string;
  /** The bearer token, or a function that returns it; not needed if the proxy adds it. */
  token?: TokenSource | undefined;
  /** Excludes `baseUrl`. */
  environment?: undefined;
}

/** The options of a client that talks to the service itself. */
export interface ServiceOptions extends ClientOptions {
  /**
   * The bearer token, issued by your account manager (documented), or a function that returns it. Its type allows
   * `undefined`, because environment variables may be missing; the constructor then throws a
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
  /** The bearer token, or a function that returns it. */
  token?: TokenSource | undefined;
} & (
    | {
        /** The environment, instead of the client's `environment` or `baseUrl`. */
        environment?: Environment | undefined;
        /** Excludes `environment`. */
        baseUrl?: undefined;
      }
    | {
        /** Excludes `baseUrl`. */
        environment?: undefined;
        /** The base URL, instead of the client's `environment` or `baseUrl`. */
        baseUrl?: string | undefined;
      }
  );

/** The options of a client, apart from the token and the address of the service. */
export interface ClientOptions {
  /**
   * The function that sends requests. By default the global `fetch`, looked up at each call.
   *
   * It must send one request per call: the client retries by itself. An error with one of the platform's
   * codes for "no connection" (`ECONNREFUSED`, `ENOTFOUND`, a refused certificate) means that nothing was
   * sent, and a create is then retried.
   *
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /**
   * The time limit of one attempt, in milliseconds, its body included. Above 0.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * The time limit of a call, in milliseconds: all attempts and the waits between them. Above 0.
   *
   * @default 120_000
   */
  totalTimeout?: number | undefined;
  /**
   * The maximum number of retries: an integer, 0 to 100. With 0 a call makes exactly one request.
   *
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * The longest wait that the service may ask for, in milliseconds. Above 0. If it asks for more,
   * the call fails at once, with a {@link RateLimitError} after a 429.
   *
   * @default 60_000
   */
  maxRetryAfter?: number | undefined;
  /**
   * The largest body of a success that is read, in bytes. Above 0. If it is larger, the call fails with an
   * {@link UnexpectedResponseError} and is not retried.
   *
   * @default 10_485_760
   */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for every request: a plain object, `Headers`, a `Map` or a list of pairs. They replace
   * the headers that the client sets.
   *
   * In a browser each non-standard header needs the server's permission (CORS).
   */
  headers?: HeaderOptions<string | undefined> | undefined;
  /**
   * Sends an `Idempotency-Key` with each create, the same one for its retries, so that a create can be
   * retried like a read. Only for a `baseUrl` whose server supports the header, such as
   * `collins-customers/proxy`: the service does not document it, so it is refused for the service's hosts.
   *
   * @default false
   */
  idempotency?: boolean | undefined;
  /** Called before each attempt. What it returns or throws is ignored. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called after each response, whatever its status. What it returns or throws is ignored. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called before each wait for a retry. What it returns or throws is ignored. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /**
   * The logger: `console`, or any object with these four methods. Without one nothing is logged. Log lines
   * contain no customer data, no query and no token.
   */
  logger?: Logger | undefined;
  /**
   * The lowest level that is logged: retries are `"warn"`, requests and responses `"debug"`. At `"warn"`
   * nothing is logged unless something goes wrong.
   *
   * @default "warn"
   */
  logLevel?: LogLevel | undefined;
  /**
   * Allows a token in a browser page or its workers that talks to the service's own hosts, where everyone who
   * opens the page can read the token. A page that talks to your own proxy does not need this.
   * (stricter than the service)
   *
   * @default false
   */
  dangerouslyAllowBrowser?: boolean | undefined;
  /**
   * Allows a token to be sent unencrypted, to an `http:` address other than loopback, where everyone on the
   * network path can read it. Not needed without a token. (stricter than the service)
   *
   * @default false
   */
  dangerouslyAllowUnencryptedToken?: boolean | undefined;
}

/** Headers, in any of the usual forms. Anything else is refused. */
export type HeaderOptions<Value> =
  | Headers
  | Readonly<Record<string, Value>>
  | readonly (readonly [name: string, value: Value])[]
  | Iterable<readonly [name: string, value: Value]>;

/** The options of one call. They override those of the client. */
export interface RequestOptions {
  /** Aborts the call, which then rejects with `signal.reason`, unchanged. */
  signal?: AbortSignal | undefined;
  /** The time limit of one attempt, in milliseconds, its body included. Above 0. */
  timeout?: number | undefined;
  /** The time limit of the call, in milliseconds, retries and waits included. Above 0. */
  totalTimeout?: number | undefined;
  /** The maximum number of retries: an integer, 0 to 100. With 0 there is exactly one request. */
  maxRetries?: number | undefined;
  /** The largest body of a success that is read, in bytes. Above 0. */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for this call, in addition to those of the client: a plain object, `Headers`, a `Map` or a list of
   * pairs. `null` removes one.
   */
  headers?: HeaderOptions<string | null | undefined> | undefined;
  /**
   * `false` skips the checks of the body or the filter and leaves them to the service. A customer's id is
   * always checked. (stricter than the service)
   *
   * @default true
   */
  validate?: boolean | undefined;
}

/** The options of a call that sends a body: `create` and `update`. */
export interface WriteOptions extends RequestOptions {
  /**
   * Undocumented fields to send, by wire name. They are not checked, and they override a documented field
   * of the same name.
   */
  extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/** The customers of all pages, as {@link CustomersApi.iterate} returns them. */
export interface CustomerIterator extends AsyncIterableIterator<Customer> {
  /**
   * Collects the remaining customers.
   *
   * @param options The maximum number of customers. There is no default, because all of them are kept in memory.
   * @throws {ConfigurationError} If `maxItems` is missing or not a number from 0.
   *
   * @example
   * const vips = await api.iterate({ labels: ["VIP"] }).toArray({ maxItems: 500 });
   */
  toArray(options: ToArrayOptions): Promise<Customer[]>;
}

/** The options of {@link CustomerIterator.toArray}. */
export interface ToArrayOptions {
  /** The maximum number of customers to collect. From 0. */
  maxItems: number;
}

/** The options of {@link CustomersApi.iterate}. They apply to the request of each page. */
export interface IterateOptions extends RequestOptions {
  /**
   * The maximum number of customers to yield. From 0.
   *
   * @default Infinity
   */
  maxItems?: number | undefined;
}

/**
 * The part of the platform's `fetch` that the client uses. It is called without a `this`.
 *
 * @param url The absolute URL, including its query: it may contain personal data.
 * @param init The request. No other field is ever set.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** The second argument of {@link Fetch}. It fits every platform's `RequestInit`. */
export interface FetchInit {
  /** The HTTP method. */
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** `Authorization`, `Accept`, `Content-Type` if there is a body, and the headers that the user set. */
  headers: Headers;
  /** The body as JSON text. Only `create` and `update` have one. */
  body?: string;
  /** Aborts the attempt: at its timeout, and when the caller aborts. */
  signal: AbortSignal;
  /** Redirects are not followed, because the token would be sent with them. (stricter than the service) */
  redirect: "manual";
}

/** The promise that a call returns, with a method to get the response as well as the value. */
export interface ApiPromise<T, R extends Response | null = Response> extends Promise<T> {
  /**
   * The value and the raw response. Its status, headers and URL can be read; its body has already been
   * read.
   *
   * @example
   * const { data, response } = await api.get(id).withResponse();
   */
  withResponse(): Promise<{
    /** The value that the call resolves to. */
    data: T;
    /** The response. */
    response: R;
  }>;
}

/**
 * One page of a list.
 *
 * Its data is plain: it survives a spread, `structuredClone`, `JSON` and a framework's transfer from server to
 * browser, except for `nextPage`, which such a copy lacks, and `rateLimit.resetAt`, which is a string after `JSON`.
 */
declare class CustomerPage {
  private constructor();
  /** The customers of this page, as the service sent them. */
  customers: Customer[];
  /** The position of the page; `null` if its headers cannot be read. */
  pagination: Pagination | null;
  /** The quota after this request; `null` if its headers cannot be read. */
  rateLimit: RateLimit | null;
  /**
   * Requests the next page, with the same filter and options; `null` after the last. If `pagination` is
   * `null`, a page that is not full is the last.
   *
   * It rejects as `list` does, and can then be called again. It also works detached from its page:
   * `const { nextPage } = page`.
   */
  nextPage(): Promise<CustomerPage | null>;
}

/**
 * The position of a page, from the `X-Pagination-*` headers. (documented)
 *
 * In a browser, across origins, they can be read only if the server lists them in
 * `Access-Control-Expose-Headers`.
 */
export interface Pagination {
  /** This page, from 1. */
  page: number;
  /** The number of customers per page. */
  perPage: number;
  /** The number of pages. */
  totalPages: number;
  /** The number of customers on all pages. */
  totalResults: number;
}

/**
 * The quota, per credential and per hour, from the `X-RateLimit-*` headers. (documented)
 *
 * In a browser, across origins, they can be read only if the server lists them in
 * `Access-Control-Expose-Headers`.
 */
export interface RateLimit {
  /** The number of requests per hour. */
  limit: number;
  /** The number of requests left in this hour. */
  remaining: number;
  /** When the quota resets; `null` if the service does not say so in a known format. */
  resetAt: Date | null;
}

// ── Observing ────────────────────────────────────────────────────────────────────────────────────

/** The event of `onRequest`: an attempt begins. It contains no value, no query, no header and no token. */
export interface RequestEvent {
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as documented: it never contains an id. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** The number of the attempt, from 1. */
  readonly attempt: number;
}

/** The event of `onResponse`: an attempt got a response, whatever its status. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status. */
  readonly status: number;
  /** The duration of the request in whole milliseconds, including its body but not the time spent on a token. */
  readonly durationMs: number;
  /** The quota according to the response; `null` if its headers cannot be read. */
  readonly rateLimit: RateLimit | null;
}

/** The event of `onRetry`: an attempt failed, and the request will be sent again. */
export interface RetryEvent extends RequestEvent {
  /** The name of the error that the attempt would have ended with. */
  readonly reason:
    | "ConnectionError"
    | "TimeoutError"
    | "RateLimitError"
    | "InternalServerError"
    | "ApiError";
  /** The wait before the request is sent again, in whole milliseconds. */
  readonly waitMs: number;
}

/**
 * A logger. `console` and the usual logging libraries fit.
 *
 * Each method gets a complete line and the event that it describes.
 */
export interface Logger {
  /** Each request and each response. */
  debug(message: string, event: RequestEvent | ResponseEvent): void;
  /** Not used at present. */
  info(message: string): void;
  /** Each retry. */
  warn(message: string, event: RetryEvent): void;
  /** Not used at present: errors are thrown to the caller. */
  error(message: string): void;
}

/** The lowest level that a {@link Logger} gets; `"off"` for none. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/**
 * Resolves when the WebAssembly module is compiled. That is before the import returns, with two exceptions:
 * browsers released before 2023 compile it in the background, and `collins-customers/web` compiles it in `init()`.
 *
 * Calls of a {@link CustomersApi} wait by themselves. The synchronous functions throw a
 * {@link ConfigurationError} until then: the validators, `toQueryString` and `CustomerFilter.parse`. A page
 * for such browsers that uses one of them while it is loading should await this first.
 *
 * @example
 * await ready;
 * const filter = CustomerFilter.parse(location.search);
 */
export declare const ready: Promise<void>;

// ── Validation ───────────────────────────────────────────────────────────────────────────────────

/**
 * Checks a customer to be created. It does not throw and sends nothing.
 *
 * @param value The value, of any type.
 * @returns All issues, in the order of the value; an empty array if it is valid.
 *
 * @example
 * for (const { path, message } of validateNewCustomer(formValues)) show(path.join("."), message);
 */
export declare function validateNewCustomer(value: unknown): Issue[];

/**
 * Checks an update. It does not throw and sends nothing.
 *
 * @param value The value, of any type.
 * @returns All issues, in the order of the value; an empty array if it is valid.
 */
export declare function validateCustomerUpdate(value: unknown): Issue[];

/**
 * Checks the filters of a list. It does not throw and sends nothing.
 *
 * @param value The value, of any type: a plain object or a {@link CustomerFilter}.
 * @returns All issues, in the order of the value; an empty array if it is valid.
 */
export declare function validateListFilter(value: unknown): Issue[];

/**
 * One issue with a value. It never contains the value.
 *
 * The `code` determines the `params`:
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
 * The kind of issue, for programs.
 *
 * - `invalid_type`: not of the documented type, such as a `Date`, `null` or `NaN`
 * - `too_long`: more characters than the limit allows, or more items than can be sent
 * - `too_large`: more bytes than can be sent, of a body as a whole
 * - `invalid_text`: half a surrogate pair, as is left when a string is cut inside a character such as an emoji: a
 *   server could not read the body
 * - `invalid_email`: not an email address
 * - `invalid_date`: not a real date, or not in the documented format
 * - `out_of_range`: a number outside its range
 * - `reversed_range`: a range that begins after it ends
 * - `requires`: a filter that requires another one
 * - `empty_list`: a filter without items, which would match every customer
 * - `contains_comma`: a list item with a comma, which a query cannot represent
 * - `empty`: an empty string where one is not allowed
 * - `unknown_field`: an undocumented name
 * - `invalid_id`: not a valid customer id
 * - `more_issues`: the 101st and last issue: the number of issues that are not listed
 * - `rejected`: refused by the service (422), which sends a message and no code
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

/** The properties of every {@link Issue}. */
export interface IssueBase {
  /**
   * The path to the value: wire names, and positions from 0. Empty for the whole value.
   *
   * @example ["company_address", "post_code"]
   */
  path: (string | number)[];
  /** The kind of issue, for programs. */
  code: IssueCode;
  /** The problem and how to fix it, for people, in English. It contains no part of the value. */
  message: string;
  /** The data of the message, for your own messages. */
  params?: object;
}

/** A string with more characters than its limit allows, or a list with more items than can be sent. */
export interface TooLongIssue extends IssueBase {
  code: "too_long";
  params: {
    /** The limit, in characters (code points) or items. */
    max: number;
    /** The actual number. */
    actual: number;
  };
}

/** A body with more bytes than can be sent. */
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
    /** The minimum. */
    min: number;
    /** The maximum. */
    max: number;
  };
}

/** A filter that conflicts with another one. */
export interface BetweenParametersIssue extends IssueBase {
  code: "requires" | "reversed_range";
  params: {
    /** The other parameter: the one that is missing, or the one that ends the range. */
    parameter: string;
  };
}

/** An undocumented name. */
export interface UnknownFieldIssue extends IssueBase {
  code: "unknown_field";
  /** Missing if no documented name is similar. */
  params?: {
    /** The documented name that was probably intended. */
    suggestion: string;
  };
}

/** An issue without parameters. */
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
  /** None. */
  params?: never;
}

/**
 * The documented limits of a customer's fields, for `maxlength` attributes and the like.
 *
 * They count code points, while `maxlength` counts UTF-16 code units: an input with `maxlength` stops a
 * little early if there are emoji, and never too late.
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
  /** At most 255 characters, as a string. */
  readonly custom_field_value: 255;
  /** At most 1000 characters. */
  readonly notes: 1000;
}

// ── Forms ────────────────────────────────────────────────────────────────────────────────────────

/**
 * Reads the customer from a form. Blank fields are left out: an input that nobody filled is `""`, which is not an
 * address, a date or a name.
 *
 * In a `FormData`, the names `company_address.city` and `company_address[city]` both mean the part of the
 * address, `marketing_preferences[<id>]` means one preference (`on`, `true` and `1`, or `off`, `false` and `0`), and
 * a repeated name, `labels` or `labels[]`, means a list. Names that begin with `$` or `_` belong to frameworks
 * (`_token`, `$ACTION_ID_…`) and are left out. Everything else is kept, so that {@link validateNewCustomer} and
 * `create` report what is wrong.
 *
 * @param form The `FormData` of a form, or the values of a form library.
 *
 * @example
 * await api.create(fromForm(new FormData(event.currentTarget)));
 */
export declare function fromForm(form: FormFields | NewCustomerFormValues): NewCustomer;

/** The part of a `FormData` or a `URLSearchParams` that {@link fromForm} uses. */
export interface FormFields {
  /** All values of a name. */
  getAll(name: string): unknown[];
  /** Calls the function with each value and its name. */
  // biome-ignore lint/suspicious/noExplicitAny: each platform has a type of its own for it
  forEach(callback: (value: any, name: string) => void): void;
}

/** The value of an input: blank if nothing was entered. */
export type FormText = string | null | undefined;

/** The values of a form for a new customer. Blank values are left out of the customer. */
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
  /** The date of birth, as `<input type="date">` returns it. */
  dob?: PlainDate | null | undefined;
  /** The value of the venue's custom field. */
  custom_field_value?: string | number | boolean | null | undefined;
  /** The ids of the venues that the customer belongs to; a single string is a list of one. */
  associated_venues?: string | readonly FormText[] | null | undefined;
  /** The ids of the marketing preferences to opt in to; a single string is a list of one. */
  marketing_preference_ids?: string | readonly FormText[] | null | undefined;
  /** Marketing preferences by id, as booleans or as the values of checkboxes. */
  marketing_preferences?: Readonly<Record<string, boolean | FormText>> | null | undefined;
  /** The customer's labels; a single string is a list of one. */
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
 * The values of a form for an existing customer. The customer as it was read can be used as initial values. A
 * blank value clears its field.
 */
export type CustomerUpdateFormValues = Omit<EditedCustomer, keyof NewCustomerFormValues> &
  Omit<NewCustomerFormValues, "marketing_preferences"> & {
    /** Marketing preferences by id, as booleans or as the values of checkboxes; or the list as it was read. */
    marketing_preferences?:
      | Readonly<Record<string, boolean | FormText>>
      | readonly MarketingPreference[]
      | null
      | undefined;
  };

/**
 * Shows the issues of a {@link ValidationError} or an {@link UnprocessableEntityError} at the fields of a form. If a
 * field has several issues, the first one is shown; an issue of no field is shown at `"root"`.
 *
 * @param setError Shows an issue: React Hook Form's `setError`, or your own function. Names are dotted
 *   paths: `company_address.post_code`.
 * @param error The error of the call.
 * @returns `true` if the error had issues. If `false`, it is an error of another kind: rethrow it.
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

/** An issue in the format of form libraries. */
export interface FormIssue {
  /** The code of the issue. */
  type: IssueCode;
  /** The problem and how to fix it, for people, in English. */
  message: string;
}

/**
 * The rules as schemas of the Standard Schema specification, version 1, with JSON Schema: form libraries and
 * other tools that support the specification accept them directly.
 *
 * They apply the same rules as {@link validateNewCustomer} and its siblings. The two for forms take the values
 * of inputs and return what is sent.
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
  /** A form for a new customer. It returns the same as {@link fromForm}: blank fields are left out. */
  readonly newCustomerForm: FormSchema<NewCustomerFormValues, NewCustomer>;
  /**
   * A form for an existing customer, for `api.update(customer, values)`. A blank field becomes `null`: an input that
   * was emptied clears its field, and one that was blank from the start makes no difference. After an update, fill the
   * form with its result before it is sent again: React Hook Form does so with `reset(updated)`.
   *
   * It checks all documented fields, edited or not. Stored values that the documentation does not allow would keep
   * such a form from being sent: use `customerUpdateFormOf` if there may be any.
   */
  readonly customerUpdateForm: FormSchema<CustomerUpdateFormValues, EditedCustomer>;
  /**
   * The form of this customer: the same as `customerUpdateForm`, but it checks only the fields that were edited, as
   * `api.update(customer, values)` does. A stored value that nobody touched is not an issue, whatever it is.
   *
   * @param customer The customer as it was read.
   *
   * @example
   * useForm({ defaultValues: customer, resolver: standardSchemaResolver(schemas.customerUpdateFormOf(customer)) });
   */
  readonly customerUpdateFormOf: (
    customer: Customer,
  ) => FormSchema<CustomerUpdateFormValues, EditedCustomer>;
};

/** A schema of the Standard Schema specification, version 1, that converts the values of a form to what is sent. */
export interface FormSchema<Input, Output> {
  /** The properties that the specification defines. */
  readonly "~standard": {
    /** The version of the specification. */
    readonly version: 1;
    /** The vendor of the schema. */
    readonly vendor: "collins-customers";
    /** The types of the schema. They exist only for the compiler. */
    readonly types?:
      | {
          /** The values of the form. */
          readonly input: Input;
          /** The value that is sent. */
          readonly output: Output;
        }
      | undefined;
    /**
     * Checks the values of a form, synchronously and without throwing.
     *
     * @param form The values, or the `FormData` of a form.
     * @returns The value that is sent, or all issues.
     */
    readonly validate: (form: unknown) => SchemaSuccess<Output> | SchemaFailure;
  };
}

/** A schema of the Standard Schema specification, version 1: for validating and as JSON Schema. */
export interface Schema<Value> {
  /** The properties that the specification defines. */
  readonly "~standard": {
    /** The version of the specification. */
    readonly version: 1;
    /** The vendor of the schema. */
    readonly vendor: "collins-customers";
    /** The types of the schema. They exist only for the compiler. */
    readonly types?:
      | {
          /** The input of the schema. */
          readonly input: Value;
          /** The output of the schema: the same, nothing is converted. */
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
     * The schema as JSON Schema: valid in the strict mode of Ajv, without `format`. It accepts and refuses the same
     * values as {@link validateNewCustomer} and its siblings, except for what JSON Schema cannot express: reversed
     * ranges, the length of internationalised domains, and half surrogate pairs.
     */
    readonly jsonSchema: {
      /** The JSON Schema of the input. Throws unless the target is `"draft-2020-12"` or `"draft-07"`. */
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      /** The JSON Schema of the output: the same. */
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
  };
}

/** A value that a {@link Schema} found valid. */
export interface SchemaSuccess<Value> {
  /** The value, unchanged; for a {@link FormSchema}, the value that is sent. */
  readonly value: Value;
  /** None. */
  readonly issues?: undefined;
}

/** The issues that a {@link Schema} found. */
export interface SchemaFailure {
  /** All issues. */
  readonly issues: readonly Issue[];
}

/** The options of a {@link Schema} as JSON Schema. */
export interface JsonSchemaOptions {
  /** The version of JSON Schema. Other versions of the specification throw. */
  readonly target: "draft-2020-12" | "draft-07" | (string & {});
  /** Not used. */
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

// ── Errors ───────────────────────────────────────────────────────────────────────────────────────

/**
 * The `code` of an error: the name of its class in small letters, without `Error`. It stays the same
 * from release to release, for programs that compare codes instead of classes.
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
 * `instanceof` works across bundles and realms. The message contains no token, no query and no value,
 * and neither does what a logger, `console.error` or `JSON.stringify` shows: properties that may contain
 * personal data (`body`, `headers`, `issues`) can be read, but are not listed. Of a cause only the class and
 * the code are shown; {@link originalCause} returns the original.
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
  ): value is Class extends {
    /** The instances of the class. */
    readonly prototype: infer Instance;
  }
    ? CustomersApiError extends Instance
      ? AnyCustomersApiError
      : Instance
    : never;
  /** Errors are created by the client; to get one in a test, pass a `fetch` that responds with its status. */
  constructor(madeByTheClient: never);
  /** The kind of error, for programs. */
  readonly code:
    | ApiErrorCode
    | "customers_api"
    | "configuration"
    | "validation"
    | "connection"
    | "timeout"
    | "unexpected_response";
  /**
   * A sentence for the person in front of a page, about what happened and what they can do: in English, with times in
   * the format of their locale, without codes, field names or values.
   *
   * @example "The hourly quota is used up until 15:27. Please try again later."
   */
  readonly userMessage: string;
  /**
   * Returns the parts of the error that are safe to log. `headers`, `body`, `issues` and `cause`, which may contain
   * personal data, are left out. `JSON.stringify` and the reporters of test runners call it.
   */
  toJSON(): LoggableError;
}

/** The parts of an error that are safe to log: the result of {@link CustomersApiError.toJSON}. */
export interface LoggableError {
  /** The name of the class, such as `RateLimitError`. */
  name: string;
  /** The kind of error, such as `rate_limit`. */
  code: string;
  /** The message for developers. */
  message: string;
  /** The enumerable properties of the error, such as `status` and `attempts`. */
  [property: string]: unknown;
}

/**
 * The original error of `fetch` or of a token function. Its message may contain the URL with personal
 * data, so do not log it. `undefined` for an error without a cause.
 *
 * @param error An error of this package; for anything else the result is `undefined`.
 */
export declare function originalCause(error: unknown): unknown;

/**
 * The safe part of a cause: its class and its code, such as `TypeError` and `ECONNREFUSED`, and
 * nothing else. See {@link originalCause}.
 */
export interface VisibleCause extends Error {
  /** The platform's code, if it gave one. */
  readonly code?: string;
}

/**
 * The union of all errors of this package, discriminated by `code`.
 *
 * `instanceof CustomersApiError` narrows to this union from TypeScript 5.3 on; with an older compiler,
 * write `error as AnyCustomersApiError` after it.
 *
 * @example
 * if (error instanceof CustomersApiError && error.code === "rate_limit") wait(error.retryAfterMs);
 */
export type AnyCustomersApiError =
  | ConfigurationError
  | ValidationError
  | (ApiError & {
      /** A status that has no class of its own. */
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
      /** Any connection error but a timeout. */
      readonly code: "connection";
    })
  | TimeoutError
  | UnexpectedResponseError;

/**
 * The client was configured or called incorrectly: an unknown option, one of the wrong type, a token with
 * characters that a header cannot contain, or a token function that failed (see `cause`). Nothing was sent,
 * unless `attempts` says otherwise.
 */
export declare class ConfigurationError extends CustomersApiError {
  readonly code: "configuration";
  /** The HTTP method. This and the properties below exist only if a token function failed. */
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as documented: it never contains an id. */
  readonly route?: "/customers" | "/customers/{customerId}";
  /** The number of requests sent before. */
  readonly attempts?: number;
  /** `true` if one of them may have carried out a create, an update or a delete. */
  readonly mayHaveSucceeded?: boolean;
  /** The class and the code of the error of a token function, or of the compilation of WebAssembly. */
  readonly cause?: VisibleCause;
}

/** A value has issues. Nothing was sent. */
export declare class ValidationError extends CustomersApiError {
  readonly code: "validation";
  /** All issues, in the order of the value. */
  readonly issues: Issue[];
}

/**
 * The service responded with an error status. The documented statuses have subclasses.
 */
export declare class ApiError extends CustomersApiError {
  readonly code: ApiErrorCode;
  /** The HTTP status; 0 if a browser hides the status of a redirect. */
  readonly status: number;
  /** The headers of the response. */
  readonly headers: Headers;
  /**
   * The body of the response, of which at most 64 KB are read: the parsed JSON, or the text if it is not
   * JSON. It may contain personal data, so do not log it.
   */
  readonly body: unknown;
  /** The quota according to the response; `null` if its headers cannot be read. */
  readonly rateLimit: RateLimit | null;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as documented: it never contains an id. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** The number of requests sent. */
  readonly attempts: number;
  /**
   * `true` if a create, an update or a delete may have succeeded in spite of the error: it was sent, and the
   * response does not say. Always `false` for reads.
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

/** 422: the service refused values that the client had accepted. (documented) */
export declare class UnprocessableEntityError extends ApiError {
  readonly code: "unprocessable_entity";
  readonly status: 422;
  /**
   * The service's issues, in the same form as those of a {@link ValidationError}, so that a form shows both
   * the same way. The code is `"rejected"`, and the message is the service's, which may contain a value.
   * Empty if the format of the body is not known. (assumed: not documented)
   */
  readonly issues: Issue[];
}

/** 429: the quota of this hour is used up. (documented) */
export declare class RateLimitError extends ApiError {
  readonly code: "rate_limit";
  readonly status: 429;
  /** The time to wait before the next request, in milliseconds; `null` if the service does not say. */
  readonly retryAfterMs: number | null;
  /** When the quota resets; `null` if the service does not say. */
  readonly resetAt: Date | null;
}

/** 500 and above: the service, or a gateway in front of it, failed. */
export declare class InternalServerError extends ApiError {
  readonly code: "internal_server";
}

/** The service could not be reached, or the connection was lost before the response was complete. */
export declare class ConnectionError extends CustomersApiError {
  readonly code: "connection" | "timeout";
  /** The class and the code of the error of `fetch`; missing from a {@link TimeoutError}. */
  readonly cause?: VisibleCause;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as documented: it never contains an id. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** The number of requests sent: 0 if there was no token in time for the first one. */
  readonly attempts: number;
  /**
   * `true` if a create, an update or a delete may have succeeded although there was no response. `false`
   * for reads, and if the runtime reports that there was no connection.
   */
  readonly mayHaveSucceeded: boolean;
}

/** There was no complete response, or no token, within `timeout` or `totalTimeout`. */
export declare class TimeoutError extends ConnectionError {
  readonly code: "timeout";
}

/**
 * The service responded with a success status, but the body is not what the operation returns: HTML from a
 * gateway, an empty body, JSON without the customer, anything but an empty body for a delete, or a body
 * larger than `maxResponseBytes`. Or `fetch` resolved to something that is not a `Response`.
 */
export declare class UnexpectedResponseError extends CustomersApiError {
  readonly code: "unexpected_response";
  /** The HTTP status; missing if there was no `Response`. */
  readonly status?: number;
  /** The headers of the response; missing if there was no `Response`. */
  readonly headers?: Headers;
  /**
   * The body of the response: the parsed JSON, or the text if it is not JSON; `undefined` if it was too
   * large. It may contain personal data, so do not log it.
   */
  readonly body: unknown;
  /** The quota according to the response; `null` if its headers cannot be read. */
  readonly rateLimit?: RateLimit | null;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path as documented: it never contains an id. */
  readonly route: "/customers" | "/customers/{customerId}";
  /** The number of requests sent. */
  readonly attempts: number;
  /** `true` if a create, an update or a delete may have succeeded. Always `false` for reads. */
  readonly mayHaveSucceeded: boolean;
}

// Classes, because the compiler knows that a spread lacks their methods; exported as types only, because users
// cannot construct them.
export type {
  AnyCustomerFilter,
  CustomerFilterSetters,
  CustomerPage,
  OnlyTogetherWithOptedIn,
  OnlyTogetherWithOptedOut,
  OptedInDateSetters,
  OptedOutDateSetters,
};
