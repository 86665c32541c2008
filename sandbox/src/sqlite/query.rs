//! Turns a selection into SQL.

use collins_customers::contract::CUSTOMER_UPDATE;
use rusqlite::types::Value;

use crate::json;
use crate::record::{BOOKINGS, Column, DOB_MONTH, FULL_NAME, OPTED_IN, OPTED_OUT, SEARCH};
use crate::search;
use crate::selection::{Condition, Range, Selection, Test};

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

fn piece(Condition { column, test }: &Condition) -> Piece {
    let table = match *column {
        BOOKINGS => Some(("bookings", "date")),
        OPTED_IN | OPTED_OUT => Some(("preferences", "preference")),
        column => match name(column) {
            "associated_venues" => Some(("venues", "venue")),
            "labels" => Some(("labels", "label")),
            _ => None,
        },
    };
    let name = table.map_or_else(|| name(*column), |(_, name)| name);
    let piece = match test {
        Test::OneOf(wanted, range) => {
            let mut pieces = vec![any_of(name, wanted)];
            let choice = match *column {
                OPTED_IN => Some((1, "opt_in_date")),
                OPTED_OUT => Some((0, "opt_out_date")),
                _ => None,
            };
            if let Some((opted_in, date)) = choice {
                pieces.push(Piece::new("opted_in = ?", [Value::Integer(opted_in)]));
                pieces.extend(range.as_ref().map(|range| within(date, range)));
            }
            Piece::all(pieces)
        }
        Test::Within(range) => within(name, range),
        Test::Contains(text) => Piece::new(format!("instr({name}, ?) > 0"), [text.clone().into()]),
    };
    match table {
        Some((table, _)) => in_table(table, piece),
        None => piece,
    }
}

/// Selects the customers with a matching row in a table of lists.
fn in_table(table: &str, piece: Piece) -> Piece {
    let sql = format!(
        "number IN (SELECT customer FROM {table} WHERE {})",
        piece.sql
    );
    Piece { sql, ..piece }
}

/// Uses one parameter for any number of items: the list is passed as JSON.
fn any_of(column: &str, items: &[String]) -> Piece {
    let items: Vec<String> = items.iter().map(|item| json::string(item)).collect();
    Piece::new(
        format!("{column} IN (SELECT value FROM json_each(?))"),
        [format!("[{}]", items.join(",")).into()],
    )
}

fn within(column: &str, range: &Range) -> Piece {
    Piece::new(
        format!("{column} >= ? AND {column} <= ?"),
        [range.from.clone().into(), range.to.clone().into()],
    )
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
        terms.push(format!("{} {direction}", name(term.column)));
    }
    Piece::new(terms.join(", "), values)
}

/// Returns the name of a column of the table of customers.
fn name(column: Column) -> &'static str {
    match column {
        FULL_NAME => "full_name",
        SEARCH => "search",
        DOB_MONTH => "dob_month",
        field => CUSTOMER_UPDATE.get(field).map_or("id", |field| field.name),
    }
}
