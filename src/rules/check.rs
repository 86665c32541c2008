//! Checks a value and reports its issues.
//!
//! One engine checks what will be sent, JSON text or a JavaScript value ([`crate::rules::source`]), against the tables
//! of [`crate::contract`], in the browser, at the edge and in the sandbox alike. It reports all issues, in the order of
//! the value. An issue has a code, a path and the limit that was exceeded, and never contains the value.
//!
//! ```
//! use collins_customers::rules::check::{customer_id, list_filter};
//!
//! let issues = list_filter(r#"{"limit":31}"#);
//! assert_eq!(issues[0].code.as_str(), "out_of_range");
//! assert!(customer_id("5c7d9e0f1a2b3c4d5e6f7a8b").is_empty());
//! assert_eq!(customer_id("../venues").len(), 1);
//! ```

use crate::contract::{
    COMPANY_ADDRESS, CUSTOMER_UPDATE, FILTERS, Field, Kind, MAX_BODY, MAX_ITEMS, NEW_CUSTOMER,
    PREFERENCE, READ_ONLY, UNLIMITED, row_of,
};
use crate::instant;
use crate::rules::email::{is_email, is_padded};
use crate::rules::issue::{Issue, NONE, Part, Parts, Path, Phrase, Report, Sentence, Table};
use crate::rules::json::Scanner;
use crate::rules::source::{Malformed, Source, Text, Value};
use crate::rules::spelling::nearest;
use crate::text::{Integer, integer, is_all_digits};

/// Checks the body of a create.
#[must_use]
pub fn new_customer(json: &str) -> Vec<Issue> {
    body(json, Subject::NewCustomer)
}

/// Checks the body of an update.
#[must_use]
pub fn customer_update(json: &str) -> Vec<Issue> {
    body(json, Subject::CustomerUpdate)
}

/// Checks the filters of a list, given as an object of wire names.
#[must_use]
pub fn list_filter(json: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    Check::new(Scanner::new(json), Subject::ListFilter, &mut issues).run();
    issues
}

fn body(json: &str, subject: Subject) -> Vec<Issue> {
    let mut issues = Vec::new();
    if json.len() > MAX_BODY as usize {
        let parts = [Part::Number(MAX_BODY), NONE, NONE];
        issues.issue(&[NONE; 2], Sentence::TooLarge, &parts);
    } else {
        Check::new(Scanner::new(json), subject, &mut issues).run();
    }
    issues
}

/// Checks a text alone, as the value of a field of this kind.
pub fn text(kind: Kind, text: &str, report: impl Report) {
    // Nothing is read from the source: the text is passed in.
    let mut check = Check::new(Scanner::new(""), Subject::NewCustomer, report);
    check.text(kind, Text::new(text), FILTERS.len());
}

/// Checks the id of a customer that is to become a part of a URL. \[safety\]
///
/// The documentation only says that it is a string. Anything that could lead the request elsewhere is refused.
#[must_use]
pub fn customer_id(id: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    check_customer_id(Text::new(id), &mut issues);
    issues
}

/// [`customer_id`], for any report. The id has no escapes.
pub(crate) fn check_customer_id(id: Text, report: &mut impl Report) -> bool {
    let sentence = if id.broken {
        Sentence::HalfCharacter
    } else if is_customer_id(id.raw) {
        return true;
    } else {
        Sentence::NoId
    };
    let field = row_of(CUSTOMER_UPDATE, "id").unwrap_or_default();
    let path = [Part::Field(Table::Customer, field), NONE];
    report.issue(&path, sentence, &[NONE; 3]);
    false
}

fn is_customer_id(id: &str) -> bool {
    !matches!(id, "" | "." | "..")
        && !id.chars().any(|character| {
            matches!(character, '/' | '\\' | '?' | '#' | '%') || character.is_control()
        })
}

/// The kind of value that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The body of a create.
    NewCustomer,
    /// The body of an update.
    CustomerUpdate,
    /// The filters of a list.
    ListFilter,
}

/// One run of the rules over a value, of whatever [`Source`], with whatever [`Report`]. [`new_customer`] and the
/// other functions above are such runs over JSON text; [`crate::rules::source`] has an example of another source.
pub struct Check<'a, S, R> {
    source: S,
    subject: Subject,
    /// True if the caller wants no checks of a filter. A value that a query cannot express is refused anyway: leaving
    /// it out would return other customers.
    pub lenient: bool,
    report: R,
    /// The place that is being checked.
    path: Path<'a>,
    /// The number of issues so far.
    count: u32,
    /// One bit for each parameter of a filter that was given.
    given: u32,
    /// The dates among the parameters, as numbers that compare like the dates; 0 if it is not a valid date.
    dates: [u32; FILTERS.len()],
}

impl<'a, S: Source<'a>, R: Report> Check<'a, S, R> {
    /// Begins at the start of the value.
    pub fn new(source: S, subject: Subject, report: R) -> Self {
        Check {
            source,
            subject,
            lenient: false,
            report,
            path: [NONE; 2],
            count: 0,
            given: 0,
            dates: [0; FILTERS.len()],
        }
    }

    /// Runs to the end of the value and reports all issues. Returns whether there are none.
    pub fn run(&mut self) -> bool {
        if self.document().is_err() {
            // Earlier issues mean nothing: the text may have been cut anywhere.
            self.report.clear();
            self.path = [NONE; 2];
            self.issue(Sentence::NotJson, [NONE; 3]);
        }
        self.count == 0
    }

    fn issue(&mut self, sentence: Sentence, parts: Parts) {
        let expressible = matches!(
            sentence,
            Sentence::NoEmail
                | Sentence::PaddedEmail
                | Sentence::NoDate
                | Sentence::OutOfRange
                | Sentence::Reversed
                | Sentence::Requires
        );
        if !self.lenient || !expressible {
            self.count += 1;
            self.report.issue(&self.path, sentence, &parts);
        }
    }

    fn is_filter(&self) -> bool {
        matches!(self.subject, Subject::ListFilter)
    }

    fn is_update(&self) -> bool {
        matches!(self.subject, Subject::CustomerUpdate)
    }

    fn invalid_type(&mut self, expected: Phrase, value: Value) -> Result<(), Malformed> {
        let name = self.source.last();
        let found = match value {
            Value::Null => Part::Phrase(Phrase::Null),
            Value::Boolean => Part::Phrase(Phrase::Boolean),
            Value::Number => Part::Phrase(Phrase::Number),
            Value::Array => Part::Phrase(Phrase::List),
            Value::Object => Part::Phrase(Phrase::Object),
            Value::Text => Part::Phrase(Phrase::Text),
            Value::Foreign => Part::Name(name),
        };
        let hint = match value {
            Value::Foreign if name.raw == "a Date" => Phrase::ShiftsByADay,
            Value::Null if !self.is_update() => Phrase::LeaveItOut,
            _ => Phrase::Nothing,
        };
        let parts = [Part::Phrase(expected), found, Part::Phrase(hint)];
        self.issue(Sentence::OtherType, parts);
        self.source.skip(value)
    }

    fn document(&mut self) -> Result<(), Malformed> {
        let value = self.source.value()?;
        if let Value::Object = value {
            let (table, fields) = match self.subject {
                Subject::NewCustomer => (Table::Customer, NEW_CUSTOMER),
                Subject::CustomerUpdate => (Table::Customer, CUSTOMER_UPDATE.as_slice()),
                Subject::ListFilter => (Table::Filters, FILTERS.as_slice()),
            };
            self.object(0, table, fields)?;
            if self.is_filter() {
                self.between_filters();
            }
        } else {
            let expected = if self.is_filter() {
                Phrase::Filters
            } else {
                Phrase::CustomerFields
            };
            self.invalid_type(expected, value)?;
        }
        self.source.end()
    }

    /// Sets a step of the path: 0 for a field, 1 for a place in it.
    #[inline]
    fn at(&mut self, level: usize, step: Part<'a>) {
        if level == 0 {
            self.path = [step, NONE];
        } else {
            let [_, inner] = &mut self.path;
            *inner = step;
        }
    }

    fn object(
        &mut self,
        level: usize,
        table: Table,
        fields: &'static [Field],
    ) -> Result<(), Malformed> {
        let mut first = true;
        while self.source.key(&mut first)? {
            let row = self.source.row(fields).unwrap_or(fields.len());
            if let Some(field) = fields.get(row) {
                self.at(level, Part::Field(table, row));
                self.field(field.kind, row)?;
            } else {
                let key = self.source.last();
                self.at(level, Part::Name(key));
                self.unknown(table, fields, &S::read(key));
                let value = self.source.value()?;
                self.source.skip(value)?;
            }
        }
        self.at(level, NONE);
        Ok(())
    }

    fn unknown(&mut self, table: Table, fields: &'static [Field], key: &str) {
        if !self.is_filter() && READ_ONLY.contains(&key) {
            self.issue(Sentence::ReadOnly, [NONE; 3]);
            return;
        }
        let what = Part::Phrase(if self.is_filter() {
            Phrase::Filter
        } else {
            Phrase::Field
        });
        match nearest(key, fields) {
            Some(row) => {
                self.issue(Sentence::NearlyKnown, [what, Part::Field(table, row), NONE]);
            }
            None => self.issue(Sentence::Unknown, [what, NONE, NONE]),
        }
    }

    fn field(&mut self, kind: Kind, row: usize) -> Result<(), Malformed> {
        if self.is_filter() {
            self.given |= 1 << row;
        }
        let value = self.source.value()?;
        // In an update, null clears a field. [assumed]
        if self.is_update() && matches!(value, Value::Null) && !matches!(kind, Kind::CustomerId) {
            return Ok(());
        }
        match (kind, value) {
            (Kind::Address, Value::Object) => self.object(1, Table::Address, COMPANY_ADDRESS),
            (Kind::Address, _) => self.invalid_type(Phrase::Address, value),
            (Kind::Preferences, _) => self.preferences(value),
            (Kind::Ids | Kind::Texts | Kind::Emails | Kind::Integers { .. }, Value::Array) => {
                self.list(kind)
            }
            (Kind::Ids | Kind::Texts | Kind::Emails, _) => self.invalid_type(Phrase::List, value),
            _ => self.scalar(kind, value, row),
        }
    }

    /// Reports a list with more items than can be sent, and returns whether this is one.
    fn is_overlong(&mut self) -> bool {
        let overlong = self.source.overlong();
        if let Some(length) = overlong {
            let parts = [Part::Number(MAX_ITEMS), Part::Number(length), NONE];
            self.issue(Sentence::TooManyItems, parts);
        }
        overlong.is_some()
    }

    fn list(&mut self, kind: Kind) -> Result<(), Malformed> {
        if self.is_overlong() {
            return self.source.skip(Value::Array);
        }
        let kind = match kind {
            Kind::Emails => Kind::Email { max: UNLIMITED },
            Kind::Ids => Kind::Search,
            // In a query an empty item cannot be distinguished from no item.
            Kind::Texts if self.is_filter() => Kind::Search,
            Kind::Texts => Kind::Text { max: UNLIMITED },
            other => other,
        };
        let mut first = true;
        let mut index = 0;
        while self.source.item(&mut first)? {
            let item = self.source.value()?;
            self.at(1, Part::Number(index));
            self.scalar(kind, item, FILTERS.len())?;
            if self.is_filter()
                && matches!(item, Value::Text)
                && !matches!(kind, Kind::Integers { .. })
                && S::read(self.source.last()).bytes().any(|byte| byte == b',')
            {
                self.issue(Sentence::Comma, [NONE; 3]);
            }
            index += 1;
        }
        self.at(1, NONE);
        if index == 0 && self.is_filter() {
            let [filter, _] = self.path;
            let sentence = if filter.field() == "sort" {
                Sentence::EmptySort
            } else {
                Sentence::EmptyList
            };
            self.issue(sentence, [NONE; 3]);
        }
        Ok(())
    }

    fn preferences(&mut self, value: Value) -> Result<(), Malformed> {
        match value {
            Value::Array if self.is_update() => return self.preference_list(),
            Value::Object => {}
            _ => return self.invalid_type(Phrase::Preferences, value),
        }
        let mut first = true;
        while self.source.key(&mut first)? {
            let id = self.source.last();
            self.at(1, Part::Name(id));
            if id.broken {
                self.issue(Sentence::HalfCharacter, [NONE; 3]);
            }
            let value = self.source.value()?;
            self.scalar(Kind::OptIn, value, FILTERS.len())?;
        }
        Ok(())
    }

    /// The preferences in the form that reading returns.
    fn preference_list(&mut self) -> Result<(), Malformed> {
        if self.is_overlong() {
            return self.source.skip(Value::Array);
        }
        let mut first = true;
        let mut index = 0;
        while self.source.item(&mut first)? {
            self.at(1, Part::Number(index));
            let value = self.source.value()?;
            if matches!(value, Value::Object) {
                self.preference()?;
            } else {
                self.invalid_type(Phrase::Preference, value)?;
            }
            index += 1;
        }
        self.at(1, NONE);
        Ok(())
    }

    /// Checks one entry of the list. Its issues are reported for the entry as a whole.
    fn preference(&mut self) -> Result<(), Malformed> {
        let mut first = true;
        let mut given = 0_u32;
        while self.source.key(&mut first)? {
            let broken = self.source.last().broken;
            let row = self.source.row(PREFERENCE).unwrap_or(PREFERENCE.len());
            let value = self.source.value()?;
            if let Some(field) = PREFERENCE.get(row) {
                given |= 1 << row;
                self.scalar(field.kind, value, FILTERS.len())?;
            } else if matches!(value, Value::Array | Value::Object | Value::Foreign) {
                self.invalid_type(Phrase::Scalar, value)?;
            } else if broken || matches!(value, Value::Text) && self.source.last().broken {
                self.issue(Sentence::HalfCharacter, [NONE; 3]);
            }
        }
        if given.count_ones() as usize != PREFERENCE.len() {
            self.issue(Sentence::Incomplete, [NONE; 3]);
        }
        Ok(())
    }

    /// Checks a value that is neither a list nor an object. A valid date is kept under its `row`.
    fn scalar(&mut self, kind: Kind, value: Value, row: usize) -> Result<(), Malformed> {
        let text = self.source.last();
        let is_text = matches!(value, Value::Text);
        let expected = match kind {
            Kind::Integer { min, max } | Kind::Integers { min, max } => {
                return self.integer(min, max, value, false);
            }
            Kind::Page => return self.integer(1, u32::MAX, value, is_text),
            Kind::Scalar { .. } | Kind::OptIn if matches!(value, Value::Boolean) => return Ok(()),
            Kind::OptIn => return self.invalid_type(Phrase::OptIn, value),
            Kind::Scalar { .. } => Phrase::Scalar,
            Kind::Date => Phrase::Date,
            Kind::DateTime => Phrase::DateTime,
            _ => Phrase::Text,
        };
        if !is_text && !matches!((kind, value), (Kind::Scalar { .. }, Value::Number)) {
            return self.invalid_type(expected, value);
        }
        self.text(kind, text, row);
        Ok(())
    }

    /// Checks a value that is a text, or a number where both are allowed.
    fn text(&mut self, kind: Kind, text: Text<'a>, row: usize) {
        let max = match kind {
            Kind::Text { max } | Kind::Email { max } | Kind::Scalar { max } => max.min(MAX_BODY),
            _ => MAX_BODY,
        };
        if text.length > max {
            let parts = [Part::Number(max), Part::Number(text.length), NONE];
            self.issue(Sentence::TooLong, parts);
        }
        if text.length > MAX_BODY {
            // The source may not even have its text.
            return;
        }
        if text.broken {
            self.issue(Sentence::HalfCharacter, [NONE; 3]);
            return;
        }
        let (valid, sentence) = match kind {
            Kind::Email { .. } => {
                let address = &*S::read(text);
                if is_padded(address) {
                    (false, Sentence::PaddedEmail)
                } else {
                    (is_email(address), Sentence::NoEmail)
                }
            }
            Kind::Date => {
                let date = instant::date(&S::read(text));
                if let Some((year, month, day)) = date
                    && let Some(kept) = self.dates.get_mut(row)
                {
                    *kept = (year * 100 + month) * 100 + day;
                }
                (date.is_some(), Sentence::NoDate)
            }
            Kind::DateTime => (
                instant::date_time(&S::read(text)).is_some(),
                Sentence::NoDateTime,
            ),
            Kind::CustomerId => (is_customer_id(&S::read(text)), Sentence::NoId),
            Kind::Search => (text.length > 0, Sentence::Empty),
            _ => (true, Sentence::Empty),
        };
        if !valid {
            self.issue(sentence, [NONE; 3]);
        }
    }

    /// Checks a whole number. `is_digits` allows a string of digits.
    fn integer(
        &mut self,
        min: u32,
        max: u32,
        value: Value,
        is_digits: bool,
    ) -> Result<(), Malformed> {
        let is_number = matches!(value, Value::Number);
        let text = S::read(self.source.last());
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let is_written = is_digits && is_all_digits(digits);
        if !is_number && !is_written {
            return self.invalid_type(Phrase::Integer, value);
        }
        match integer(&text) {
            Some(Integer::Amount(amount)) if (min..=max).contains(&amount) => {}
            Some(_) => {
                let parts = [Part::Number(min), Part::Number(max), NONE];
                self.issue(Sentence::OutOfRange, parts);
            }
            None => self.issue(Sentence::Fraction, [NONE; 3]),
        }
        Ok(())
    }

    /// Checks the rules between parameters: dates that require their list, ranges in order.
    fn between_filters(&mut self) {
        let date = |check: &Self, row: usize| check.dates.get(row).copied().unwrap_or(0);
        for (row, field) in FILTERS.iter().enumerate() {
            if self.given >> row & 1 == 0 {
                continue;
            }
            self.path = [Part::Field(Table::Filters, row), NONE];
            if !field.requires.is_empty()
                && let Some(other) = row_of(FILTERS, field.requires)
                && self.given >> other & 1 == 0
            {
                let parts = [Part::Field(Table::Filters, other), NONE, NONE];
                self.issue(Sentence::Requires, parts);
            }
            if !field.until.is_empty()
                && let Some(until) = row_of(FILTERS, field.until)
                && date(self, until) > 0
                && date(self, row) > date(self, until)
            {
                let parts = [Part::Field(Table::Filters, until), NONE, NONE];
                self.issue(Sentence::Reversed, parts);
            }
        }
    }
}

#[cfg(test)]
mod tests;
