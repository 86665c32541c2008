//! The store: customers as the JSON text they are answered with, and beside it what is searched for.
//!
//! The text is the truth. The columns and the tables of lists are derived from it whenever it is written,
//! in the same transaction, so that every filter and every order finds an index.

use std::fmt::Write as _;
use std::path::Path;

use collins_customers::contract::{Field, Kind, NEW_CUSTOMER, UPDATE_ONLY};
use collins_customers::customer::Customer;
use rusqlite::types::Value;
use rusqlite::{
    Connection, OptionalExtension, Transaction, TransactionBehavior, params, params_from_iter,
};

use crate::fold::fold;
use crate::search;
use crate::selection::Selection;

/// Says which tables a file has. A file of another version is refused, not changed.
const VERSION: i64 = 1;

/// The tables of lists. Each row names its customer and goes with it.
const LISTS: &str = "
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

const INDEXES: &str = "
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

/// The scalar fields of a customer: each is a column, and each can be sorted by.
pub fn scalar_fields() -> impl Iterator<Item = &'static Field> {
    NEW_CUSTOMER.iter().chain(UPDATE_ONLY).filter(|field| {
        matches!(
            field.kind,
            Kind::Text { .. }
                | Kind::Email { .. }
                | Kind::Scalar { .. }
                | Kind::Date
                | Kind::DateTime
                | Kind::CustomerId
        )
    })
}

/// What a list answers with.
pub struct Page {
    /// The customers, as JSON texts.
    pub customers: Vec<String>,
    /// How many there are on all pages together.
    pub total: u32,
}

/// The customers.
pub struct Database {
    connection: Connection,
}

impl Database {
    /// Opens the file, or memory without one. An empty store is given its tables, and customers: the
    /// `seeds`, all of them or, where the process ends before, none.
    pub fn open(
        file: Option<&Path>,
        seeds: impl IntoIterator<Item = Customer>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let mut connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.set_prepared_statement_cache_capacity(64);
        connection.pragma_update(None, "foreign_keys", true)?;

        // At once for writing: another process that opens the same file waits for the end of this.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let tables: i64 =
            transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let is_new = version == 0 && tables == 0;
        if is_new {
            transaction.execute_batch(&customers_table())?;
            transaction.execute_batch(LISTS)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        } else if version != VERSION {
            return Err("the file was not written by this version of the sandbox: \
                        name another one, or remove it"
                .into());
        }
        let is_empty: bool =
            transaction.query_row("SELECT NOT EXISTS (SELECT 1 FROM customers)", [], |row| {
                row.get(0)
            })?;
        if is_empty {
            for customer in seeds {
                insert(&transaction, &customer)?;
            }
        }
        if is_new {
            // After the rows: an index is built faster at once than row by row.
            transaction.execute_batch(&customers_indexes())?;
            transaction.execute_batch(INDEXES)?;
        }
        transaction.commit()?;
        // What was committed is there after a kill, and another process may read meanwhile. Only now, as it
        // changes the file, which might have been someone else's.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        Ok(Self { connection })
    }

    /// The customers that a list selects.
    pub fn list(&mut self, selection: &Selection) -> rusqlite::Result<Page> {
        // One transaction, so that the page and the total are of the same moment.
        let transaction = self.connection.transaction()?;
        let total = transaction
            .prepare_cached(&selection.total_sql())?
            .query_row(params_from_iter(selection.total_values()), |row| row.get(0))?;
        // Sorting the numbers alone spares carrying the texts of all pages through the sorter.
        let numbers: Vec<i64> = transaction
            .prepare_cached(&selection.page_sql())?
            .query_map(params_from_iter(selection.page_values()), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut text = transaction.prepare_cached("SELECT text FROM customers WHERE number = ?")?;
        let customers = numbers
            .into_iter()
            .map(|number| text.query_row([number], |row| row.get(0)))
            .collect::<rusqlite::Result<_>>()?;
        drop(text);
        Ok(Page { customers, total })
    }

    /// The JSON text of a customer.
    pub fn get(&self, id: &str) -> rusqlite::Result<Option<String>> {
        text(&self.connection, id)
    }

    /// Keeps a new customer and gives its JSON text.
    pub fn insert(&mut self, customer: &Customer) -> rusqlite::Result<String> {
        let transaction = self.connection.transaction()?;
        let text = insert(&transaction, customer)?;
        transaction.commit()?;
        Ok(text)
    }

    /// Lets a customer be changed and gives its JSON text; `None` where there is no such customer.
    pub fn update<E>(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Customer) -> Result<(), E>,
    ) -> rusqlite::Result<Option<Result<String, E>>> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(text) = text(&transaction, id)? else {
            return Ok(None);
        };
        let mut customer = serde_json::from_str(&text).map_err(unreadable)?;
        if let Err(refusal) = change(&mut customer) {
            return Ok(Some(Err(refusal)));
        }
        // All that is derived goes with the row, and comes anew.
        remove(&transaction, id)?;
        let text = insert(&transaction, &customer)?;
        transaction.commit()?;
        Ok(Some(Ok(text)))
    }

    /// Removes a customer; says whether there was one.
    pub fn delete(&mut self, id: &str) -> rusqlite::Result<bool> {
        remove(&self.connection, id)
    }
}

fn remove(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached("DELETE FROM customers WHERE id = ?")?;
    Ok(statement.execute([id])? > 0)
}

fn text(connection: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT text FROM customers WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()
}

fn unreadable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

/// Writes a customer and all that is derived from it, and gives its JSON text.
fn insert(transaction: &Transaction, customer: &Customer) -> rusqlite::Result<String> {
    let document = serde_json::to_value(customer).map_err(unreadable)?;
    // Not from the document: the type knows the documentation's order of the fields.
    let text = serde_json::to_string(customer).map_err(unreadable)?;
    let mut values = vec![
        Value::from(text.clone()),
        search::full_name(customer).into(),
        search::text(customer).into(),
    ];
    for field in scalar_fields() {
        let written = document.get(field.name).and_then(serde_json::Value::as_str);
        values.push(written.map(|text| key(field.kind, text)).into());
    }
    transaction
        .prepare_cached(&insert_sql())?
        .execute(params_from_iter(values))?;
    let number = transaction.last_insert_rowid();
    insert_lists(transaction, number, customer)?;
    Ok(text)
}

fn insert_lists(
    transaction: &Transaction,
    number: i64,
    customer: &Customer,
) -> rusqlite::Result<()> {
    let run =
        |sql, values: &[&dyn rusqlite::ToSql]| transaction.prepare_cached(sql)?.execute(values);
    for venue in customer.associated_venues.iter().flatten() {
        run("INSERT INTO venues VALUES (?, ?)", params![number, venue])?;
    }
    for label in customer.labels.iter().flatten() {
        run("INSERT INTO labels VALUES (?, ?)", params![number, label])?;
    }
    for preference in customer.marketing_preferences.iter().flatten() {
        let (id, opted_in) = (&preference.id, preference.opted_in);
        let dates = (&preference.opt_in_date, &preference.opt_out_date);
        run(
            "INSERT INTO preferences VALUES (?, ?, ?, ?, ?)",
            params![number, id, opted_in, dates.0, dates.1],
        )?;
    }
    for booking in customer.bookings.iter().flatten() {
        run(
            "INSERT INTO bookings VALUES (?, ?)",
            params![number, booking.date],
        )?;
    }
    Ok(())
}

/// What a field is compared and sorted by.
pub fn key(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Text { .. } | Kind::Scalar { .. } => fold(text),
        // An accent makes another address, case does not.
        Kind::Email { .. } => text.to_lowercase(),
        _ => text.to_owned(),
    }
}

fn customers_table() -> String {
    let mut sql = String::from(
        "CREATE TABLE customers (
            number INTEGER PRIMARY KEY,
            full_name TEXT NOT NULL,
            search TEXT NOT NULL,
            dob_month INTEGER AS (CAST(substr(dob, 6, 2) AS INTEGER)) VIRTUAL,",
    );
    for field in scalar_fields() {
        let _ = write!(sql, "{} TEXT, ", field.name);
    }
    sql + "text TEXT NOT NULL, UNIQUE (id))"
}

fn customers_indexes() -> String {
    let mut sql = String::new();
    for field in scalar_fields().filter(|field| field.kind != Kind::CustomerId) {
        let name = field.name;
        let _ = write!(
            sql,
            "CREATE INDEX customers_{name} ON customers ({name}, id);"
        );
    }
    sql
}

fn insert_sql() -> String {
    let names: Vec<&str> = scalar_fields().map(|field| field.name).collect();
    let (columns, places) = (names.join(", "), ", ?".repeat(names.len()));
    format!("INSERT INTO customers (text, full_name, search, {columns}) VALUES (?, ?, ?{places})")
}

#[cfg(test)]
mod tests;
