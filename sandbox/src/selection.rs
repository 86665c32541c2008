//! A list request as data: conditions, an order and a page. Each store carries it out in its own way.

use collins_customers::contract::{Code, DEFAULT_LIMIT};
use collins_customers::filter::{CustomerFilter, Value};
use collins_customers::rules::{Issue, Params, Segment};

use crate::letters::{fold, lower};
use crate::record::{position, scalar_fields};
use crate::search;

/// The customers that a list asks for, and their order.
#[derive(Debug)]
pub struct Selection {
    /// The conditions; each customer in the list meets all of them.
    pub conditions: Vec<Condition>,
    /// Order first by relevance to this text, if any.
    pub relevance: Option<String>,
    /// The fields to sort by then. The id is always one, so that pages neither repeat nor skip customers.
    pub order: Vec<Term>,
    /// The page size.
    pub limit: u32,
    /// The page number, from 1.
    pub page: u32,
}

/// A field that a list is ordered by.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// The position of the field among the scalar fields.
    pub field: usize,
    /// True for descending order. A missing value comes first, or last in descending order.
    pub descending: bool,
}

/// A condition that a customer has to meet.
#[derive(Debug)]
pub enum Condition {
    /// The customer goes to one of these venues.
    Venues(Vec<String>),
    /// The customer has one of these labels.
    Labels(Vec<String>),
    /// The customer has a booking within the bounds.
    Booking(Vec<Bound>),
    /// The customer made this choice for one of these preferences, within the bounds.
    Choice {
        /// Opted in or out.
        opted_in: bool,
        /// The preferences.
        preferences: Vec<String>,
        /// The bounds on the date of the choice.
        bounds: Vec<Bound>,
    },
    /// The scalar field at this position is within the bounds.
    Scalar(usize, Vec<Bound>),
    /// The customer was born in one of these months.
    Months(Vec<u32>),
    /// The customer has one of these addresses, in lower case.
    Emails(Vec<String>),
    /// The customer has this name, folded.
    FullName(String),
    /// The text to search in contains this one.
    Query(String),
}

/// One end of a range of date-times, compared as text.
#[derive(Debug)]
pub enum Bound {
    /// This text or later.
    From(String),
    /// This text or earlier.
    To(String),
}

impl Bound {
    /// Returns true if the date-time is within the bound.
    #[must_use]
    pub fn holds(&self, date_time: &str) -> bool {
        match self {
            Self::From(bound) => date_time >= bound.as_str(),
            Self::To(bound) => date_time <= bound.as_str(),
        }
    }
}

impl Selection {
    /// Converts the filters.
    ///
    /// # Errors
    /// A sort field does not exist.
    pub fn new(filter: &CustomerFilter) -> Result<Self, Vec<Issue>> {
        let mut conditions = Vec::new();
        conditions.extend(list(filter, "associated_venues").map(Condition::Venues));
        conditions.extend(list(filter, "labels").map(Condition::Labels));
        let bookings = bounds(
            filter,
            ["booking_date", "booking_date_from", "booking_date_to"],
        );
        if !bookings.is_empty() {
            conditions.push(Condition::Booking(bookings));
        }
        for (parameter, opted_in, dates) in [
            (
                "opted_in",
                true,
                ["opted_in_date", "opted_in_date_from", "opted_in_date_to"],
            ),
            (
                "opted_out",
                false,
                ["opted_out_date", "opted_out_date_from", "opted_out_date_to"],
            ),
        ] {
            if let Some(preferences) = list(filter, parameter) {
                conditions.push(Condition::Choice {
                    opted_in,
                    preferences,
                    bounds: bounds(filter, dates),
                });
            }
        }
        for dates in [
            ["created_date", "created_date_from", "created_date_to"],
            ["last_updated", "last_updated_from", "last_updated_to"],
        ] {
            let bounds = bounds(filter, dates);
            let [name, ..] = dates;
            if let Some(field) = position(name)
                && !bounds.is_empty()
            {
                conditions.push(Condition::Scalar(field, bounds));
            }
        }
        if let Some(Value::Integers(months)) = filter.get("dob_month") {
            conditions.push(Condition::Months(months.clone()));
        }
        if let Some(Value::Integer(month)) = filter.get("dob_month") {
            conditions.push(Condition::Months(vec![*month]));
        }
        if let Some(emails) = list(filter, "email") {
            let emails = emails.iter().map(|email| lower(email)).collect();
            conditions.push(Condition::Emails(emails));
        }
        if let Some(name) = text(filter, "full_name") {
            conditions.push(Condition::FullName(fold(name)));
        }
        let needle = text(filter, "query").map(search::needle);
        if let Some(needle) = &needle {
            conditions.push(Condition::Query(needle.clone()));
        }
        let sort = list(filter, "sort");
        Ok(Self {
            conditions,
            relevance: if sort.is_some() { None } else { needle },
            order: match sort {
                Some(fields) => order(&fields)?,
                None => order(&["created_date".into()])?,
            },
            limit: number(filter, "limit").unwrap_or(DEFAULT_LIMIT),
            page: number(filter, "page").unwrap_or(1),
        })
    }

    /// Returns the number of customers before the page.
    #[must_use]
    pub fn offset(&self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * u64::from(self.limit)
    }
}

fn order(fields: &[String]) -> Result<Vec<Term>, Vec<Issue>> {
    let mut order: Vec<Term> = Vec::new();
    let mut issues = Vec::new();
    for (index, field) in (0..).zip(fields) {
        let (name, descending) = match field.strip_prefix('-') {
            Some(name) => (name, true),
            None => (field.as_str(), false),
        };
        match position(name) {
            None => issues.push(unsortable(index)),
            // A field that was named before already decides.
            Some(field) if order.iter().any(|term| term.field == field) => {}
            Some(field) => order.push(Term { field, descending }),
        }
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    if let Some(field) = position("id")
        && order.iter().all(|term| term.field != field)
    {
        order.push(Term {
            field,
            descending: false,
        });
    }
    Ok(order)
}

fn unsortable(index: u32) -> Issue {
    let mut message = String::from("Is not a field to sort by: there are ");
    for (position, field) in scalar_fields().enumerate() {
        if position > 0 {
            message.push_str(", ");
        }
        message.push_str(field.name);
    }
    Issue {
        path: vec![Segment::Name("sort".into()), Segment::Index(index)],
        code: Code::UnknownField,
        message,
        params: Params::None,
    }
}

/// Returns the bounds for the filters of a date: on, from and to.
fn bounds(filter: &CustomerFilter, [on, from, to]: [&str; 3]) -> Vec<Bound> {
    // As texts, a date sorts before all times of its day, and `~` after them.
    let begin = |date: &str| Bound::From(date.into());
    let end = |date: &str| {
        let mut end = String::from(date);
        end.push('~');
        Bound::To(end)
    };
    let mut bounds = Vec::new();
    if let Some(date) = text(filter, on) {
        bounds.push(begin(date));
        bounds.push(end(date));
    }
    bounds.extend(text(filter, from).map(begin));
    bounds.extend(text(filter, to).map(end));
    bounds
}

fn text<'f>(filter: &'f CustomerFilter, parameter: &str) -> Option<&'f str> {
    match filter.get(parameter)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn number(filter: &CustomerFilter, parameter: &str) -> Option<u32> {
    match filter.get(parameter)? {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

fn list(filter: &CustomerFilter, parameter: &str) -> Option<Vec<String>> {
    match filter.get(parameter)? {
        Value::List(texts) => Some(texts.clone()),
        _ => None,
    }
}
