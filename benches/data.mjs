// The requests and answers of the rows: invented, with the size and shape of those in the service's documentation.

export const baseUrl = "https://proxy.example/api";
export const token = "5up3r-s3cr3t-t0k3n";

/** A valid body of eleven fields. */
export const body = {
  email: "ada.lovelace@example.com",
  first_name: "Ada",
  last_name: "Lovelace",
  phone: "+44 20 7946 0123",
  company: "Analytical Engines Limited",
  company_address: { street: "12 St James's Square", city: "London", post_code: "SW1Y 4JH" },
  dob: "1995-01-13",
  associated_venues: ["5c7d9e0f1a2b3c4d5e6f7a8b", "5c7d9e0f1a2b3c4d5e6f7a8c"],
  marketing_preferences: { "5c7d9e0f1a2b3c4d5e6f7a90": true, "5c7d9e0f1a2b3c4d5e6f7a91": false },
  labels: ["VIP", "Window table"],
  notes:
    "Allergic to nuts. Likes the table at the window, and comes with a party of six on Fridays.",
};

/** The same with three mistakes: not an email address, a phone number of 24 characters, and a text for a list. */
export const mistaken = {
  ...body,
  email: "ada.lovelace.example.com",
  phone: "+44 20 7946 0123 456 789",
  labels: "VIP",
};

/** The fields that are wrong in it. */
export const mistakes = ["email", "labels", "phone"];

/** Ten filters. */
export const filters = {
  associated_venues: ["5c7d9e0f1a2b3c4d5e6f7a8b", "5c7d9e0f1a2b3c4d5e6f7a8c"],
  booking_date_from: "2026-01-01",
  booking_date_to: "2026-12-31",
  dob_month: [1, 2, 12],
  labels: ["VIP", "Window table"],
  last_updated_from: "2025-06-30",
  opted_in: ["5c7d9e0f1a2b3c4d5e6f7a90"],
  query: "ada & co",
  limit: 30,
  sort: ["-last_updated", "last_name"],
};

/** The filters of a list call. */
export const someFilters = { labels: ["VIP"], limit: 30, sort: ["-last_updated"] };

const id = (number) => number.toString(16).padStart(24, "5c7d9e0f1a2b3c4d5e6f7a8b");

const booking = (number) => ({
  id: id(700 + number),
  date: "2026-03-06 17:00:00",
  venue_id: id(8),
  num_people: 6,
  status: "complete",
});

const customer = (number) => ({
  id: id(number),
  ...body,
  email: `ada.lovelace.${number}@example.com`,
  custom_field_value: "",
  associated_venues: [id(8)],
  labels: ["VIP"],
  notes: "",
  marketing_preferences: [
    { id: id(90), opt_in_date: "2019-03-06 17:00:00", opt_out_date: null, opted_in: true },
  ],
  bookings: number % 3 === 0 ? [booking(number)] : [],
  created_date: "2019-03-06 17:00:00",
  last_updated: "2026-03-06 17:00:00",
});

const page = (customers, total) => ({
  status: 200,
  text: JSON.stringify({ customers }),
  headers: {
    "Content-Type": "application/json",
    "X-Pagination-Page": "1",
    "X-Pagination-Per-Page": "30",
    "X-Pagination-Total-Pages": `${Math.ceil(total / 30)}`,
    "X-Pagination-Total-Results": `${total}`,
    "X-RateLimit-Limit": "1000",
    "X-RateLimit-Remaining": "987",
    "X-RateLimit-Reset": "2026-03-06T18:00:00Z",
  },
});

export const customers = Array.from({ length: 30 }, (_, number) => customer(number));

/** The answers of the service. */
export const answers = {
  page: page(customers, 95),
  empty: page([], 0),
  customer: {
    ...page([], 0),
    text: JSON.stringify({ customer: customer(1) }),
  },
  created: { ...page([], 0), status: 201, text: JSON.stringify({ customer: customer(1) }) },
};

/** A `fetch` that returns this answer at once: the client is measured, without a network. */
export const fetchOf =
  ({ status, text, headers }) =>
  async () =>
    new Response(text, { status, headers });
