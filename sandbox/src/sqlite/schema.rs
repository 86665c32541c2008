//! The tables and indexes of a file, and their version.
//!
//! The text of a customer is the source of truth. The columns and the tables of lists are derived from it on every
//! write, in the same transaction, so that every filter and every order has an index.

use collins_customers::contract::Kind;

use crate::record::scalar_fields;

/// The version of the tables in a file. A file of another version is refused, not changed.
pub const VERSION: i64 = 1;

/// The tables of lists. Each row refers to its customer and is deleted with it.
pub const LISTS: &str = "
CREATE TABLE venues (
    customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
    venue TEXT NOT NULL
);
CREATE TABLE labels (
    customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
    label TEXT NOT NULL
);
CREATE TABLE preferences (
    customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
    preference TEXT NOT NULL,
    opted_in INTEGER NOT NULL,
    opt_in_date TEXT,
    opt_out_date TEXT
);
CREATE TABLE bookings (
    customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
    date TEXT NOT NULL
);
";

/// The indexes besides those of [`customers_indexes`].
pub const INDEXES: &str = "
CREATE INDEX customers_full_name ON customers (full_name);
CREATE INDEX customers_dob_month ON customers (dob_month);
CREATE INDEX venues_venue ON venues (venue, customer);
CREATE INDEX venues_customer ON venues (customer);
CREATE INDEX labels_label ON labels (label, customer);
CREATE INDEX labels_customer ON labels (customer);
CREATE INDEX preferences_in ON preferences (preference, opted_in, opt_in_date, customer);
CREATE INDEX preferences_out ON preferences (preference, opted_in, opt_out_date, customer);
CREATE INDEX preferences_customer ON preferences (customer);
CREATE INDEX bookings_date ON bookings (date, customer);
CREATE INDEX bookings_customer ON bookings (customer);
";

/// The table of customers: a column for each scalar field.
pub fn customers_table() -> String {
    let columns: Vec<String> = scalar_fields()
        .map(|field| format!("{} TEXT", field.name))
        .collect();
    format!(
        "CREATE TABLE customers (
            number INTEGER PRIMARY KEY,
            full_name TEXT NOT NULL,
            search TEXT NOT NULL,
            dob_month INTEGER AS (CAST(substr(dob, 6, 2) AS INTEGER)) VIRTUAL,
            {}, text TEXT NOT NULL, UNIQUE (id))",
        columns.join(", ")
    )
}

/// Returns an index for each sort field.
pub fn customers_indexes() -> String {
    let names = scalar_fields()
        .filter(|field| field.kind != Kind::CustomerId)
        .map(|field| field.name);
    let indexes: Vec<String> = names
        .map(|name| format!("CREATE INDEX customers_{name} ON customers ({name}, id);"))
        .collect();
    indexes.concat()
}

/// Returns the statement that inserts a customer.
pub fn insert_customer() -> String {
    let names: Vec<&str> = scalar_fields().map(|field| field.name).collect();
    let (columns, places) = (names.join(", "), ", ?".repeat(names.len()));
    format!("INSERT INTO customers (text, full_name, search, {columns}) VALUES (?, ?, ?{places})")
}
