//! A stored customer: the JSON text of the response, and the values to find and sort it by.
//!
//! The text is the source of truth. Everything else is derived from it here on every write, so that all stores find and
//! sort alike.

use collins_customers::contract::{CUSTOMER_UPDATE, Field, Kind, row_of};

use crate::json;
use crate::letters::{fold, lower};
use crate::search;

/// A customer and the values derived from it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The JSON text.
    pub text: String,
    /// The values to find and sort it by. A scalar field has at most one, a list one for each item.
    pub values: Vec<Value>,
}

/// The place of a value: the row of a field in [`CUSTOMER_UPDATE`], or one of the constants below.
pub type Column = usize;

/// The first and the last name, folded.
pub const FULL_NAME: Column = CUSTOMER_UPDATE.len();
/// The text that a search looks in: see [`search::text`].
pub const SEARCH: Column = FULL_NAME + 1;
/// The month of birth, in two digits.
pub const DOB_MONTH: Column = FULL_NAME + 2;
/// The marketing preferences that the customer is opted in to, each with the date of the choice.
pub const OPTED_IN: Column = FULL_NAME + 3;
/// The marketing preferences that the customer is opted out of, each with the date of the choice.
pub const OPTED_OUT: Column = FULL_NAME + 4;
/// The times of the bookings.
pub const BOOKINGS: Column = FULL_NAME + 5;

/// A value to find or sort a customer by.
#[derive(Clone, Debug)]
pub struct Value {
    /// The place.
    pub column: Column,
    /// The value, in the form that is compared.
    pub text: String,
    /// The time of a choice, if it is known.
    pub date: Option<String>,
}

impl Record {
    /// Derives the values to find the customer by. No filter finds a value that is not in the documented form.
    #[must_use]
    pub fn new(text: String) -> Self {
        let mut values = Vec::new();
        let mut add = |column, text| {
            values.push(Value {
                column,
                text,
                date: None,
            });
        };
        let mut searched: [String; search::PARTS.len()] = Default::default();
        for (name, value) in json::fields(&text) {
            if name == "bookings" {
                for date in json::parts(value).filter_map(|booking| json::get(booking, "date")) {
                    if let Some(date) = json::text(date) {
                        add(BOOKINGS, date);
                    }
                }
            }
            let Some(row) = row_of(CUSTOMER_UPDATE, name) else {
                continue;
            };
            if value.starts_with('[') {
                for item in json::parts(value).filter_map(json::text) {
                    add(row, item);
                }
            }
            let Some(text) = json::text(value) else {
                continue;
            };
            if name == "dob" {
                add(DOB_MONTH, text.get(5..7).unwrap_or_default().into());
            }
            let part = search::PARTS.iter().position(|part| *part == name);
            if let Some(part) = part.and_then(|part| searched.get_mut(part)) {
                part.push_str(&text);
            }
            if let Some(field) = CUSTOMER_UPDATE.get(row) {
                add(row, key(field.kind, text));
            }
        }
        let [first, last, email, company, phone] = &searched;
        let full_name = search::full_name(first, last);
        add(SEARCH, search::text(&full_name, email, company, phone));
        add(FULL_NAME, full_name);
        let choices = json::get(&text, "marketing_preferences").unwrap_or_default();
        for choice in json::parts(choices) {
            let value = |name| json::get(choice, name).and_then(json::text);
            let (column, date) = match json::get(choice, "opted_in") {
                Some("true") => (OPTED_IN, "opt_in_date"),
                _ => (OPTED_OUT, "opt_out_date"),
            };
            if let Some(text) = value("id") {
                values.push(Value {
                    column,
                    text,
                    date: value(date),
                });
            }
        }
        Self { text, values }
    }

    /// Returns the first value in a column.
    #[must_use]
    pub fn value(&self, column: Column) -> Option<&str> {
        for value in &self.values {
            if value.column == column {
                return Some(&value.text);
            }
        }
        None
    }
}

/// The scalar fields of a customer: the ones to sort by.
pub fn scalar_fields() -> impl Iterator<Item = &'static Field> {
    CUSTOMER_UPDATE.iter().filter(|field| is_scalar(field))
}

fn is_scalar(field: &Field) -> bool {
    matches!(
        field.kind,
        Kind::Text { .. }
            | Kind::Email { .. }
            | Kind::Scalar { .. }
            | Kind::Date
            | Kind::DateTime
            | Kind::CustomerId
    )
}

/// Returns the column of a scalar field.
#[must_use]
pub fn scalar_column(name: &str) -> Option<Column> {
    let row = row_of(CUSTOMER_UPDATE, name)?;
    CUSTOMER_UPDATE
        .get(row)
        .is_some_and(is_scalar)
        .then_some(row)
}

/// Returns the value by which a field is compared and sorted.
fn key(kind: Kind, text: String) -> String {
    match kind {
        Kind::Text { .. } | Kind::Scalar { .. } => fold(&text),
        // Accents distinguish addresses, case does not.
        Kind::Email { .. } => lower(&text),
        _ => text,
    }
}
