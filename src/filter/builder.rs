//! The filters of the list operation, as a builder.
//!
//! There is one setter for each documented parameter, with its name. A setter takes the filter and returns the next
//! one, so a filter can be cloned and branched. The opt-in and opt-out dates require the list of preferences, and their
//! setters exist only after it is set:
//!
//! ```
//! use collins_customers::filter::CustomerFilter;
//!
//! let vips = CustomerFilter::new().labels(["VIP"]).sort(["-last_updated"]);
//! let recent = vips.opted_in(["5c7d9e"]).opted_in_date_from("2019-01-01");
//! assert_eq!(
//!     recent.to_query_string().unwrap(),
//!     "labels=VIP&opted_in=5c7d9e&opted_in_date_from=2019-01-01&sort=-last_updated",
//! );
//! ```
//!
//! ```compile_fail
//! # use collins_customers::filter::CustomerFilter;
//! CustomerFilter::new().opted_in_date("2019-01-01");
//! ```
//!
//! ```compile_fail
//! # use collins_customers::filter::CustomerFilter;
//! CustomerFilter::new().opted_in(["5c7d9e"]).opted_out_date("2019-01-01");
//! ```
//!
//! Values are checked when the filter is used, by the rules of [`crate::rules`].

use core::marker::PhantomData;

use crate::contract::{FILTERS, Kind, row_of};
use crate::filter::parameters::{Given, Parameter};
use crate::filter::query;
use crate::rules::Issue;
use crate::text::{Integer, integer};

/// Marks a filter that has the list of preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {}

/// Marks a filter that has no list of preferences yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unset {}

/// The filters of one list. See the [module](self).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerFilter<OptedIn = Unset, OptedOut = Unset> {
    /// By their rows in `FILTERS`, in the documentation's order. (A map would add 2 KB to the WebAssembly module.)
    values: Vec<(usize, Value)>,
    state: PhantomData<(OptedIn, OptedOut)>,
}

/// The value of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A date, a name, a text to search for.
    Text(String),
    /// A limit or a page.
    Integer(u32),
    /// Ids, labels, email addresses, fields to sort by.
    List(Vec<String>),
    /// Months.
    Integers(Vec<u32>),
}

impl Default for CustomerFilter {
    fn default() -> Self {
        CustomerFilter {
            values: Vec::new(),
            state: PhantomData,
        }
    }
}

impl CustomerFilter {
    /// A filter that matches every customer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Parses a query string: the inverse of [`to_query_string`](CustomerFilter::to_query_string). A `?` at its
    /// beginning is ignored.
    ///
    /// # Errors
    /// All issues: those of the filters, parameters that are not documented or appear twice, and text that is not
    /// percent-encoded UTF-8.
    pub fn parse(query: &str) -> Result<Self, Vec<Issue>> {
        query::read(query, Self::from_parameters)
    }

    /// The filter for parameters that are valid.
    fn from_parameters(parameters: &[Parameter]) -> Self {
        let mut filter = Self::new();
        for (row, _, given) in parameters {
            let field = row.and_then(|row| Some((row, FILTERS.get(row)?)));
            if let Some((row, field)) = field {
                filter.set(row, value_of(field.kind, given));
            }
        }
        filter
    }
}

/// A valid value of a parameter, in the form of its kind.
fn value_of(kind: Kind, given: &Given) -> Value {
    let items = match given {
        Given::List(items) => items.as_slice(),
        one => core::slice::from_ref(one),
    };
    match kind {
        Kind::Integer { .. } | Kind::Page => Value::Integer(number_of(given)),
        Kind::Integers { .. } => Value::Integers(items.iter().map(number_of).collect()),
        Kind::Ids | Kind::Texts | Kind::Emails => {
            Value::List(items.iter().map(|item| text_of(item).into()).collect())
        }
        _ => Value::Text(text_of(given).into()),
    }
}

fn given(value: &Value) -> Given<'_> {
    match value {
        Value::Text(text) => Given::Text(text),
        Value::Integer(number) => Given::Number(*number),
        Value::List(items) => Given::List(items.iter().map(|item| Given::Text(item)).collect()),
        Value::Integers(items) => {
            Given::List(items.iter().map(|item| Given::Number(*item)).collect())
        }
    }
}

fn text_of<'a>(given: &Given<'a>) -> &'a str {
    match given {
        Given::Text(text) | Given::Digits(text) => text,
        _ => "",
    }
}

fn number_of(given: &Given) -> u32 {
    match (given, integer(text_of(given))) {
        (Given::Number(number), _) => *number,
        (_, Some(Integer::Amount(number))) => number,
        _ => 0,
    }
}

/// A list of texts, from items of any type that can become one.
fn list<S: Into<String>>(items: impl IntoIterator<Item = S>) -> Value {
    Value::List(items.into_iter().map(Into::into).collect())
}

impl<OptedIn, OptedOut> CustomerFilter<OptedIn, OptedOut> {
    fn with<NextIn, NextOut>(
        mut self,
        parameter: &str,
        value: Value,
    ) -> CustomerFilter<NextIn, NextOut> {
        // Each setter names a documented parameter; a test compares them with the table.
        if let Some(row) = row_of(FILTERS, parameter) {
            self.set(row, value);
        }
        CustomerFilter {
            values: self.values,
            state: PhantomData,
        }
    }

    fn set(&mut self, row: usize, value: Value) {
        let before = |(other, _): &&(usize, Value)| *other < row;
        let place = self.values.iter().take_while(before).count();
        match self.values.get_mut(place) {
            Some((other, old)) if *other == row => *old = value,
            _ => self.values.insert(place, (row, value)),
        }
    }

    /// The value of a parameter, by its wire name.
    #[must_use]
    pub fn get(&self, parameter: &str) -> Option<&Value> {
        let row = row_of(FILTERS, parameter)?;
        let found = self.values.iter().find(|(other, _)| *other == row);
        found.map(|(_, value)| value)
    }

    /// The query string, in the documentation's order and without a `?`.
    ///
    /// # Errors
    /// All issues of the filters.
    pub fn to_query_string(&self) -> Result<String, Vec<Issue>> {
        query::of_parameters(&self.parameters())
    }

    fn parameters(&self) -> Vec<Parameter<'_>> {
        self.values
            .iter()
            .filter_map(|(row, value)| Some((Some(*row), FILTERS.get(*row)?.name, given(value))))
            .collect()
    }

    /// Customers of any of these venues, by id.
    #[must_use]
    pub fn associated_venues<S: Into<String>>(self, ids: impl IntoIterator<Item = S>) -> Self {
        self.with("associated_venues", list(ids))
    }

    /// Customers who had a booking on this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn booking_date(self, date: impl Into<String>) -> Self {
        self.with("booking_date", Value::Text(date.into()))
    }

    /// Customers who had a booking on or after this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn booking_date_from(self, date: impl Into<String>) -> Self {
        self.with("booking_date_from", Value::Text(date.into()))
    }

    /// Customers who had a booking on or before this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn booking_date_to(self, date: impl Into<String>) -> Self {
        self.with("booking_date_to", Value::Text(date.into()))
    }

    /// Customers created on this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn created_date(self, date: impl Into<String>) -> Self {
        self.with("created_date", Value::Text(date.into()))
    }

    /// Customers created on or after this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn created_date_from(self, date: impl Into<String>) -> Self {
        self.with("created_date_from", Value::Text(date.into()))
    }

    /// Customers created on or before this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn created_date_to(self, date: impl Into<String>) -> Self {
        self.with("created_date_to", Value::Text(date.into()))
    }

    /// Customers born in any of these months, 1 to 12.
    #[must_use]
    pub fn dob_month(self, months: impl IntoIterator<Item = u32>) -> Self {
        self.with("dob_month", Value::Integers(months.into_iter().collect()))
    }

    /// Customers with any of these email addresses.
    #[must_use]
    pub fn email<S: Into<String>>(self, addresses: impl IntoIterator<Item = S>) -> Self {
        self.with("email", list(addresses))
    }

    /// Customers with this full name.
    #[must_use]
    pub fn full_name(self, name: impl Into<String>) -> Self {
        self.with("full_name", Value::Text(name.into()))
    }

    /// Customers with any of these labels.
    #[must_use]
    pub fn labels<S: Into<String>>(self, labels: impl IntoIterator<Item = S>) -> Self {
        self.with("labels", list(labels))
    }

    /// Customers last updated on this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn last_updated(self, date: impl Into<String>) -> Self {
        self.with("last_updated", Value::Text(date.into()))
    }

    /// Customers last updated on or after this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn last_updated_from(self, date: impl Into<String>) -> Self {
        self.with("last_updated_from", Value::Text(date.into()))
    }

    /// Customers last updated on or before this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn last_updated_to(self, date: impl Into<String>) -> Self {
        self.with("last_updated_to", Value::Text(date.into()))
    }

    /// Customers who opted in to any of these marketing preferences, by id.
    #[must_use]
    pub fn opted_in<S: Into<String>>(
        self,
        ids: impl IntoIterator<Item = S>,
    ) -> CustomerFilter<Set, OptedOut> {
        self.with("opted_in", list(ids))
    }

    /// Customers who opted out of any of these marketing preferences, by id.
    #[must_use]
    pub fn opted_out<S: Into<String>>(
        self,
        ids: impl IntoIterator<Item = S>,
    ) -> CustomerFilter<OptedIn, Set> {
        self.with("opted_out", list(ids))
    }

    /// Customers whose full name, email, company or phone is similar to this text.
    #[must_use]
    pub fn query(self, text: impl Into<String>) -> Self {
        self.with("query", Value::Text(text.into()))
    }

    /// The number of customers on a page, 1 to 30; 30 if it is left out.
    #[must_use]
    pub fn limit(self, limit: u32) -> Self {
        self.with("limit", Value::Integer(limit))
    }

    /// The fields to sort by, `-` before one for descending order. The default is by relevance to the query, or by
    /// `created_date` if there is no query.
    #[must_use]
    pub fn sort<S: Into<String>>(self, fields: impl IntoIterator<Item = S>) -> Self {
        self.with("sort", list(fields))
    }

    /// The page, from 1.
    #[must_use]
    pub fn page(self, page: u32) -> Self {
        self.with("page", Value::Integer(page))
    }
}

impl<OptedOut> CustomerFilter<Set, OptedOut> {
    /// Customers who opted in on this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn opted_in_date(self, date: impl Into<String>) -> Self {
        self.with("opted_in_date", Value::Text(date.into()))
    }

    /// Customers who opted in on or after this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn opted_in_date_from(self, date: impl Into<String>) -> Self {
        self.with("opted_in_date_from", Value::Text(date.into()))
    }

    /// Customers who opted in on or before this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn opted_in_date_to(self, date: impl Into<String>) -> Self {
        self.with("opted_in_date_to", Value::Text(date.into()))
    }
}

impl<OptedIn> CustomerFilter<OptedIn, Set> {
    /// Customers who opted out on this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn opted_out_date(self, date: impl Into<String>) -> Self {
        self.with("opted_out_date", Value::Text(date.into()))
    }

    /// Customers who opted out on or after this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn opted_out_date_from(self, date: impl Into<String>) -> Self {
        self.with("opted_out_date_from", Value::Text(date.into()))
    }

    /// Customers who opted out on or before this date, `YYYY-MM-DD`.
    #[must_use]
    pub fn opted_out_date_to(self, date: impl Into<String>) -> Self {
        self.with("opted_out_date_to", Value::Text(date.into()))
    }
}
