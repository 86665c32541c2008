//! A list request as data: conditions, an order and a page. Each store carries it out in its own way.

use collins_customers::contract::{CUSTOMER_UPDATE, Code, DEFAULT_LIMIT, row_of};
use collins_customers::rules::{Issue, Params, Segment};
use collins_customers::text::{decode, pieces, split_at_byte, whole};

use crate::letters::{fold, lower};
use crate::record::{
    BOOKINGS, Column, DOB_MONTH, FULL_NAME, OPTED_IN, OPTED_OUT, SEARCH, scalar_column,
    scalar_fields,
};
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
    /// The column of the field.
    pub column: Column,
    /// True for descending order. A missing value comes first, or last in descending order.
    pub descending: bool,
}

/// A condition: one of the customer's values in this column passes the test.
#[derive(Debug)]
pub struct Condition {
    /// The column.
    pub column: Column,
    /// The test.
    pub test: Test,
}

/// A test of a value.
#[derive(Debug)]
pub enum Test {
    /// It is one of these, and its date is within the range, if there is one.
    OneOf(Vec<String>, Option<Range>),
    /// It is a date-time within the range.
    Within(Range),
    /// It contains this text.
    Contains(String),
}

/// A range of date-times, compared as text, its ends included.
#[derive(Debug)]
pub struct Range {
    /// The first text.
    pub from: String,
    /// The last text.
    pub to: String,
}

impl Range {
    /// Returns true if the date-time is within the range.
    #[must_use]
    pub fn holds(&self, date_time: &str) -> bool {
        self.from.as_str() <= date_time && date_time <= self.to.as_str()
    }
}

impl Selection {
    /// Reads a query in the form of [`canonical`](collins_customers::filter::query::canonical), which has passed the
    /// rules.
    ///
    /// # Errors
    /// A sort field does not exist.
    pub fn new(query: &str) -> Result<Self, Vec<Issue>> {
        let mut conditions = Vec::new();
        let mut add = |column, test| conditions.push(Condition { column, test });
        for name in ["associated_venues", "labels"] {
            if let (Some(column), Some(items)) = (row_of(CUSTOMER_UPDATE, name), list(query, name))
            {
                add(column, Test::OneOf(items, None));
            }
        }
        for (name, column) in [("opted_in", OPTED_IN), ("opted_out", OPTED_OUT)] {
            if let Some(preferences) = list(query, name) {
                let mut dates = String::from(name);
                dates.push_str("_date");
                add(column, Test::OneOf(preferences, range(query, &dates)));
            }
        }
        for (name, column) in [
            ("booking_date", Some(BOOKINGS)),
            ("created_date", scalar_column("created_date")),
            ("last_updated", scalar_column("last_updated")),
        ] {
            if let (Some(column), Some(range)) = (column, range(query, name)) {
                add(column, Test::Within(range));
            }
        }
        if let Some(mut months) = list(query, "dob_month") {
            for month in &mut months {
                if month.len() == 1 {
                    month.insert(0, '0');
                }
            }
            add(DOB_MONTH, Test::OneOf(months, None));
        }
        if let (Some(column), Some(mut emails)) = (scalar_column("email"), list(query, "email")) {
            for email in &mut emails {
                *email = lower(email);
            }
            add(column, Test::OneOf(emails, None));
        }
        if let Some(name) = text(query, "full_name") {
            add(FULL_NAME, Test::OneOf(vec![fold(&name)], None));
        }
        let mut relevance = None;
        if let Some(text) = text(query, "query") {
            let needle = search::needle(&text);
            add(SEARCH, Test::Contains(needle.clone()));
            relevance = Some(needle);
        }
        let mut sort = list(query, "sort");
        if sort.is_some() {
            relevance = None;
        }
        let number = |name| whole(value(query, name)?);
        Ok(Self {
            conditions,
            relevance,
            order: order(sort.get_or_insert_with(|| vec!["created_date".into()]))?,
            limit: number("limit").unwrap_or(DEFAULT_LIMIT),
            page: number("page").unwrap_or(1),
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
    let mut add = |column, descending| {
        // A field that was named before already decides.
        if order.iter().all(|term| term.column != column) {
            order.push(Term { column, descending });
        }
    };
    for (index, field) in (0..).zip(fields) {
        let name = field.strip_prefix('-');
        match scalar_column(name.unwrap_or(field)) {
            None => issues.push(unsortable(index)),
            Some(column) => add(column, name.is_some()),
        }
    }
    if let Some(id) = scalar_column("id") {
        add(id, false);
    }
    if issues.is_empty() {
        Ok(order)
    } else {
        Err(issues)
    }
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

/// Returns the range for the filters of a date: on, from and to.
fn range(query: &str, name: &str) -> Option<Range> {
    // As texts, a date sorts before all times of its day, and `~` after them. A digit begins every date.
    let (mut from, mut to) = (String::from("0"), String::from("~"));
    let mut found = false;
    for (end, begins, ends) in [
        ("", true, true),
        ("_from", true, false),
        ("_to", false, true),
    ] {
        let mut parameter = String::from(name);
        parameter.push_str(end);
        let Some(mut date) = text(query, &parameter) else {
            continue;
        };
        found = true;
        if begins && date > from {
            from.clone_from(&date);
        }
        date.push('~');
        if ends && date < to {
            to = date;
        }
    }
    found.then_some(Range { from, to })
}

fn value<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let mut parameters = pieces(query, b'&').filter_map(|parameter| split_at_byte(parameter, b'='));
    let found = parameters.find(|(other, _)| *other == name);
    found.map(|(_, value)| value)
}

fn text(query: &str, name: &str) -> Option<String> {
    decode(value(query, name)?)
}

fn list(query: &str, name: &str) -> Option<Vec<String>> {
    Some(
        pieces(value(query, name)?, b',')
            .filter_map(decode)
            .collect(),
    )
}
