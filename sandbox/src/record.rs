//! A stored customer: the JSON text of the response, and the values to find and sort it by.
//!
//! The text is the source of truth. Everything else is derived from it here on every write, so that all stores find and
//! sort alike.

use collins_customers::contract::{Field, Kind, NEW_CUSTOMER, UPDATE_ONLY};

use crate::json::Json;
use crate::letters::{fold, lower};
use crate::search;

/// A customer and the values derived from it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The id.
    pub id: String,
    /// The JSON text.
    pub text: String,
    /// The sort key of each of the [`scalar_fields`], in their order.
    pub keys: Vec<Option<String>>,
    /// The full name, folded.
    pub full_name: String,
    /// The text that a search looks in: see [`search::text`].
    pub search: String,
    /// The ids of the venues.
    pub venues: Vec<String>,
    /// The labels.
    pub labels: Vec<String>,
    /// The marketing preferences.
    pub choices: Vec<Choice>,
    /// The times of the bookings.
    pub bookings: Vec<String>,
}

/// A marketing preference of a customer.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The preference.
    pub preference: String,
    /// True if the customer is opted in.
    pub opted_in: bool,
    /// The time of the last opt-in.
    pub opt_in_date: Option<String>,
    /// The time of the last opt-out.
    pub opt_out_date: Option<String>,
}

impl Record {
    /// Derives the values to find the customer by. No filter finds a value that is not in the documented form.
    #[must_use]
    pub fn new(customer: &Json) -> Self {
        let text = |name| customer.get(name).and_then(Json::as_text);
        let keys = scalar_fields().map(|field| Some(key(field.kind, text(field.name)?)));
        let full_name = search::full_name(text("first_name"), text("last_name"));
        let search = search::text(&full_name, text("email"), text("company"), text("phone"));
        Self {
            id: text("id").unwrap_or_default().into(),
            keys: keys.collect(),
            full_name,
            search,
            venues: texts(customer, "associated_venues"),
            labels: texts(customer, "labels"),
            choices: choices(customer),
            bookings: items(customer, "bookings")
                .filter_map(|booking| owned(booking.get("date")))
                .collect(),
            text: customer.to_text(),
        }
    }
}

fn items<'c>(customer: &'c Json, name: &str) -> impl Iterator<Item = &'c Json> {
    customer.get(name).map_or(&[][..], Json::items).iter()
}

fn owned(value: Option<&Json>) -> Option<String> {
    value.and_then(Json::as_text).map(Into::into)
}

fn texts(customer: &Json, name: &str) -> Vec<String> {
    items(customer, name)
        .filter_map(|item| owned(Some(item)))
        .collect()
}

fn choices(customer: &Json) -> Vec<Choice> {
    let choice = |choice: &Json| {
        Some(Choice {
            preference: owned(choice.get("id"))?,
            opted_in: choice.get("opted_in") == Some(&Json::Boolean(true)),
            opt_in_date: owned(choice.get("opt_in_date")),
            opt_out_date: owned(choice.get("opt_out_date")),
        })
    };
    items(customer, "marketing_preferences")
        .filter_map(choice)
        .collect()
}

/// The scalar fields of a customer: the ones to sort by.
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

/// Returns the position of a field among the [`scalar_fields`].
#[must_use]
pub fn position(name: &str) -> Option<usize> {
    scalar_fields().position(|field| field.name == name)
}

/// Returns the value by which a field is compared and sorted.
#[must_use]
pub fn key(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Text { .. } | Kind::Scalar { .. } => fold(text),
        // Accents distinguish addresses, case does not.
        Kind::Email { .. } => lower(text),
        _ => text.into(),
    }
}
