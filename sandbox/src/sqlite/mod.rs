//! The customers in `SQLite`, in a file or in memory.

mod query;
mod schema;

use std::path::Path;

use collins_customers::contract::CUSTOMER_UPDATE;
use rusqlite::{
    Connection, OptionalExtension, Transaction, TransactionBehavior, params, params_from_iter,
};

use crate::record::{
    BOOKINGS, FULL_NAME, OPTED_IN, OPTED_OUT, Record, SEARCH, Value, scalar_column, scalar_fields,
};
use crate::selection::Selection;
use crate::sqlite::query::Query;
use crate::store::{Failed, Page, Store};

/// The store.
pub struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Opens the file, or memory without one. An empty store gets its tables and the `seeds`: all of them, or none if
    /// the process ends before.
    ///
    /// # Errors
    /// The file cannot be opened, or was not written by this version.
    pub fn open(
        file: Option<&Path>,
        seeds: impl IntoIterator<Item = Record>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let mut connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.set_prepared_statement_cache_capacity(64);
        connection.pragma_update(None, "foreign_keys", true)?;

        // Locks for writing immediately: another process that opens the same file waits until this is done.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let tables: i64 =
            transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let is_new = version == 0 && tables == 0;
        if is_new {
            transaction.execute_batch(&schema::customers_table())?;
            transaction.execute_batch(schema::LISTS)?;
            transaction.pragma_update(None, "user_version", schema::VERSION)?;
        } else if version != schema::VERSION {
            return Err("the file was not written by this version of the sandbox: \
                        name another one, or remove it"
                .into());
        }
        let is_empty: bool =
            transaction.query_row("SELECT NOT EXISTS (SELECT 1 FROM customers)", [], |row| {
                row.get(0)
            })?;
        if is_empty {
            for record in seeds {
                insert(&transaction, &record)?;
            }
        }
        if is_new {
            // After the rows: building an index at once is faster than row by row.
            transaction.execute_batch(&schema::customers_indexes())?;
            transaction.execute_batch(schema::INDEXES)?;
        }
        transaction.commit()?;
        // Committed data survives a kill, and other processes can read meanwhile. Only done now, because it changes the
        // file, which might not have been ours.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        Ok(Self { connection })
    }
}

impl Store for Sqlite {
    fn list(&mut self, selection: &Selection) -> Result<Page, Failed> {
        told(list(&mut self.connection, selection))
    }

    fn get(&mut self, id: &str) -> Result<Option<String>, Failed> {
        told(text(&self.connection, id))
    }

    fn insert(&mut self, record: Record) -> Result<(), Failed> {
        told((|| {
            let transaction = self.connection.transaction()?;
            insert(&transaction, &record)?;
            transaction.commit()
        })())
    }

    fn update<E>(
        &mut self,
        id: &str,
        change: impl FnOnce(&str) -> Result<Record, E>,
    ) -> Result<Option<Result<String, E>>, Failed> {
        told((|| {
            let transaction = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let Some(text) = text(&transaction, id)? else {
                return Ok(None);
            };
            let record = match change(&text) {
                Ok(record) => record,
                Err(refusal) => return Ok(Some(Err(refusal))),
            };
            // Everything derived is deleted with the row and written anew.
            remove(&transaction, id)?;
            insert(&transaction, &record)?;
            transaction.commit()?;
            Ok(Some(Ok(record.text)))
        })())
    }

    fn delete(&mut self, id: &str) -> Result<bool, Failed> {
        told(remove(&self.connection, id))
    }
}

/// Reports why the store failed. Errors of `SQLite` name tables and columns, never a value.
fn told<T>(result: rusqlite::Result<T>) -> Result<T, Failed> {
    result.map_err(|error| {
        eprintln!("the store failed: {error}");
        Failed
    })
}

fn list(connection: &mut Connection, selection: &Selection) -> rusqlite::Result<Page> {
    let query = Query::new(selection);
    // One transaction, so that the page and the total belong to the same moment.
    let transaction = connection.transaction()?;
    let total = transaction
        .prepare_cached(&query.total_sql())?
        .query_row(params_from_iter(query.total_values()), |row| row.get(0))?;
    // Sorts only the row numbers, to avoid carrying the texts of all pages through the sorter.
    let numbers: Vec<i64> = transaction
        .prepare_cached(&query.page_sql())?
        .query_map(params_from_iter(query.page_values()), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut text = transaction.prepare_cached("SELECT text FROM customers WHERE number = ?")?;
    let customers = numbers
        .into_iter()
        .map(|number| text.query_row([number], |row| row.get(0)))
        .collect::<rusqlite::Result<_>>()?;
    drop(text);
    Ok(Page { customers, total })
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

/// Writes a customer and all values derived from it.
fn insert(transaction: &Transaction, record: &Record) -> rusqlite::Result<()> {
    let of = |column| record.value(column);
    let mut values = vec![Some(record.text.as_str()), of(FULL_NAME), of(SEARCH)];
    values.extend(scalar_fields().map(|field| of(scalar_column(field.name)?)));
    transaction
        .prepare_cached(&schema::insert_customer())?
        .execute(params_from_iter(values))?;
    let number = transaction.last_insert_rowid();
    for Value { column, text, date } in &record.values {
        let field = CUSTOMER_UPDATE.get(*column).map(|field| field.name);
        let table = match (*column, field) {
            (BOOKINGS, _) => "bookings",
            (_, Some("associated_venues")) => "venues",
            (_, Some("labels")) => "labels",
            (OPTED_IN | OPTED_OUT, _) => {
                let is_in = *column == OPTED_IN;
                transaction
                    .prepare_cached("INSERT INTO preferences VALUES (?, ?, ?, ?, ?)")?
                    .execute(params![
                        number,
                        text,
                        is_in,
                        date.as_ref().filter(|_| is_in),
                        date.as_ref().filter(|_| !is_in),
                    ])?;
                continue;
            }
            _ => continue,
        };
        transaction
            .prepare_cached(&format!("INSERT INTO {table} VALUES (?, ?)"))?
            .execute(params![number, text])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
