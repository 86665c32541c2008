//! Issues with a value, and their messages.
//!
//! The rules report [`Sentence`]s and [`Part`]s, which are numbers to the compiler. Rust builds messages from them
//! here; JavaScript gets the numbers and builds the same messages from the same tables, which a test writes into
//! contract.js: so no text has to cross from the module, and no message is built that nobody reads.
//!
//! ```
//! use collins_customers::rules::{Params, Segment, new_customer};
//!
//! let issues = new_customer(r#"{"company_address":{"post_code":"SW1A 1AA UK"}}"#);
//! assert_eq!(issues[0].path, [Segment::Name("company_address".into()), Segment::Name("post_code".into())]);
//! assert_eq!(issues[0].params, Params::Length { max: 10, actual: 11 });
//! ```

use crate::contract::{COMPANY_ADDRESS, CUSTOMER_UPDATE, Code, FILTERS, Field, MAX_ISSUES};
use crate::rules::source::Text;
use crate::text::{pieces, push_number};

/// One issue with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The path to the value: names and positions. Empty for the whole value.
    pub path: Vec<Segment>,
    /// The kind of issue, for programs.
    pub code: Code,
    /// The problem and how to fix it, for people. It contains no part of the value.
    pub message: String,
    /// The data of the message, for your own messages.
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

/// The data of an [`Issue`]'s message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Params {
    /// There are none.
    None,
    /// Of [`Code::TooLong`]: the code points of a text, or the items of a list.
    Length {
        /// The limit.
        max: u32,
        /// The length of the value.
        actual: u32,
    },
    /// Of [`Code::TooLarge`], in bytes of JSON text.
    Size {
        /// The limit.
        max: u32,
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
    /// Of [`Code::MoreIssues`]: the number of issues that are not listed.
    More(u32),
}

/// Makes an enum, the row of each variant, and the table of all rows in their order.
macro_rules! table {
    (
        $(#[$meta:meta])*
        $enum:ident, $(#[$table_meta:meta])* $table:ident: $row:ty = { $($variant:ident => $value:expr,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $enum {
            $($variant,)*
        }

        impl $enum {
            /// The row of this variant.
            #[must_use]
            pub const fn row(self) -> $row {
                match self {
                    $($enum::$variant => $value,)*
                }
            }
        }

        $(#[$table_meta])*
        pub const $table: &[$row] = &[$($enum::$variant.row(),)*];
    };
}

/// A row of [`SENTENCES`]: the code; the text, in which a part replaces each `$`; and the names of the parts in the
/// params, "" for those that are not among them.
pub type Template = (Code, &'static str, &'static [&'static str]);

table! {
    /// A message about a value: a row of [`SENTENCES`].
    Sentence,
    /// The sentences, in the order of [`Sentence`].
    SENTENCES: Template = {
        // The limit is `json::MAX_DEPTH`.
        NotJson => (Code::InvalidType, "Must be valid JSON, nested at most 64 levels deep", &[]),
        OtherType => (Code::InvalidType, "Expected $, got $$", &[]),
        Incomplete => (Code::InvalidType, "Must have an id and opted_in", &[]),
        // Naming the type of a fraction would help nobody.
        Fraction => (Code::InvalidType, "Expected a whole number, got a fraction", &[]),
        NotEncoded => (Code::InvalidType, "Must be percent-encoded UTF-8", &[]),
        Twice => (Code::InvalidType, "Must appear only once", &[]),
        TooLong => (Code::TooLong, "Must have at most $ characters, but has $", &["max", "actual"]),
        TooManyItems => (Code::TooLong, "Must have at most $ items, but has $", &["max", "actual"]),
        TooLarge => (Code::TooLarge, "Must have at most $ bytes as JSON", &["max"]),
        HalfCharacter => (
            Code::InvalidText,
            "Must not contain half a character (a lone surrogate): the text was cut inside a character, such as an emoji",
            &[],
        ),
        NoEmail => (Code::InvalidEmail, "Must be an email address", &[]),
        PaddedEmail => (Code::InvalidEmail, "Must not begin or end with white space", &[]),
        NoDate => (Code::InvalidDate, "Must be a real date, \"YYYY-MM-DD\"", &[]),
        NoDateTime => (Code::InvalidDate, "Must be a real date and time, \"YYYY-MM-DD HH:MM:SS\"", &[]),
        NoId => (
            Code::InvalidId,
            "Must be the id of a customer: not empty, not \".\" or \"..\", and without / \\ ? # % or control characters",
            &[],
        ),
        Empty => (Code::Empty, "Must not be empty", &[]),
        EmptyList => (
            Code::EmptyList,
            "Must not be empty: an empty list would match every customer",
            &[],
        ),
        // An order selects nobody, so the message of an empty filter would be wrong.
        EmptySort => (Code::EmptyList, "Must name a field to sort by: leave it out for the usual order", &[]),
        Comma => (
            Code::ContainsComma,
            "Must not contain a comma: commas separate the items of a list in a query",
            &[],
        ),
        OutOfRange => (Code::OutOfRange, "Must be from $ to $", &["min", "max"]),
        Reversed => (Code::ReversedRange, "Must not be after $", &["parameter"]),
        Requires => (Code::Requires, "Requires $", &["parameter"]),
        ReadOnly => (Code::UnknownField, "Is read-only", &[]),
        Unknown => (Code::UnknownField, "Unknown $", &[]),
        NearlyKnown => (Code::UnknownField, "Unknown $. Did you mean \"$\"?", &["", "suggestion"]),
        More => (Code::MoreIssues, "Issues that are not listed here: $", &["more"]),
    }
}

table! {
    /// A part of a sentence: a row of [`PHRASES`].
    Phrase,
    /// The phrases, in the order of [`Phrase`].
    PHRASES: &'static str = {
        Nothing => "",
        Null => "null",
        Boolean => "a boolean",
        Number => "a number",
        Text => "a string",
        List => "a list",
        Object => "an object",
        CustomerFields => "an object of customer fields",
        Filters => "an object of filters",
        Address => "an object with street, city and post_code",
        Preferences => "an object that maps preference ids to booleans",
        Preference => "an object with id and opted_in",
        OptIn => "true (opt in) or false (opt out)",
        Scalar => "a string, a number or a boolean",
        Integer => "a whole number",
        Date => "a \"YYYY-MM-DD\" string",
        DateTime => "a \"YYYY-MM-DD HH:MM:SS\" string",
        ShiftsByADay => ", which can shift by a day between time zones: give the day itself",
        LeaveItOut => ": leave it out instead",
        Field => "field",
        Filter => "filter",
    }
}

/// A table of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// [`CUSTOMER_UPDATE`], which begins with the fields of a create.
    Customer,
    /// [`COMPANY_ADDRESS`]
    Address,
    /// [`FILTERS`]
    Filters,
}

impl Table {
    fn fields(self) -> &'static [Field] {
        match self {
            Table::Customer => CUSTOMER_UPDATE,
            Table::Address => COMPANY_ADDRESS,
            Table::Filters => FILTERS,
        }
    }
}

/// A part of a sentence, which replaces a `$`, or a step of a path.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A row of [`PHRASES`].
    Phrase(Phrase),
    /// A limit or a length; in a path the position in a list.
    Number(u32),
    /// An undocumented name.
    Name(Text<'a>),
    /// The name in a row of a table.
    Field(Table, usize),
}

/// No part.
pub const NONE: Part = Part::Phrase(Phrase::Nothing);

impl Part<'_> {
    /// The name of a field.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Part::Field(table, row) => table.fields().get(row).map_or("", |field| field.name),
            _ => "",
        }
    }

    /// The part as issues.js reads it.
    #[must_use]
    pub fn to_number(self) -> f64 {
        let (number, kind) = match self {
            Part::Phrase(phrase) => (phrase as u32, 0),
            Part::Number(number) => (number, 1),
            Part::Name(name) => (name.number, 2),
            Part::Field(table, row) => (u32::try_from(row).unwrap_or(0), 3 + table as u8),
        };
        f64::from(number) * 8.0 + f64::from(kind)
    }

    fn number(self) -> u32 {
        match self {
            Part::Number(number) => number,
            _ => 0,
        }
    }

    fn push_to(self, text: &mut String) {
        match self {
            Part::Phrase(phrase) => text.push_str(phrase.row()),
            Part::Number(number) => push_number(text, number),
            Part::Name(name) => text.push_str(name.raw),
            Part::Field(..) => text.push_str(self.field()),
        }
    }

    fn segment(self) -> Option<Segment> {
        match self {
            Part::Phrase(_) => None,
            Part::Number(index) => Some(Segment::Index(index)),
            Part::Name(name) => Some(Segment::Name(name.to_text())),
            Part::Field(..) => Some(Segment::Name(self.field().into())),
        }
    }
}

/// The place of an issue: a field, and perhaps a place in it. Documented values are not deeper. Unused steps
/// are [`NONE`].
pub type Path<'a> = [Part<'a>; 2];

/// The parts of a sentence, in their order, and then [`NONE`].
pub type Parts<'a> = [Part<'a>; 3];

/// Takes the issues as they are found. A `Vec` of [`Issue`]s is one, with at most [`MAX_ISSUES`] of them and one more
/// that counts those that are not listed; JavaScript has another; your own may only count them.
pub trait Report {
    /// Takes one issue.
    fn issue(&mut self, path: &Path, sentence: Sentence, parts: &Parts);
    /// Forgets all issues: the text turned out not to be JSON, and may have been cut anywhere.
    fn clear(&mut self);
}

impl<R: Report> Report for &mut R {
    fn issue(&mut self, path: &Path, sentence: Sentence, parts: &Parts) {
        (**self).issue(path, sentence, parts);
    }

    fn clear(&mut self) {
        (**self).clear();
    }
}

impl Report for Vec<Issue> {
    fn issue(&mut self, path: &Path, sentence: Sentence, parts: &Parts) {
        if self.len() < MAX_ISSUES {
            self.push(issue(path, sentence, parts));
            return;
        }
        // The last issue counts those that are not listed.
        let more = match self.pop() {
            Some(Issue {
                params: Params::More(more),
                ..
            }) => more.saturating_add(1),
            Some(listed) => {
                self.push(listed);
                1
            }
            None => 1,
        };
        let parts = [Part::Number(more), NONE, NONE];
        self.push(issue(&[NONE; 2], Sentence::More, &parts));
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

/// Builds an issue for Rust, with its texts from the tables.
fn issue(path: &Path, sentence: Sentence, parts: &Parts) -> Issue {
    let (code, template, _) = sentence.row();
    let mut message = String::new();
    let mut rest = parts.iter();
    for (position, piece) in pieces(template, b'$').enumerate() {
        if position > 0
            && let Some(part) = rest.next()
        {
            part.push_to(&mut message);
        }
        message.push_str(piece);
    }
    let [one, other, _] = *parts;
    let params = match sentence {
        Sentence::TooLong | Sentence::TooManyItems => Params::Length {
            max: one.number(),
            actual: other.number(),
        },
        Sentence::TooLarge => Params::Size { max: one.number() },
        Sentence::OutOfRange => Params::Range {
            min: one.number(),
            max: other.number(),
        },
        Sentence::Reversed | Sentence::Requires => Params::Parameter(one.field()),
        Sentence::NearlyKnown => Params::Suggestion(other.field()),
        Sentence::More => Params::More(one.number()),
        _ => Params::None,
    };
    let mut segments = Vec::new();
    for part in path {
        if let Some(segment) = part.segment() {
            segments.push(segment);
        }
    }
    Issue {
        path: segments,
        code,
        message,
        params,
    }
}
