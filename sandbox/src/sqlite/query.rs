//! Turns a selection into SQL.

use rusqlite::types::Value;

use crate::json::Json;
use crate::record::scalar_fields;
use crate::search;
use crate::selection::{Bound, Condition, Selection};

/// The SQL statements for a selection.
pub struct Query<'s> {
    selection: &'s Selection,
    conditions: Vec<Piece>,
    order: Piece,
}

/// A piece of SQL and the values of its parameters.
struct Piece {
    sql: String,
    values: Vec<Value>,
}

impl Piece {
    fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            sql: sql.into(),
            values: values.into_iter().collect(),
        }
    }

    /// Joins the pieces with AND.
    fn all(pieces: Vec<Self>) -> Self {
        let sql: Vec<&str> = pieces.iter().map(|piece| piece.sql.as_str()).collect();
        let sql = sql.join(" AND ");
        Self::new(sql, pieces.into_iter().flat_map(|piece| piece.values))
    }
}

impl<'s> Query<'s> {
    /// Builds the statements for this selection.
    pub fn new(selection: &'s Selection) -> Self {
        Self {
            selection,
            conditions: selection.conditions.iter().map(piece).collect(),
            order: order(selection),
        }
    }

    /// Counts the customers on all pages.
    pub fn total_sql(&self) -> String {
        format!("SELECT count(*) FROM customers{}", self.wanted())
    }

    /// The values for [`Query::total_sql`].
    pub fn total_values(&self) -> impl Iterator<Item = &Value> {
        self.conditions.iter().flat_map(|piece| &piece.values)
    }

    /// Reads the row numbers of the customers on the page, in order.
    pub fn page_sql(&self) -> String {
        format!(
            "SELECT number FROM customers{} ORDER BY {} LIMIT ? OFFSET ?",
            self.wanted(),
            self.order.sql
        )
    }

    /// The values for [`Query::page_sql`].
    pub fn page_values(&self) -> impl Iterator<Item = Value> {
        let before = i64::try_from(self.selection.offset()).unwrap_or(i64::MAX);
        let wanted = self.total_values().chain(&self.order.values).cloned();
        wanted.chain([self.selection.limit.into(), before.into()])
    }

    fn wanted(&self) -> String {
        let mut sql = String::new();
        for condition in &self.conditions {
            sql += if sql.is_empty() { " WHERE " } else { " AND " };
            sql += &condition.sql;
        }
        sql
    }
}

fn piece(condition: &Condition) -> Piece {
    match condition {
        Condition::Venues(list) => within("venues", any_of("venue", &texts(list))),
        Condition::Labels(list) => within("labels", any_of("label", &texts(list))),
        Condition::Booking(bounds) => within("bookings", dates("date", bounds)),
        Condition::Choice {
            opted_in,
            preferences,
            bounds,
        } => {
            let mut choice = vec![
                any_of("preference", &texts(preferences)),
                Piece::new("opted_in = ?", [(*opted_in).into()]),
            ];
            let date = if *opted_in {
                "opt_in_date"
            } else {
                "opt_out_date"
            };
            if !bounds.is_empty() {
                choice.push(dates(date, bounds));
            }
            within("preferences", Piece::all(choice))
        }
        Condition::Scalar(field, bounds) => dates(name(*field), bounds),
        Condition::Months(months) => {
            let months = months.iter().map(|month| Json::number(*month)).collect();
            any_of("dob_month", &Json::List(months))
        }
        Condition::Emails(emails) => any_of("email", &texts(emails)),
        Condition::FullName(name) => Piece::new("full_name = ?", [name.clone().into()]),
        Condition::Query(needle) => Piece::new("instr(search, ?) > 0", [needle.clone().into()]),
    }
}

/// Selects the customers with a matching row in a table of lists.
fn within(table: &str, piece: Piece) -> Piece {
    let sql = format!(
        "number IN (SELECT customer FROM {table} WHERE {})",
        piece.sql
    );
    Piece { sql, ..piece }
}

fn texts(list: &[String]) -> Json {
    Json::List(list.iter().map(|text| Json::text(text)).collect())
}

/// Uses one parameter for any number of items: the list is passed as JSON.
fn any_of(column: &str, list: &Json) -> Piece {
    Piece::new(
        format!("{column} IN (SELECT value FROM json_each(?))"),
        [list.to_text().into()],
    )
}

fn dates(column: &str, bounds: &[Bound]) -> Piece {
    let bounds = bounds.iter().map(|bound| match bound {
        Bound::From(text) => Piece::new(format!("{column} >= ?"), [text.clone().into()]),
        Bound::To(text) => Piece::new(format!("{column} <= ?"), [text.clone().into()]),
    });
    Piece::all(bounds.collect())
}

fn order(selection: &Selection) -> Piece {
    let mut terms = Vec::new();
    let mut values = Vec::new();
    if let Some(needle) = &selection.relevance {
        let sql = "CASE WHEN instr(search, ?) THEN 0 WHEN instr(search, ?) THEN 1 \
                   WHEN instr(search, ?) THEN 2 ELSE 3 END";
        terms.push(sql.to_owned());
        values.extend(search::ranks(needle).map(Value::from));
    }
    for term in &selection.order {
        let direction = if term.descending { "DESC" } else { "ASC" };
        terms.push(format!("{} {direction}", name(term.field)));
    }
    Piece::new(terms.join(", "), values)
}

/// Returns the column of a scalar field, by its position.
fn name(field: usize) -> &'static str {
    scalar_fields().nth(field).map_or("id", |field| field.name)
}
