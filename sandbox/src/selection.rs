//! From the filters of a list to SQL.

use collins_customers::contract::{Code, DEFAULT_LIMIT, Kind, UNLIMITED};
use collins_customers::filter::{CustomerFilter, Value as Filter};
use collins_customers::rules::{Issue, Params, Segment};
use rusqlite::types::Value;

use crate::database;
use crate::fold::fold;
use crate::search;

/// The customers that a list asks for, and their order.
pub struct Selection {
    conditions: Vec<Condition>,
    order: Condition,
    limit: u32,
    page: u32,
}

/// A piece of SQL and the values of its places.
#[derive(Default)]
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            sql: sql.into(),
            values: values.into_iter().collect(),
        }
    }

    /// All of them at once.
    fn all(conditions: Vec<Condition>) -> Self {
        let sql: Vec<&str> = conditions
            .iter()
            .map(|condition| condition.sql.as_str())
            .collect();
        let sql = sql.join(" AND ");
        Self::new(
            sql,
            conditions
                .into_iter()
                .flat_map(|condition| condition.values),
        )
    }
}

impl Selection {
    /// Reads the filters; refuses a field to sort by that is none.
    pub fn new(filter: &CustomerFilter) -> Result<Self, Vec<Issue>> {
        let mut conditions = Vec::new();
        for (table, parameter, column) in [
            ("venues", "associated_venues", "venue"),
            ("labels", "labels", "label"),
        ] {
            conditions
                .extend(list(filter, parameter).map(|list| within(table, any_of(column, list))));
        }
        let bookings = dates(filter, "booking_date", "date");
        if !bookings.is_empty() {
            conditions.push(within("bookings", Condition::all(bookings)));
        }
        for (parameter, date, opted_in, column) in [
            ("opted_in", "opted_in_date", true, "opt_in_date"),
            ("opted_out", "opted_out_date", false, "opt_out_date"),
        ] {
            if let Some(list) = list(filter, parameter) {
                let mut choice = vec![
                    any_of("preference", list),
                    Condition::new("opted_in = ?", [opted_in.into()]),
                ];
                choice.extend(dates(filter, date, column));
                conditions.push(within("preferences", Condition::all(choice)));
            }
        }
        conditions.extend(dates(filter, "created_date", "created_date"));
        conditions.extend(dates(filter, "last_updated", "last_updated"));
        conditions.extend(list(filter, "dob_month").map(|list| any_of("dob_month", list)));
        conditions.extend(list(filter, "email").map(|list| any_of("email", list)));
        if let Some(name) = text(filter, "full_name") {
            conditions.push(Condition::new("full_name = ?", [fold(name).into()]));
        }
        let needle = text(filter, "query").map(search::needle);
        if let Some(needle) = &needle {
            let value = Value::from(needle.clone());
            conditions.push(Condition::new("instr(search, ?) > 0", [value]));
        }
        Ok(Self {
            conditions,
            order: order(filter, needle.as_deref())?,
            limit: number(filter, "limit").unwrap_or(DEFAULT_LIMIT),
            page: number(filter, "page").unwrap_or(1),
        })
    }

    /// How many customers a page holds.
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Which page is asked for, from 1.
    pub fn page(&self) -> u32 {
        self.page
    }

    /// Counts the customers of all pages.
    pub fn total_sql(&self) -> String {
        format!("SELECT count(*) FROM customers{}", self.wanted())
    }

    /// The values of [`Selection::total_sql`].
    pub fn total_values(&self) -> impl Iterator<Item = &Value> {
        self.conditions
            .iter()
            .flat_map(|condition| &condition.values)
    }

    /// Reads the numbers of the customers of the page, in its order.
    pub fn page_sql(&self) -> String {
        format!(
            "SELECT number FROM customers{} ORDER BY {} LIMIT ? OFFSET ?",
            self.wanted(),
            self.order.sql
        )
    }

    /// The values of [`Selection::page_sql`].
    pub fn page_values(&self) -> impl Iterator<Item = Value> {
        let before = u64::from(self.page - 1) * u64::from(self.limit);
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let wanted = self.total_values().chain(&self.order.values).cloned();
        wanted.chain([self.limit.into(), before.into()])
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

/// Customers with a row that fits in a table of lists.
fn within(table: &str, condition: Condition) -> Condition {
    let sql = format!(
        "number IN (SELECT customer FROM {table} WHERE {})",
        condition.sql
    );
    Condition { sql, ..condition }
}

/// One place, however many items: the list travels as JSON.
fn any_of(column: &str, list: Value) -> Condition {
    Condition::new(
        format!("{column} IN (SELECT value FROM json_each(?))"),
        [list],
    )
}

/// The filter of a date and those of its range, over a column of date-times.
fn dates(filter: &CustomerFilter, parameter: &str, column: &str) -> Vec<Condition> {
    // A date comes before all times of its day, and `~` after them, as texts are compared.
    let from = |date: &str| Condition::new(format!("{column} >= ?"), [date.to_owned().into()]);
    let to = |date: &str| Condition::new(format!("{column} <= ?"), [format!("{date}~").into()]);
    let mut conditions = Vec::new();
    if let Some(date) = text(filter, parameter) {
        conditions.extend([from(date), to(date)]);
    }
    conditions.extend(text(filter, &format!("{parameter}_from")).map(from));
    conditions.extend(text(filter, &format!("{parameter}_to")).map(to));
    conditions
}

/// The order asked for, else by relevance, else by `created_date`; the id decides between equals, so that
/// pages neither repeat nor miss anyone.
fn order(filter: &CustomerFilter, needle: Option<&str>) -> Result<Condition, Vec<Issue>> {
    if let Some(Filter::List(fields)) = filter.get("sort") {
        return sorted(fields);
    }
    let Some(needle) = needle else {
        return Ok(Condition::new("created_date, id", []));
    };
    let sql = "CASE WHEN instr(search, ?) THEN 0 WHEN instr(search, ?) THEN 1 \
               WHEN instr(search, ?) THEN 2 ELSE 3 END, created_date, id";
    Ok(Condition::new(sql, search::ranks(needle).map(Value::from)))
}

fn sorted(fields: &[String]) -> Result<Condition, Vec<Issue>> {
    let mut terms: Vec<(&str, &str)> = Vec::new();
    let mut issues = Vec::new();
    for (index, field) in (0..).zip(fields) {
        let (name, direction) = match field.strip_prefix('-') {
            Some(name) => (name, "DESC"),
            None => (field.as_str(), "ASC"),
        };
        match database::scalar_fields().find(|field| field.name == name) {
            None => issues.push(unsortable(index)),
            // A field that was named before has decided already.
            Some(field) if terms.iter().any(|(name, _)| *name == field.name) => {}
            Some(field) => terms.push((field.name, direction)),
        }
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    if terms.iter().all(|(name, _)| *name != "id") {
        terms.push(("id", "ASC"));
    }
    let terms: Vec<String> = terms
        .into_iter()
        .map(|(name, direction)| format!("{name} {direction}"))
        .collect();
    Ok(Condition::new(terms.join(", "), []))
}

fn unsortable(index: u32) -> Issue {
    let names: Vec<&str> = database::scalar_fields().map(|field| field.name).collect();
    Issue {
        path: vec![Segment::Name("sort".into()), Segment::Index(index)],
        code: Code::UnknownField,
        message: format!("Is no field to sort by: there are {}", names.join(", ")),
        params: Params::None,
    }
}

fn text<'f>(filter: &'f CustomerFilter, parameter: &str) -> Option<&'f str> {
    match filter.get(parameter)? {
        Filter::Text(text) => Some(text),
        _ => None,
    }
}

fn number(filter: &CustomerFilter, parameter: &str) -> Option<u32> {
    match filter.get(parameter)? {
        Filter::Integer(number) => Some(*number),
        _ => None,
    }
}

/// A list as JSON text, each text of it as the column keeps it.
fn list(filter: &CustomerFilter, parameter: &str) -> Option<Value> {
    let list = match filter.get(parameter)? {
        Filter::Integers(numbers) => serde_json::Value::from(numbers.as_slice()),
        Filter::List(texts) if parameter == "email" => {
            let kind = Kind::Email { max: UNLIMITED };
            texts.iter().map(|text| database::key(kind, text)).collect()
        }
        Filter::List(texts) => serde_json::Value::from(texts.as_slice()),
        _ => return None,
    };
    Some(list.to_string().into())
}
