//! A list request as data: conditions, an order and a page. Each store carries it out in its own way.

use collins_customers::contract::{CUSTOMER_UPDATE, Code, DEFAULT_LIMIT, MAX_ISSUES, row_of};
use collins_customers::rules::{Issue, Params, Segment};
use collins_customers::text::whole;

use crate::json;
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

/// The parameter of each condition, the beginning of its parameters for dates, and its column, if it is not that of
/// the field of the same name.
const CONDITIONS: &[(&str, &str, Option<Column>)] = &[
    ("associated_venues", "", None),
    ("labels", "", None),
    ("opted_in", "opted_in_date", Some(OPTED_IN)),
    ("opted_out", "opted_out_date", Some(OPTED_OUT)),
    ("", "booking_date", Some(BOOKINGS)),
    ("", "created_date", None),
    ("", "last_updated", None),
    ("dob_month", "", Some(DOB_MONTH)),
    ("email", "", None),
    ("full_name", "", Some(FULL_NAME)),
    ("query", "", Some(SEARCH)),
];

impl Selection {
    /// Reads filters, an object of wire names as JSON text, which has passed the rules.
    ///
    /// # Errors
    /// A sort field does not exist.
    pub fn new(filters: &str) -> Result<Self, Vec<Issue>> {
        let mut conditions = Vec::new();
        let mut relevance = None;
        for (name, dates, column) in CONDITIONS {
            let field = if name.is_empty() { dates } else { name };
            let column = column.or_else(|| row_of(CUSTOMER_UPDATE, field));
            let column = column.unwrap_or_default();
            let mut items = texts(filters, name);
            for item in &mut items {
                *item = match column {
                    DOB_MONTH if item.len() == 1 => {
                        let mut month = String::from("0");
                        month.push_str(item);
                        month
                    }
                    FULL_NAME => fold(item),
                    SEARCH => search::needle(item),
                    _ if *name == "email" => lower(item),
                    _ => continue,
                };
            }
            let range = range(filters, dates);
            let test = match range {
                Some(range) if name.is_empty() => Test::Within(range),
                _ if items.is_empty() => continue,
                _ if column == SEARCH => {
                    relevance = items.pop();
                    Test::Contains(relevance.clone().unwrap_or_default())
                }
                range => Test::OneOf(items, range),
            };
            conditions.push(Condition { column, test });
        }
        let mut sort = texts(filters, "sort");
        if sort.is_empty() {
            sort.push("created_date".into());
        } else {
            relevance = None;
        }
        let number = |name| texts(filters, name).pop().and_then(|text| whole(&text));
        Ok(Self {
            conditions,
            relevance,
            order: order(&sort)?,
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
            // The others have the same sentence.
            None if issues.len() == MAX_ISSUES => {}
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
fn range(filters: &str, name: &str) -> Option<Range> {
    let date = |end| {
        let mut parameter = String::from(name);
        parameter.push_str(end);
        texts(filters, &parameter).pop()
    };
    let (on, from, to) = (date(""), date("_from"), date("_to"));
    if on.is_none() && from.is_none() && to.is_none() {
        return None;
    }
    // As texts, a date sorts before all times of its day, and `~` after them. A digit begins every date.
    let from = on.clone().max(from).unwrap_or_else(|| "0".into());
    let mut to = match (on, to) {
        (Some(on), Some(to)) => on.min(to),
        (on, to) => on.or(to).unwrap_or_default(),
    };
    to.push('~');
    Some(Range { from, to })
}

/// Returns the value of a filter: the items of a list, or else one text.
fn texts(filters: &str, name: &str) -> Vec<String> {
    let value = json::get(filters, name).unwrap_or_default();
    let mut list = String::from(value);
    if !value.starts_with('[') {
        list = String::from("[");
        list.push_str(value);
    }
    let mut texts = Vec::new();
    for item in json::parts(&list) {
        // A number is its digits.
        texts.push(json::text(item).unwrap_or_else(|| item.into()));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::Selection;
    use collins_customers::contract::MAX_ISSUES;

    #[test]
    fn unknown_fields_to_sort_by_are_listed_up_to_the_limit() {
        for (count, expected) in [(MAX_ISSUES, MAX_ISSUES), (MAX_ISSUES + 1, MAX_ISSUES)] {
            let fields = vec!["\"x\""; count].join(",");
            let issues = Selection::new(&format!("{{\"sort\":[{fields}]}}")).unwrap_err();
            assert_eq!(issues.len(), expected);
        }
    }
}
