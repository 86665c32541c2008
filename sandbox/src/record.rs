//! A customer as a store keeps it: the JSON text that is answered, and beside it what is looked for.
//!
//! The text is the truth. All else is derived from it whenever it is written, here and nowhere else, so that every
//! store finds and orders alike.

use collins_customers::contract::{Field, Kind, NEW_CUSTOMER, UPDATE_ONLY};

use crate::json::Json;
use crate::letters::{fold, lower};
use crate::search;

/// A customer and what is derived from it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The id.
    pub id: String,
    /// The JSON text.
    pub text: String,
    /// What each of the [`scalar_fields`] is compared and sorted by, in their order.
    pub keys: Vec<Option<String>>,
    /// The full name, folded.
    pub full_name: String,
    /// What a search looks through: see [`search::text`].
    pub search: String,
    /// The ids of the venues.
    pub venues: Vec<String>,
    /// The labels.
    pub labels: Vec<String>,
    /// The marketing preferences.
    pub choices: Vec<Choice>,
    /// When the bookings are.
    pub bookings: Vec<String>,
}

/// A marketing preference of a customer.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The preference.
    pub preference: String,
    /// Whether the customer is opted in.
    pub opted_in: bool,
    /// When the customer last opted in.
    pub opt_in_date: Option<String>,
    /// When the customer last opted out.
    pub opt_out_date: Option<String>,
}

impl Record {
    /// Derives what is looked for. What is not of the documented form is found by no filter.
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

/// The scalar fields of a customer: each can be sorted by.
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

/// The position of a field among the [`scalar_fields`].
#[must_use]
pub fn position(name: &str) -> Option<usize> {
    scalar_fields().position(|field| field.name == name)
}

/// What a field is compared and sorted by.
#[must_use]
pub fn key(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Text { .. } | Kind::Scalar { .. } => fold(text),
        // An accent makes another address, case does not.
        Kind::Email { .. } => lower(text),
        _ => text.into(),
    }
}
