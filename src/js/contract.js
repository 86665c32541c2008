// The contract's tables for the modules of this folder. Generated from src/contract.rs by
// `cargo xtask generate`. Do not edit it: a test compares the two.

// biome-ignore-all format: one row is one line.

export const PRODUCTION = "https://api.collinsbookings.com/api";
export const PLAYPEN = "https://api-playpen.collinsbookings.com/api";
export const DEFAULT_LIMIT = 30;
export const MAX_ERROR_BODY = 65536;
export const MAX_RESPONSE_BYTES = 10485760;
export const MAX_BODY = 1048576;
export const MAX_ITEMS = 524288;
export const MAX_ISSUES = 100;
export const MAX_DEPTH = 64;

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

/** The default limits of a call; times are in milliseconds. */
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

// The indexes of a call's numbers: see src/call/numbers.rs.
export const OPERATION = 0;
export const TIMEOUT = 1;
export const TOTAL_TIMEOUT = 2;
export const MAX_RETRIES = 3;
export const MAX_RETRY_AFTER = 4;
export const RENEWABLE = 5;
export const IDEMPOTENT = 6;
export const REQUESTS = 7;
export const REAUTHENTICATED = 8;
export const MAY_HAVE_SUCCEEDED = 9;
export const STEP = 10;
export const WITHIN = 11;
export const RETRY_AFTER = 12;
export const QUOTA_LIMIT = 13;
export const QUOTA_REMAINING = 14;
export const QUOTA_RESET_AT = 15;
export const NEXT_PAGE = 16;
export const PAGE = 17;
export const PER_PAGE = 18;
export const TOTAL_PAGES = 19;
export const TOTAL_RESULTS = 20;

// The steps: the driver's next action.
export const TOKEN = 0;
export const SEND = 1;
export const WAIT = 2;
export const DONE = 3;
export const FAILED = 4;
export const OUT_OF_TIME = 5;

// The events that the driver reports.
export const BEGUN = 0;
export const TOKEN_GIVEN = 1;
export const WAITED = 2;
export const ANSWERED = 3;
export const LOST = 4;
export const LATE = 5;
export const NOT_SENT = 6;
export const NOT_A_RESPONSE = 7;
export const DELAYED = 8;

// A row is `[name, kind]`, `[name, kind, max]`, `[name, kind, max, min]` or `[name, kind, required parameter]`.

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

export const CUSTOMER_UPDATE = [...NEW_CUSTOMER, ...UPDATE_ONLY];

export const COMPANY_ADDRESS = [
  ["street", "text", 255],
  ["city", "text", 50],
  ["post_code", "text", 10],
];

export const PREFERENCE = [
  ["id", "search"],
  ["opted_in", "optIn"],
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

/** The messages of issues: the code, the text with a `$` for each part, and the names of the parts that are params. */
export const SENTENCES = [
  ["invalid_type", "Must be valid JSON, nested at most 64 levels deep"],
  ["invalid_type", "Expected $, got $$"],
  ["invalid_type", "Must have an id and opted_in"],
  ["invalid_type", "Expected a whole number, got a fraction"],
  ["invalid_type", "Must be percent-encoded UTF-8"],
  ["invalid_type", "Must appear only once"],
  ["too_long", "Must have at most $ characters, but has $", "max", "actual"],
  ["too_long", "Must have at most $ items, but has $", "max", "actual"],
  ["too_large", "Must have at most $ bytes as JSON", "max"],
  ["invalid_text", "Must not contain half a character (a lone surrogate): the text was cut inside a character, such as an emoji"],
  ["invalid_email", "Must be an email address"],
  ["invalid_email", "Must not begin or end with white space"],
  ["invalid_date", "Must be a real date, \"YYYY-MM-DD\""],
  ["invalid_date", "Must be a real date and time, \"YYYY-MM-DD HH:MM:SS\""],
  ["invalid_id", "Must be the id of a customer: not empty, not \".\" or \"..\", and without / \\ ? # % or control characters"],
  ["empty", "Must not be empty"],
  ["empty_list", "Must not be empty: an empty list would match every customer"],
  ["empty_list", "Must name a field to sort by: leave it out for the usual order"],
  ["contains_comma", "Must not contain a comma: commas separate the items of a list in a query"],
  ["out_of_range", "Must be from $ to $", "min", "max"],
  ["reversed_range", "Must not be after $", "parameter"],
  ["requires", "Requires $", "parameter"],
  ["unknown_field", "Is read-only"],
  ["unknown_field", "Unknown $"],
  ["unknown_field", "Unknown $. Did you mean \"$\"?", "", "suggestion"],
  ["more_issues", "Issues that are not listed here: $", "more"],
];
export const NOT_JSON = 0;
export const NOT_ENCODED = 4;
export const TWICE = 5;
export const TOO_LARGE = 8;
export const HALF_CHARACTER = 9;
export const MORE = 25;
export const IS_READ_ONLY = 22;

/** The parts that are phrases. */
export const PHRASES = [
    "",
    "null",
    "a boolean",
    "a number",
    "a string",
    "a list",
    "an object",
    "an object of customer fields",
    "an object of filters",
    "an object with street, city and post_code",
    "an object that maps preference ids to booleans",
    "an object with id and opted_in",
    "true (opt in) or false (opt out)",
    "a string, a number or a boolean",
    "a whole number",
    "a \"YYYY-MM-DD\" string",
    "a \"YYYY-MM-DD HH:MM:SS\" string",
    ", which can shift by a day between time zones: give the day itself",
    ": leave it out instead",
    "field",
    "filter",
];

export const READ_ONLY = ["bookings"];

// The numbers of an outline: see src/rules/outline.rs.
export const END = 0;
export const NULL = 1;
export const BOOLEAN = 2;
export const NUMBER = 3;
export const TEXT = 4;
export const ITEMS = 5;
export const ENTRIES = 6;
export const FOREIGN = 7;
export const HERE = 8;
export const BROKEN = 16;
export const NAMED = 1;
export const ROW = 2;
export const ANY = 3;
export const FIGURE = 32;
export const MAX_FIGURE = 134217727;
export const LEVELS = 3;
export const MAX_NAME = 64;

// The places of each table, in the order of its rows: `[limit, isCounted, members, items]`, as far as a place has
// them. Up to `limit` characters the letters of a text are not needed, and if it `isCounted` not even its length.
// `members` and `items` are the table and the places of an object, and of the objects in a list.
export const ADDRESS_PLACES = [[255, true], [50, true], [10, true]];
export const PREFERENCE_PLACES = [[1048576], [1048576]];
export const CUSTOMER_PLACES = [[0], [255, true], [255, true], [255, true], [20, true], [1048576, undefined, [COMPANY_ADDRESS, ADDRESS_PLACES]], [0], [255, true], [1048576], [1048576], [1048576, undefined, undefined, [PREFERENCE, PREFERENCE_PLACES]], [1048576], [1000, true], [0], [0], [0]];
export const FILTER_PLACES = [[0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0]];
