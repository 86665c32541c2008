//! Filters ⇄ query string: the filters of a list, as they are written in the URL.
//!
//! A list is one parameter, its items percent-encoded and joined by a literal comma (`style:
//! form, explode: false` \[doc\]); parameters come in the documentation's order. [`CustomerFilter::parse`] is the exact
//! inverse of [`encode`] and refuses unknown parameters. It decodes before it splits a list, as the service
//! does: `a%2Cb` is two items, because many tools encode every comma. So an item with a comma cannot be expressed, and
//! [`encode`] refuses it.
//!
//! In JavaScript the platform reads percent-encoding, so filter.js has its own reader; a test compares the two
//! (tests/wire/queries.test.mjs).
//!
//! ```
//! use collins_customers::filter::{CustomerFilter, Value, query};
//!
//! let filter = CustomerFilter::parse("labels=VIP%2Cregular&page=2").unwrap();
//! assert_eq!(filter.get("labels"), Some(&Value::List(vec!["VIP".into(), "regular".into()])));
//! assert_eq!(filter.to_query_string().unwrap(), "labels=VIP,regular&page=2");
//!
//! let issues = query::encode(r#"{"labels":["a,b"]}"#).unwrap_err();
//! assert_eq!(issues[0].code.as_str(), "contains_comma");
//! ```
//!
//! [`CustomerFilter::parse`]: crate::filter::CustomerFilter::parse

use crate::contract::{FILTERS, Kind, MAX_ISSUES, row_of};
use crate::filter::parameters::{Given, Parameter, Parameters};
use crate::rules::check::{Check, Subject};
use crate::rules::issue::{Issue, NONE, Part, Report, Sentence};
use crate::rules::json::Scanner;
use crate::rules::source::{self, Malformed, Source, Text};
use crate::text::{
    Integer, decode, integer, is_all_digits, pieces, push_encoded, push_number, push_text,
    split_at_byte,
};

/// The query string for an object of filters, given as JSON text with wire names; without a `?`.
///
/// # Errors
/// All issues of the filters.
pub fn encode(json: &str) -> Result<String, Vec<Issue>> {
    checked(Scanner::new(json))
}

/// The query string of filters that were not checked yet.
pub(crate) fn of_parameters(parameters: &[Parameter]) -> Result<String, Vec<Issue>> {
    checked(Parameters::new(parameters))
}

fn checked<'a, S: Source<'a> + Clone>(source: S) -> Result<String, Vec<Issue>> {
    let mut issues = Vec::new();
    Check::new(source.clone(), Subject::ListFilter, &mut issues).run();
    if issues.is_empty() {
        Ok(write(source))
    } else {
        Err(issues)
    }
}

/// The query string of filters that are valid; without a `?`.
pub fn write<'a>(source: impl Source<'a>) -> String {
    let mut writer = Writer {
        source,
        values: String::with_capacity(ROOM),
        ranges: [(0, 0); FILTERS.len()],
    };
    // Valid filters are an object whose values are texts, numbers and lists of them.
    let _ = writer.read();
    writer.query()
}

/// The initial capacity for values: enough for most queries.
const ROOM: usize = 256;

/// Writes parameters, which come in any order, in the documentation's order.
struct Writer<S> {
    source: S,
    /// The values of all parameters as they are written in a query, one after the other.
    values: String,
    /// The range in `values` of the value of each parameter. No value is empty.
    ranges: [(usize, usize); FILTERS.len()],
}

impl<'a, S: Source<'a>> Writer<S> {
    fn read(&mut self) -> Result<(), Malformed> {
        let mut first = true;
        self.source.value()?;
        while self.source.key(&mut first)? {
            let row = self.source.row(FILTERS).unwrap_or(FILTERS.len());
            let value = self.source.value()?;
            let begin = self.values.len();
            let is_page =
                matches!(FILTERS.get(row), Some(field) if matches!(field.kind, Kind::Page));
            if let source::Value::Array = value {
                let mut first = true;
                while self.source.item(&mut first)? {
                    if self.values.len() > begin {
                        self.values.push(',');
                    }
                    let item = self.source.value()?;
                    self.scalar(item, false);
                }
            } else {
                self.scalar(value, is_page);
            }
            if let Some(range) = self.ranges.get_mut(row) {
                *range = (begin, self.values.len());
            }
        }
        Ok(())
    }

    /// Writes a scalar. Numbers are written in one form, however they were given.
    fn scalar(&mut self, value: source::Value, is_page: bool) {
        let text = S::read(self.source.last());
        let is_number = matches!(value, source::Value::Number) || is_page && is_all_digits(&text);
        let number = if is_number { integer(&text) } else { None };
        if let Some(Integer::Amount(amount)) = number {
            push_number(&mut self.values, amount);
        } else {
            push_encoded(&mut self.values, &text);
        }
    }

    fn query(&self) -> String {
        let mut query = String::with_capacity(2 * ROOM);
        for (field, (begin, end)) in FILTERS.iter().zip(&self.ranges) {
            let value = self.values.get(*begin..*end).unwrap_or("");
            if value.is_empty() {
                continue;
            }
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(field.name);
            query.push('=');
            query.push_str(value);
        }
        query
    }
}

/// Reads a query string, checks it, and hands over its parameters.
///
/// # Errors
/// All issues: see [`CustomerFilter::parse`].
pub(crate) fn read<T>(query: &str, take: impl FnOnce(&[Parameter]) -> T) -> Result<T, Vec<Issue>> {
    let mut issues = Vec::new();
    let pairs = pairs(query, &mut issues);
    if !issues.is_empty() {
        return Err(issues);
    }
    let parameters: Vec<_> = pairs
        .iter()
        .map(|(row, name, value)| {
            let kind = row.and_then(|row| FILTERS.get(row)).map(|field| field.kind);
            (*row, name.as_str(), given(kind, value))
        })
        .collect();
    let source = Parameters::new(&parameters);
    if Check::new(source, Subject::ListFilter, &mut issues).run() {
        Ok(take(&parameters))
    } else {
        Err(issues)
    }
}

/// The canonical form of a query string: the same filters, in the documentation's order and in one spelling. The result
/// is that of [`CustomerFilter::parse`] and `to_query_string`, for a module that has to be small and checks bodies too:
/// the rules run over JSON text for both, so they are linked once.
///
/// # Errors
/// As [`CustomerFilter::parse`].
///
/// [`CustomerFilter::parse`]: crate::filter::CustomerFilter::parse
pub fn canonical(query: &str) -> Result<String, Vec<Issue>> {
    encode(&to_json(query)?)
}

/// The filters of a query string as JSON text: an object of wire names, which the rules have not seen yet.
///
/// # Errors
/// The issues of a query that names a parameter twice, or is not percent-encoded UTF-8.
pub fn to_json(query: &str) -> Result<String, Vec<Issue>> {
    let mut issues = Vec::new();
    let mut json = String::from("{");
    for (row, name, value) in pairs(query, &mut issues) {
        if json.len() > 1 {
            json.push(',');
        }
        push_text(&mut json, &name);
        json.push(':');
        let kind = row.and_then(|row| FILTERS.get(row)).map(|field| field.kind);
        push_given(&mut json, &given(kind, &value));
    }
    json.push('}');
    if issues.is_empty() {
        Ok(json)
    } else {
        Err(issues)
    }
}

fn push_given(json: &mut String, given: &Given) {
    match given {
        Given::Text(text) => push_text(json, text),
        Given::Digits(digits) => json.push_str(digits),
        Given::Number(number) => push_number(json, *number),
        Given::List(items) => {
            let mut separator = '[';
            for item in items {
                json.push(separator);
                push_given(json, item);
                separator = ',';
            }
            json.push_str(if items.is_empty() { "[]" } else { "]" });
        }
    }
}

/// The row, the name and the value of each parameter, decoded.
fn pairs(query: &str, issues: &mut Vec<Issue>) -> Vec<(Option<usize>, String, String)> {
    let mut pairs = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for pair in pieces(query.strip_prefix('?').unwrap_or(query), b'&') {
        if pair.is_empty() {
            continue;
        }
        let (name, value) = split_at_byte(pair, b'=').unwrap_or((pair, ""));
        let Some(name) = decode(name) else {
            // Without a name there is no path.
            issues.issue(&[NONE; 2], Sentence::NotEncoded, &[NONE; 3]);
            continue;
        };
        let path = [Part::Name(Text::new(&name)), NONE];
        if seen.contains(&name) {
            issues.issue(&path, Sentence::Twice, &[NONE; 3]);
        } else if seen.len() < FILTERS.len() + MAX_ISSUES {
            // There are not more documented names than these, and further issues are not listed.
            seen.push(name.clone());
        }
        match decode(value) {
            Some(value) => pairs.push((row_of(FILTERS, &name), name, value)),
            None => issues.issue(&path, Sentence::NotEncoded, &[NONE; 3]),
        }
    }
    pairs
}

/// A decoded value in the form that its kind has in an object of filters. A value of another form stays a string, and
/// the rules refuse it.
fn given(kind: Option<Kind>, value: &str) -> Given<'_> {
    let is_number = matches!(
        kind,
        Some(Kind::Integer { .. } | Kind::Integers { .. } | Kind::Page)
    );
    let is_list = matches!(
        kind,
        Some(Kind::Ids | Kind::Texts | Kind::Emails | Kind::Integers { .. })
    );
    let item = |text| {
        // The documentation gives no meaning to other forms of a number, but a page is documented as a string.
        let is_canonical = is_all_digits(text) && (text == "0" || !text.starts_with('0'));
        if is_number && is_canonical {
            Given::Digits(text)
        } else {
            Given::Text(text)
        }
    };
    if !is_list {
        return item(value);
    }
    let mut items = Vec::new();
    if !value.is_empty() {
        for piece in pieces(value, b',') {
            items.push(item(piece));
        }
    }
    Given::List(items)
}

#[cfg(test)]
mod tests;
