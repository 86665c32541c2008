// The contract's tables for the modules of this folder. Made of src/contract.rs by
// `UPDATE=1 cargo test --test javascript_contract`, and not to be edited: a test compares the two.

// biome-ignore-all format: one row is one line.

export const PRODUCTION = "https://api.collinsbookings.com/api";
export const PLAYPEN = "https://api-playpen.collinsbookings.com/api";
export const DEFAULT_LIMIT = 30;
export const MAX_ERROR_BODY = 65536;

/** The headers that the core reads. */
export const HEADERS = [
    "retry-after-ms",
    "Retry-After",
    "Date",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Pagination-Page",
    "X-Pagination-Per-Page",
    "X-Pagination-Total-Pages",
    "X-Pagination-Total-Results",
];

/** How patient a client is, in milliseconds. */
export const policy = {
  timeout: 30000,
  totalTimeout: 120000,
  maxRetries: 2,
  maxRetryAfter: 60000,
};

/** Method, route and envelope, in the order of their numbers in core.rs. */
export const operations = [
  ["GET", "/customers", "customers"],
  ["POST", "/customers", "customer"],
  ["GET", "/customers/{customerId}", "customer"],
  ["PUT", "/customers/{customerId}", "customer"],
  ["DELETE", "/customers/{customerId}", ""],
];
export const [LIST, CREATE, GET, UPDATE, DELETE] = [0, 1, 2, 3, 4];

// A row is `[name, kind]` and its limit, if it has one; `[name, kind, max, min]`; or the parameter that it
// requires in their place.

export const NEW_CUSTOMER = [
  ["email", "email", 255],
  ["first_name", "text", 255],
  ["last_name", "text", 255],
  ["company", "text", 255],
  ["phone", "text", 20],
  ["company_address", "address"],
  ["dob", "date"],
  ["custom_field_value", "scalar", 255],
  ["associated_venues", "ids"],
  ["marketing_preference_ids", "ids"],
  ["marketing_preferences", "preferences"],
  ["labels", "texts"],
  ["notes", "text", 1000],
];

export const UPDATE_ONLY = [
  ["id", "customerId"],
  ["created_date", "dateTime"],
  ["last_updated", "dateTime"],
];

export const COMPANY_ADDRESS = [
  ["street", "text", 255],
  ["city", "text", 50],
  ["post_code", "text", 10],
];

export const FILTERS = [
  ["associated_venues", "ids"],
  ["booking_date", "date"],
  ["booking_date_from", "date"],
  ["booking_date_to", "date"],
  ["created_date", "date"],
  ["created_date_from", "date"],
  ["created_date_to", "date"],
  ["dob_month", "integers", 12, 1],
  ["email", "emails"],
  ["full_name", "search"],
  ["labels", "texts"],
  ["last_updated", "date"],
  ["last_updated_from", "date"],
  ["last_updated_to", "date"],
  ["opted_in", "ids"],
  ["opted_in_date", "date", "opted_in"],
  ["opted_in_date_from", "date", "opted_in"],
  ["opted_in_date_to", "date", "opted_in"],
  ["opted_out", "ids"],
  ["opted_out_date", "date", "opted_out"],
  ["opted_out_date_from", "date", "opted_out"],
  ["opted_out_date_to", "date", "opted_out"],
  ["query", "search"],
  ["limit", "integer", 30, 1],
  ["sort", "texts"],
  ["page", "page", 4294967295, 1],
];

export const READ_ONLY = ["bookings"];
