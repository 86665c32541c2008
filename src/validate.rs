//! The rules: from the JSON text of a value to the issues it has.
//!
//! One engine runs over the text that is going to be sent ([`crate::json`]) with the tables of
//! [`crate::contract`], in the browser, at the edge and in the sandbox alike. It reports every issue
//! at once, in the order of the text, and never repeats a value: an issue carries a code, a path and
//! the limit that was passed.

use alloc::string::String;
use alloc::vec::Vec;

use crate::contract::{
    COMPANY_ADDRESS, Code, FILTERS, Field, Kind, NEW_CUSTOMER, READ_ONLY, UNLIMITED, UPDATE_ONLY,
};
use crate::email::is_email;
use crate::instant;
use crate::json::{Malformed, Scanner, Text, Value, push_number, push_text};
use crate::query;

/// One thing that is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Where: the names and positions that lead to the value. Empty for the value as a whole.
    pub path: Vec<Segment>,
    /// What is wrong, for programs.
    pub code: Code,
    /// What is wrong and what to do, for people. It holds no part of the value.
    pub message: String,
    /// The figures of the message, for those who write their own.
    pub params: Params,
}

/// One step of an [`Issue`]'s path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A field or a parameter, by its wire name.
    Name(String),
    /// A position in a list, from 0.
    Index(u32),
}

/// The figures of an [`Issue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Params {
    /// There are none.
    None,
    /// Of [`Code::TooLong`], in code points.
    Length {
        /// The limit.
        max: u32,
        /// What the value has.
        actual: u32,
    },
    /// Of [`Code::OutOfRange`].
    Range {
        /// The smallest value allowed.
        min: u32,
        /// The largest value allowed.
        max: u32,
    },
    /// Of [`Code::Requires`] and [`Code::ReversedRange`]: the other parameter.
    Parameter(&'static str),
    /// Of [`Code::UnknownField`]: the documented name that is near.
    Suggestion(&'static str),
}

/// What is wrong with the body of a create.
#[must_use]
pub fn new_customer(json: &str) -> Vec<Issue> {
    check(json, Subject::NewCustomer, false).issues
}

/// What is wrong with the body of an update.
#[must_use]
pub fn customer_update(json: &str) -> Vec<Issue> {
    check(json, Subject::CustomerUpdate, false).issues
}

/// What is wrong with the filters of a list, given as an object of wire names.
#[must_use]
pub fn list_filter(json: &str) -> Vec<Issue> {
    check(json, Subject::ListFilter, false).issues
}

/// What is wrong with the id of a customer that is to become a part of a URL. \[safety\]
///
/// The service only says that it is a string. Refused is whatever could lead the request elsewhere.
#[must_use]
pub fn customer_id(id: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    if !is_customer_id(id) {
        issues.push(Issue {
            path: Vec::from([Segment::Name("id".into())]),
            code: Code::InvalidId,
            message: INVALID_ID.into(),
            params: Params::None,
        });
    }
    issues
}

const INVALID_ID: &str = "Must be the id of a customer: not empty, not \".\" or \"..\", and without / \\ ? # % or control characters";

fn is_customer_id(id: &str) -> bool {
    !matches!(id, "" | "." | "..")
        && !id.chars().any(|character| {
            matches!(character, '/' | '\\' | '?' | '#' | '%') || character.is_control()
        })
}

/// What a text is checked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The body of a create.
    NewCustomer,
    /// The body of an update.
    CustomerUpdate,
    /// The filters of a list.
    ListFilter,
}

impl Subject {
    /// The tables of the fields it knows.
    fn fields(self) -> [&'static [Field]; 2] {
        match self {
            Subject::NewCustomer => [NEW_CUSTOMER, &[]],
            Subject::CustomerUpdate => [NEW_CUSTOMER, UPDATE_ONLY],
            Subject::ListFilter => [FILTERS, &[]],
        }
    }
}

/// The beginning of the raw text that stands for a value that JSON has no form for, where the caller
/// says that there are such: the rim in JavaScript puts `"\u0000\u0000Date"` in the place of a `Date`.
const FOREIGN: &str = "\\u0000\\u0000";

/// What a check found.
pub(crate) struct Checked {
    /// All issues.
    pub issues: Vec<Issue>,
    /// Of a list filter: the value of each parameter as a query carries it, in the order of the table.
    pub encoded: [Option<String>; FILTERS.len()],
}

/// Runs the rules over a text. `foreign` says whether texts that begin with [`FOREIGN`] name the type of
/// a value that had to be replaced.
pub(crate) fn check(json: &str, subject: Subject, foreign: bool) -> Checked {
    let mut check = Check {
        scanner: Scanner::new(json),
        subject,
        foreign,
        valid: 0,
        found: Checked {
            issues: Vec::new(),
            encoded: [const { None }; FILTERS.len()],
        },
    };
    if check.run().is_err() {
        // What came before says nothing: the text may have been cut anywhere.
        check.found.issues.clear();
        check.issue(&Path::ROOT, Code::InvalidType, Params::None, "Must be JSON");
    }
    check.found
}

/// Where the check stands, as a list on the stack: it costs nothing until there is an issue.
struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    name: &'p str,
    index: u32,
}

impl<'p> Path<'p> {
    const ROOT: Path<'static> = Path {
        parent: None,
        name: "",
        index: 0,
    };

    fn name(&'p self, name: &'p str) -> Path<'p> {
        Path {
            parent: Some(self),
            name,
            index: 0,
        }
    }

    /// An empty name marks a position: no documented field is nameless.
    fn index(&'p self, index: u32) -> Path<'p> {
        Path {
            parent: Some(self),
            name: "",
            index,
        }
    }

    fn segments(&self) -> Vec<Segment> {
        let Some(parent) = self.parent else {
            return Vec::new();
        };
        let mut segments = parent.segments();
        segments.push(if self.name.is_empty() {
            Segment::Index(self.index)
        } else {
            Segment::Name(self.name.into())
        });
        segments
    }
}

struct Check<'a> {
    scanner: Scanner<'a>,
    subject: Subject,
    foreign: bool,
    /// One bit for each filter: whether its value is valid.
    valid: u32,
    found: Checked,
}

impl<'a> Check<'a> {
    fn issue(&mut self, path: &Path, code: Code, params: Params, message: &str) {
        self.found.issues.push(Issue {
            path: path.segments(),
            code,
            message: message.into(),
            params,
        });
    }

    fn invalid_type(
        &mut self,
        path: &Path,
        expected: &str,
        value: Value<'a>,
    ) -> Result<(), Malformed> {
        let mut message = String::from("Must be ");
        message.push_str(expected);
        let found = match value {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Array => "a list",
            Value::Object => "an object",
            Value::Text(text) => match text.raw.strip_prefix(FOREIGN) {
                Some(foreign) if self.foreign => foreign,
                _ => "text",
            },
        };
        message.push_str(", not ");
        message.push_str(found);
        if found == "a Date" {
            message.push_str(
                ", which shifts by a day between time zones: give the day itself as \"YYYY-MM-DD\"",
            );
        } else if found == "null" && self.subject != Subject::CustomerUpdate {
            message.push_str(": leave it out instead");
        }
        self.issue(path, Code::InvalidType, Params::None, &message);
        self.scanner.skip(value)
    }

    fn run(&mut self) -> Result<(), Malformed> {
        let value = self.value()?;
        if value == Value::Object {
            let subject = self.subject;
            self.object(&Path::ROOT, subject.fields())?;
        } else {
            let expected = match self.subject {
                Subject::ListFilter => "an object of filters",
                _ => "an object of customer fields",
            };
            self.invalid_type(&Path::ROOT, expected, value)?;
        }
        self.scanner.end()
    }

    fn value(&mut self) -> Result<Value<'a>, Malformed> {
        self.scanner.value()
    }

    /// The text of a value that is one.
    fn text(&self, value: Value<'a>) -> Option<Text<'a>> {
        match value {
            Value::Text(text) if !(self.foreign && text.raw.starts_with(FOREIGN)) => Some(text),
            _ => None,
        }
    }

    fn object(&mut self, path: &Path, tables: [&'static [Field]; 2]) -> Result<(), Malformed> {
        let mut first = true;
        // One bit for each row of the first table: whether the text has it.
        let mut present: u32 = 0;
        while let Some(key) = self.scanner.key(&mut first)? {
            let value = self.value()?;
            let mut rows = tables.iter().copied().flatten().enumerate();
            if let Some((row, field)) = rows.find(|(_, field)| key.is(field.name)) {
                present |= 1 << row;
                self.field(&path.name(field.name), field, row, value)?;
            } else {
                self.unknown(path, tables, key);
                self.scanner.skip(value)?;
            }
        }
        if self.subject == Subject::ListFilter {
            self.between_filters(present);
        }
        Ok(())
    }

    fn unknown(&mut self, path: &Path, tables: [&'static [Field]; 2], key: Text) {
        let key = key.to_text();
        let path = path.name(&key);
        if self.subject != Subject::ListFilter && READ_ONLY.contains(&key.as_str()) {
            let message = "Is written by the service alone: leave it out";
            self.issue(&path, Code::UnknownField, Params::None, message);
            return;
        }
        let mut message = String::from("Is not a documented ");
        message.push_str(if self.subject == Subject::ListFilter {
            "filter"
        } else {
            "field"
        });
        let names = tables.iter().copied().flatten().map(|field| field.name);
        let params = match nearest(&key, names) {
            Some(name) => {
                message.push_str(": did you mean ");
                message.push_str(name);
                message.push('?');
                Params::Suggestion(name)
            }
            None => Params::None,
        };
        self.issue(&path, Code::UnknownField, params, &message);
    }

    fn field(
        &mut self,
        path: &Path,
        field: &Field,
        row: usize,
        value: Value<'a>,
    ) -> Result<(), Malformed> {
        // In an update, null clears a field. [assumed]
        if value == Value::Null
            && self.subject == Subject::CustomerUpdate
            && field.kind != Kind::CustomerId
        {
            return Ok(());
        }
        let mut encoded = String::new();
        let valid = match field.kind {
            Kind::Address => {
                if value == Value::Object {
                    return self.object(path, [COMPANY_ADDRESS, &[]]);
                }
                return self.invalid_type(path, "an object with street, city and post_code", value);
            }
            Kind::Preferences => return self.preferences(path, value),
            Kind::Ids | Kind::Texts | Kind::Emails => {
                self.list(path, field.kind, value, &mut encoded)?
            }
            Kind::Integers { .. } if value == Value::Array => {
                self.list(path, field.kind, value, &mut encoded)?
            }
            kind => self.scalar(path, kind, value, &mut encoded)?,
        };
        if self.subject == Subject::ListFilter {
            self.valid |= u32::from(valid) << row;
            if let Some(slot) = self.found.encoded.get_mut(row) {
                *slot = Some(encoded);
            }
        }
        Ok(())
    }

    fn list(
        &mut self,
        path: &Path,
        kind: Kind,
        value: Value<'a>,
        encoded: &mut String,
    ) -> Result<bool, Malformed> {
        if value != Value::Array {
            self.invalid_type(path, "a list", value)?;
            return Ok(false);
        }
        let before = self.found.issues.len();
        let kind = match kind {
            Kind::Emails => Kind::Email { max: UNLIMITED },
            Kind::Ids => Kind::Search,
            // In a query an empty item could not be told from no item.
            Kind::Texts if self.subject == Subject::ListFilter => Kind::Search,
            Kind::Texts => Kind::Text { max: UNLIMITED },
            other => other,
        };
        let mut first = true;
        let mut index = 0;
        while self.scanner.item(&mut first)? {
            let item = self.value()?;
            let path = path.index(index);
            if index > 0 {
                encoded.push(',');
            }
            self.scalar(&path, kind, item, encoded)?;
            if self.subject == Subject::ListFilter
                && let Some(text) = self.text(item)
                && text.to_text().contains(',')
            {
                let message = "Holds a comma, which separates the items of a list in a query";
                self.issue(&path, Code::ContainsComma, Params::None, message);
            }
            index += 1;
        }
        if index == 0 && self.subject == Subject::ListFilter {
            let message = "Is an empty list, which would answer with every customer: leave it out, or name what to look for";
            self.issue(path, Code::EmptyList, Params::None, message);
        }
        Ok(self.found.issues.len() == before)
    }

    fn preferences(&mut self, path: &Path, value: Value<'a>) -> Result<(), Malformed> {
        if value == Value::Array {
            let expected =
                "an object of preference ids to booleans (the list is the form of reading)";
            return self.invalid_type(path, expected, value);
        }
        if value != Value::Object {
            return self.invalid_type(path, "an object of preference ids to booleans", value);
        }
        let mut first = true;
        while let Some(key) = self.scanner.key(&mut first)? {
            let value = self.value()?;
            if let Value::Boolean(_) = value {
                continue;
            }
            let id = key.to_text();
            self.invalid_type(&path.name(&id), "true (opt in) or false (opt out)", value)?;
        }
        Ok(())
    }

    /// Checks a value that is no list and no object, and writes it as a query carries it.
    fn scalar(
        &mut self,
        path: &Path,
        kind: Kind,
        value: Value<'a>,
        encoded: &mut String,
    ) -> Result<bool, Malformed> {
        if let Kind::Integer { min, max } | Kind::Integers { min, max } = kind {
            return self.integer(path, min, max, value, None, encoded);
        }
        let text = self.text(value);
        if kind == Kind::Page {
            let digits = text.map(|text| text.raw);
            return self.integer(path, 1, u32::MAX, value, digits, encoded);
        }
        if let Kind::Scalar { max } = kind {
            let length = match value {
                Value::Boolean(_) => Some(0),
                Value::Number(number) => Some(u32::try_from(number.len()).unwrap_or(u32::MAX)),
                _ => None,
            };
            if let Some(length) = length {
                return Ok(self.length(path, length, max));
            }
        }
        let Some(text) = text else {
            let expected = match kind {
                Kind::Scalar { .. } => "text, a number or a boolean",
                Kind::Date => "a date as text, \"YYYY-MM-DD\"",
                Kind::DateTime => "a date-time as text",
                _ => "text",
            };
            self.invalid_type(path, expected, value)?;
            return Ok(false);
        };
        let before = self.found.issues.len();
        if let Kind::Text { max } | Kind::Email { max } | Kind::Scalar { max } = kind {
            self.length(path, text.length, max);
        }
        let unescaped;
        let content = if text.escaped {
            unescaped = text.to_text();
            &unescaped
        } else {
            text.raw
        };
        let problem = match kind {
            Kind::Email { .. } if !is_email(content) => {
                Some((Code::InvalidEmail, "Must be an email address"))
            }
            Kind::Date if instant::date(content).is_none() => {
                Some((Code::InvalidDate, "Must be a real date, \"YYYY-MM-DD\""))
            }
            Kind::DateTime if instant::date_time(content).is_none() => Some((
                Code::InvalidDate,
                "Must be a real date and time, \"YYYY-MM-DD HH:MM:SS\"",
            )),
            Kind::CustomerId if !is_customer_id(content) => Some((Code::InvalidId, INVALID_ID)),
            Kind::Search if content.is_empty() => Some((Code::Empty, "Must not be empty")),
            _ => None,
        };
        if let Some((code, message)) = problem {
            self.issue(path, code, Params::None, message);
        }
        if self.subject == Subject::ListFilter {
            query::push_encoded(encoded, content);
        }
        Ok(self.found.issues.len() == before)
    }

    /// Whether a length is within its limit; an issue where it is not.
    fn length(&mut self, path: &Path, actual: u32, max: u32) -> bool {
        if actual <= max {
            return true;
        }
        let mut message = String::from("Must have at most ");
        push_number(&mut message, max);
        message.push_str(" characters, but has ");
        push_number(&mut message, actual);
        self.issue(
            path,
            Code::TooLong,
            Params::Length { max, actual },
            &message,
        );
        false
    }

    /// `text` is what the value reads where digits may come as text.
    fn integer(
        &mut self,
        path: &Path,
        min: u32,
        max: u32,
        value: Value<'a>,
        text: Option<&str>,
        encoded: &mut String,
    ) -> Result<bool, Malformed> {
        let number = match value {
            Value::Number(number) => Some(number),
            _ => text,
        };
        let Some(digits) = number
            .map(|number| number.strip_prefix('-').unwrap_or(number))
            .filter(|digits| {
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            })
        else {
            let expected = match value {
                // A number that is no integer: naming its type would help nobody.
                Value::Number(_) => "a whole number, not a fraction",
                _ => "a whole number",
            };
            if let Value::Number(_) = value {
                let mut message = String::from("Must be ");
                message.push_str(expected);
                self.issue(path, Code::InvalidType, Params::None, &message);
            } else {
                self.invalid_type(path, expected, value)?;
            }
            return Ok(false);
        };
        let mut amount: u32 = 0;
        for byte in digits.bytes() {
            amount = amount
                .saturating_mul(10)
                .saturating_add(u32::from(byte - b'0'));
        }
        let negative = number.is_some_and(|number| number.len() > digits.len());
        let fits = !negative
            && (min..=max).contains(&amount)
            && (amount < u32::MAX || digits == "4294967295");
        if fits {
            push_number(encoded, amount);
        } else {
            encoded.push_str(number.unwrap_or(digits));
            let mut message = String::from("Must be from ");
            push_number(&mut message, min);
            message.push_str(" to ");
            push_number(&mut message, max);
            self.issue(path, Code::OutOfRange, Params::Range { min, max }, &message);
        }
        Ok(fits)
    }

    /// The rules between parameters: dates that need their list, ranges in their order.
    fn between_filters(&mut self, present: u32) {
        let has = |name: &str| {
            FILTERS
                .iter()
                .enumerate()
                .any(|(row, field)| field.name == name && present >> row & 1 == 1)
        };
        for (row, field) in FILTERS.iter().enumerate() {
            if present >> row & 1 == 0 {
                continue;
            }
            let path = Path::ROOT;
            let path = path.name(field.name);
            if !field.requires.is_empty() && !has(field.requires) {
                let mut message = String::from("Has a meaning only together with ");
                message.push_str(field.requires);
                self.issue(
                    &path,
                    Code::Requires,
                    Params::Parameter(field.requires),
                    &message,
                );
            }
            // Valid dates compare as their texts do, and encode as themselves.
            let date = |row: usize| {
                let valid = self.valid >> row & 1 == 1;
                self.found
                    .encoded
                    .get(row)
                    .and_then(Option::as_ref)
                    .filter(|_| valid)
            };
            let begin = date(row);
            let end = FILTERS
                .iter()
                .position(|other| other.name == field.until)
                .and_then(date);
            if let (Some(begin), Some(end)) = (begin, end)
                && begin > end
            {
                let mut message = String::from("Must not be after ");
                message.push_str(field.until);
                self.issue(
                    &path,
                    Code::ReversedRange,
                    Params::Parameter(field.until),
                    &message,
                );
            }
        }
    }
}

/// The documented name that `key` most likely stands for: the one that is the same but for case and
/// separators, or else the nearest within two edits.
fn nearest(key: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let mut nearest = None;
    // Two edits turn anything of three letters into anything else.
    let mut least = if key.len() > 4 { 3 } else { 2 };
    for name in names {
        let distance = distance(key, name);
        if distance < least {
            least = distance;
            nearest = Some(name);
        }
    }
    nearest
}

fn letters(text: &str) -> impl Iterator<Item = &u8> {
    text.as_bytes()
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric())
}

/// How many letters must be put in, taken out or exchanged to make one name into another (Levenshtein).
fn distance(key: &str, name: &str) -> usize {
    // No documented name is longer, and what is longer is near to none.
    let mut row: [usize; 32] = core::array::from_fn(|column| column);
    if key.len() >= row.len() {
        return key.len();
    }
    for (above, letter) in letters(key).enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        let mut cells = row.iter_mut();
        if let Some(cell) = cells.next() {
            *cell = left;
        }
        for (cell, other) in cells.zip(letters(name)) {
            let exchanged = diagonal + usize::from(!letter.eq_ignore_ascii_case(other));
            diagonal = *cell;
            left = exchanged.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.get(letters(name).count())
        .copied()
        .unwrap_or(usize::MAX)
}

/// Writes issues as the JSON text of the list that JavaScript gets.
#[must_use]
pub fn to_json(issues: &[Issue]) -> String {
    let mut json = String::from("[");
    for issue in issues {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str("{\"path\":[");
        for (position, segment) in issue.path.iter().enumerate() {
            if position > 0 {
                json.push(',');
            }
            match segment {
                Segment::Name(name) => push_text(&mut json, name),
                Segment::Index(index) => push_number(&mut json, *index),
            }
        }
        json.push_str("],\"code\":\"");
        json.push_str(issue.code.as_str());
        json.push_str("\",\"message\":");
        push_text(&mut json, &issue.message);
        let (names, numbers, text) = match issue.params {
            Params::None => (["", ""], [0, 0], ""),
            Params::Length { max, actual } => (["max", "actual"], [max, actual], ""),
            Params::Range { min, max } => (["min", "max"], [min, max], ""),
            Params::Parameter(name) => (["parameter", ""], [0, 0], name),
            Params::Suggestion(name) => (["suggestion", ""], [0, 0], name),
        };
        for (position, (name, number)) in names.into_iter().zip(numbers).enumerate() {
            if name.is_empty() {
                continue;
            }
            json.push_str(if position == 0 { ",\"params\":{" } else { "," });
            push_text(&mut json, name);
            json.push(':');
            if text.is_empty() {
                push_number(&mut json, number);
            } else {
                push_text(&mut json, text);
            }
        }
        if !matches!(issue.params, Params::None) {
            json.push('}');
        }
        json.push('}');
    }
    json.push(']');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    type Validate = fn(&str) -> Vec<Issue>;

    /// Path, dotted, and code of each issue.
    fn found(validate: Validate, value: &Json) -> Vec<(String, &'static str)> {
        issues_of(&validate(&value.to_string()))
    }

    fn issues_of(issues: &[Issue]) -> Vec<(String, &'static str)> {
        let dotted = |issue: &Issue| {
            let parts: Vec<String> = issue
                .path
                .iter()
                .map(|segment| match segment {
                    Segment::Name(name) => name.clone(),
                    Segment::Index(index) => index.to_string(),
                })
                .collect();
            parts.join(".")
        };
        issues
            .iter()
            .map(|issue| (dotted(issue), issue.code.as_str()))
            .collect()
    }

    fn one(path: &str, code: &'static str) -> Vec<(String, &'static str)> {
        vec![(path.into(), code)]
    }

    fn rows(fields: &[Field], prefix: &str) -> Vec<(String, u32)> {
        fields
            .iter()
            .filter_map(|field| match field.kind {
                Kind::Text { max } | Kind::Scalar { max } => {
                    Some((format!("{prefix}{}", field.name), max))
                }
                _ => None,
            })
            .collect()
    }

    fn body(path: &str, value: &Json) -> Json {
        match path.split_once('.') {
            Some((outer, inner)) => json!({outer: {inner: value}}),
            None => json!({path: value}),
        }
    }

    #[test]
    fn every_text_ends_at_its_limit() {
        let mut limits = rows(NEW_CUSTOMER, "");
        limits.extend(rows(COMPANY_ADDRESS, "company_address."));
        let documented: Vec<_> = limits
            .iter()
            .map(|(path, max)| (path.as_str(), *max))
            .collect();
        assert_eq!(
            documented,
            [
                ("first_name", 255),
                ("last_name", 255),
                ("company", 255),
                ("phone", 20),
                ("custom_field_value", 255),
                ("notes", 1000),
                ("company_address.street", 255),
                ("company_address.city", 50),
                ("company_address.post_code", 10),
            ]
        );
        for (path, max) in &limits {
            for character in ["a", "\u{e9}", "\u{1f600}", "\u{301}", "\n", "\"", "\u{0}"] {
                let text = |length: u32| Json::from(character.repeat(length as usize));
                for validate in [new_customer as Validate, customer_update] {
                    assert_eq!(found(validate, &body(path, &text(*max))), [], "{path}");
                    let issues = validate(&body(path, &text(max + 1)).to_string());
                    assert_eq!(issues.len(), 1, "{path}");
                    assert_eq!(
                        issues[0].params,
                        Params::Length {
                            max: *max,
                            actual: max + 1
                        }
                    );
                    assert_eq!(issues_of(&issues), one(path, "too_long"));
                }
            }
        }
    }

    #[test]
    fn halves_of_surrogate_pairs_count_as_one_each() {
        let name = |length| format!(r#"{{"first_name":"{}"}}"#, r"\ud83d".repeat(length));
        assert_eq!(new_customer(&name(255)), []);
        assert_eq!(
            new_customer(&name(256))[0].params,
            Params::Length {
                max: 255,
                actual: 256
            }
        );
    }

    #[test]
    fn an_email_ends_at_its_limit() {
        let email = |length: usize| {
            let label = "b".repeat(60);
            let begin = format!("@{label}.{label}.{label}.com");
            json!({"email": "a".repeat(length - begin.len()) + &begin})
        };
        assert_eq!(found(new_customer, &email(251)), []);
        // 64 octets are the most that a local part may have, so the domain has to grow.
        let long = |length: usize| {
            let label = "b".repeat(62);
            let begin = format!("{}@{label}.{label}.{label}.", "a".repeat(64));
            json!({"email": begin.clone() + &"c".repeat(length - begin.len())})
        };
        assert_eq!(found(new_customer, &long(255)), []);
        assert_eq!(found(new_customer, &long(256)), one("email", "too_long"));
    }

    #[test]
    fn a_whole_customer_is_valid() {
        let customer = json!({
            "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "company": "Engines",
            "phone": "+44 20 7946 0000", "company_address": {"street": "1 Dorset", "city": "London", "post_code": "W1"},
            "dob": "1815-12-10", "custom_field_value": 7, "associated_venues": ["a"],
            "marketing_preference_ids": ["b"], "marketing_preferences": {"c": false}, "labels": ["VIP, regular"], "notes": "",
        });
        assert_eq!(found(new_customer, &customer), []);
        assert_eq!(found(new_customer, &json!({})), []);
        assert_eq!(found(customer_update, &customer), []);
    }

    #[test]
    fn values_of_another_type_are_refused() {
        for (value, path) in [
            (json!({"email": 1}), "email"),
            (json!({"first_name": true}), "first_name"),
            (json!({"phone": 442_079_460_000_u64}), "phone"),
            (json!({"company_address": "London"}), "company_address"),
            (
                json!({"company_address": {"city": []}}),
                "company_address.city",
            ),
            (json!({"dob": 18_151_210}), "dob"),
            (json!({"custom_field_value": {}}), "custom_field_value"),
            (json!({"associated_venues": "a"}), "associated_venues"),
            (json!({"associated_venues": [1]}), "associated_venues.0"),
            (
                json!({"marketing_preference_ids": {"a": true}}),
                "marketing_preference_ids",
            ),
            (
                json!({"marketing_preferences": [{"id": "a", "opted_in": true}]}),
                "marketing_preferences",
            ),
            (
                json!({"marketing_preferences": {"a": "yes"}}),
                "marketing_preferences.a",
            ),
            (
                json!({"marketing_preferences": {"a": null}}),
                "marketing_preferences.a",
            ),
            (json!({"labels": ["a", null]}), "labels.1"),
            (json!({"labels": [["a"]]}), "labels.0"),
            (json!([]), ""),
            (json!("text"), ""),
            (json!(null), ""),
        ] {
            assert_eq!(
                found(new_customer, &value),
                one(path, "invalid_type"),
                "{value}"
            );
            assert_eq!(
                found(customer_update, &value),
                one(path, "invalid_type"),
                "{value}"
            );
        }
    }

    #[test]
    fn null_clears_in_an_update_and_is_refused_in_a_create() {
        for field in NEW_CUSTOMER
            .iter()
            .chain(UPDATE_ONLY)
            .filter(|field| field.name != "id")
        {
            assert_eq!(
                found(customer_update, &json!({field.name: null})),
                [],
                "{}",
                field.name
            );
        }
        for field in NEW_CUSTOMER {
            assert_eq!(
                found(new_customer, &json!({field.name: null})),
                one(field.name, "invalid_type")
            );
        }
        assert_eq!(
            found(customer_update, &json!({"company_address": {"city": null}})),
            []
        );
        assert_eq!(
            found(customer_update, &json!({"id": null})),
            one("id", "invalid_type")
        );
    }

    #[test]
    fn dates_are_real_dates() {
        for date in [
            "2000-02-29",
            "2024-02-29",
            "1995-01-13",
            "0001-01-01",
            "9999-12-31",
        ] {
            assert_eq!(found(new_customer, &json!({"dob": date})), [], "{date}");
        }
        for date in [
            "1900-02-29",
            "2023-02-29",
            "2023-13-01",
            "2023-00-10",
            "2023-04-31",
            "2023-2-3",
            "2023-02-00",
            "20230203",
            "2023-02-03T00:00:00",
            "2023-02-03 ",
            "",
            "13/01/1995",
            "\u{9e8}\u{9e6}\u{9e8}\u{9e9}-\u{9e6}\u{9e8}-\u{9e6}\u{9e9}",
        ] {
            assert_eq!(
                found(new_customer, &json!({"dob": date})),
                one("dob", "invalid_date"),
                "{date}"
            );
        }
        for date_time in ["2019-03-06 17:00:00", "2019-03-06T17:00:00Z"] {
            assert_eq!(
                found(customer_update, &json!({"created_date": date_time})),
                [],
                "{date_time}"
            );
        }
        for date_time in [
            "2019-03-06",
            "2019-02-29 17:00:00",
            "2019-03-06 25:00:00",
            "yesterday",
        ] {
            let update = json!({"last_updated": date_time});
            assert_eq!(
                found(customer_update, &update),
                one("last_updated", "invalid_date"),
                "{date_time}"
            );
        }
    }

    #[test]
    fn ids_are_not_empty_and_the_own_id_leads_nowhere_else() {
        assert_eq!(
            found(new_customer, &json!({"associated_venues": ["a", ""]})),
            one("associated_venues.1", "empty")
        );
        assert_eq!(found(new_customer, &json!({"labels": []})), []);
        assert_eq!(
            found(customer_update, &json!({"id": ".."})),
            one("id", "invalid_id")
        );
        assert_eq!(found(customer_update, &json!({"id": "5c7d9e"})), []);
    }

    #[test]
    fn unknown_fields_are_refused_with_the_nearest_name() {
        for (name, suggestion) in [
            ("firstname", Some("first_name")),
            ("firstName", Some("first_name")),
            ("FIRST-NAME", Some("first_name")),
            ("frist_name", Some("first_name")),
            ("emial", Some("email")),
            ("e-mail", Some("email")),
            ("note", Some("notes")),
            ("lables", Some("labels")),
            ("postcode", None),
            ("loyalty_points", None),
            ("x", None),
            ("", None),
        ] {
            let issues = new_customer(&json!({name: "a"}).to_string());
            assert_eq!(issues[0].code, Code::UnknownField, "{name}");
            let expected = suggestion.map_or(Params::None, Params::Suggestion);
            assert_eq!(issues[0].params, expected, "{name}");
        }
        let address = new_customer(&json!({"company_address": {"postcode": "W1"}}).to_string());
        assert_eq!(address[0].params, Params::Suggestion("post_code"));
        assert_eq!(
            issues_of(&address),
            one("company_address.postcode", "unknown_field")
        );
        assert_eq!(
            found(new_customer, &json!({"id": "a"})),
            one("id", "unknown_field")
        );
        assert_eq!(
            found(customer_update, &json!({"bookings": []})),
            one("bookings", "unknown_field")
        );
    }

    #[test]
    fn an_escaped_key_is_the_key_it_stands_for() {
        assert_eq!(
            issues_of(&new_customer(r#"{"\u0065mail":1}"#)),
            one("email", "invalid_type")
        );
    }

    #[test]
    fn all_issues_come_at_once_in_the_order_of_the_text() {
        let value = r#"{"phone":"123456789012345678901","emial":"x","email":"no","company_address":{"city":1,"post_code":"12345678901"},"dob":"x"}"#;
        assert_eq!(
            issues_of(&new_customer(value)),
            [
                ("phone".into(), "too_long"),
                ("emial".into(), "unknown_field"),
                ("email".into(), "invalid_email"),
                ("company_address.city".into(), "invalid_type"),
                ("company_address.post_code".into(), "too_long"),
                ("dob".into(), "invalid_date"),
            ]
        );
    }

    #[test]
    fn text_that_is_no_json_is_one_issue() {
        for text in [
            "",
            "{",
            "{\"email\"}",
            "{} x",
            "{\"email\":\"a\",}",
            "\u{feff}{}",
        ] {
            assert_eq!(
                issues_of(&new_customer(text)),
                one("", "invalid_type"),
                "{text}"
            );
        }
    }

    #[test]
    fn filters_are_checked_by_their_kind() {
        for (filter, path, code) in [
            (json!({"limit": 0}), "limit", "out_of_range"),
            (json!({"limit": 31}), "limit", "out_of_range"),
            (json!({"limit": -1}), "limit", "out_of_range"),
            (json!({"limit": 1.5}), "limit", "invalid_type"),
            (json!({"limit": "10"}), "limit", "invalid_type"),
            (json!({"limit": null}), "limit", "invalid_type"),
            (json!({"page": 0}), "page", "out_of_range"),
            (json!({"page": "0"}), "page", "out_of_range"),
            (json!({"page": "two"}), "page", "invalid_type"),
            (json!({"page": 4_294_967_296_u64}), "page", "out_of_range"),
            (
                json!({"page": 99_999_999_999_999_999_u64}),
                "page",
                "out_of_range",
            ),
            (json!({"dob_month": 0}), "dob_month", "out_of_range"),
            (json!({"dob_month": [1, 13]}), "dob_month.1", "out_of_range"),
            (json!({"dob_month": []}), "dob_month", "empty_list"),
            (json!({"dob_month": "May"}), "dob_month", "invalid_type"),
            (json!({"labels": []}), "labels", "empty_list"),
            (json!({"labels": "VIP"}), "labels", "invalid_type"),
            (json!({"labels": ["a,b"]}), "labels.0", "contains_comma"),
            (json!({"labels": ["a", ""]}), "labels.1", "empty"),
            (
                json!({"associated_venues": []}),
                "associated_venues",
                "empty_list",
            ),
            (
                json!({"email": ["a@example.com", "a"]}),
                "email.1",
                "invalid_email",
            ),
            (json!({"sort": []}), "sort", "empty_list"),
            (json!({"query": ""}), "query", "empty"),
            (json!({"full_name": null}), "full_name", "invalid_type"),
            (
                json!({"booking_date": "2023-02-29"}),
                "booking_date",
                "invalid_date",
            ),
            (
                json!({"opted_in_date": "2019-01-01"}),
                "opted_in_date",
                "requires",
            ),
            (
                json!({"opted_out_date_to": "2019-01-01", "opted_in": ["a"]}),
                "opted_out_date_to",
                "requires",
            ),
            (
                json!({"booking_date_from": "2019-01-02", "booking_date_to": "2019-01-01"}),
                "booking_date_from",
                "reversed_range",
            ),
            (json!({"label": ["a"]}), "label", "unknown_field"),
            (json!({"bookings": []}), "bookings", "unknown_field"),
            (json!([]), "", "invalid_type"),
        ] {
            assert_eq!(found(list_filter, &filter), one(path, code), "{filter}");
        }
        for filter in [
            json!({}),
            json!({"limit": 1}),
            json!({"limit": 30}),
            json!({"page": 1}),
            json!({"page": "2"}),
            json!({"page": 4_294_967_295_u64}),
            json!({"dob_month": 12}),
            json!({"dob_month": [1, 12]}),
            json!({"query": "Smith, John"}),
            json!({"booking_date_from": "2019-01-01", "booking_date_to": "2019-01-01"}),
            json!({"opted_in_date": "2019-01-01", "opted_in": ["a"]}),
        ] {
            assert_eq!(found(list_filter, &filter), [], "{filter}");
        }
    }

    #[test]
    fn every_range_is_held_in_order() {
        let ranges: Vec<_> = FILTERS
            .iter()
            .filter(|field| !field.until.is_empty())
            .collect();
        assert_eq!(ranges.len(), 5);
        for field in ranges {
            let filter = json!({field.name: "2020-01-01", field.until: "2019-12-31", "opted_in": ["a"], "opted_out": ["b"]});
            assert_eq!(
                found(list_filter, &filter),
                one(field.name, "reversed_range")
            );
        }
    }

    #[test]
    fn names_of_types_stand_for_values_only_where_the_caller_says_so() {
        let text = r#"{"dob":"\u0000\u0000a Date","notes":"\u0000\u0000a function"}"#;
        let issues = check(text, Subject::NewCustomer, true).issues;
        assert!(
            issues[0]
                .message
                .contains("not a Date, which shifts by a day"),
            "{}",
            issues[0].message
        );
        assert!(issues[1].message.contains("not a function"));
        assert_eq!(
            issues_of(&issues),
            [
                ("dob".into(), "invalid_type"),
                ("notes".into(), "invalid_type")
            ]
        );
        assert_eq!(issues_of(&new_customer(text)), one("dob", "invalid_date"));
    }

    #[test]
    fn issues_are_written_as_json() -> serde_json::Result<()> {
        let text = r#"{"phone":"123456789012345678901","emial":1,"labels":["a",2],"dob":"x"}"#;
        let written: Json = serde_json::from_str(&to_json(&new_customer(text)))?;
        assert_eq!(
            written,
            json!([
                {"path": ["phone"], "code": "too_long", "message": "Must have at most 20 characters, but has 21", "params": {"max": 20, "actual": 21}},
                {"path": ["emial"], "code": "unknown_field", "message": "Is not a documented field: did you mean email?", "params": {"suggestion": "email"}},
                {"path": ["labels", 1], "code": "invalid_type", "message": "Must be text, not a number"},
                {"path": ["dob"], "code": "invalid_date", "message": "Must be a real date, \"YYYY-MM-DD\""},
            ])
        );
        let filter: Json = serde_json::from_str(&to_json(&list_filter(
            r#"{"limit":31,"opted_in_date":"2019-01-01"}"#,
        )))?;
        assert_eq!(filter[0]["params"], json!({"min": 1, "max": 30}));
        assert_eq!(filter[1]["params"], json!({"parameter": "opted_in"}));
        assert_eq!(to_json(&[]), "[]");
        Ok(())
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            for validate in [new_customer as Validate, customer_update, list_filter, customer_id] {
                let _ = validate(&text);
            }
        }

        #[test]
        fn no_message_holds_a_value(secret in "[a-z]{3}ZQ[0-9]{30}") {
            for field in NEW_CUSTOMER {
                for value in [json!(secret), json!([secret]), json!({"x": secret})] {
                    for issue in new_customer(&json!({field.name: value}).to_string()) {
                        prop_assert!(!issue.message.contains(&secret));
                    }
                }
            }
            for field in FILTERS {
                for issue in list_filter(&json!({field.name: secret}).to_string()) {
                    prop_assert!(!issue.message.contains(&secret));
                }
            }
        }
    }
}
