//! A value of JavaScript, described: what `describe` of outline.js writes.
//!
//! Most rules need to know what type a value has and how long a text is, and not the text. So a value crosses as a
//! list of numbers, its entries, and beside it those texts alone that the rules read. This is the grammar of the
//! entries; a number in brackets is the figure of an entry:
//!
//! ```text
//! value = NULL | BOOLEAN | NUMBER(length) | TEXT(length) | FOREIGN(length)
//!       | ITEMS(0) value* END | ITEMS(length) END | ENTRIES (key value)* END
//! key   = ROW(row) | NAMED(length) | ANY
//! ```
//!
//! - The lowest five bits of an entry are its type, the others its figure. A length is in UTF-16 units.
//! - [`Place`] says which texts are told: a text that is within its limit in UTF-16 units is within it in code points
//!   too, so below its limit a text need not be here to be counted, and some need not be told at all.
//! - A list that is longer than can be sent has its length as its figure, and no items. What is deeper than
//!   [`LEVELS`] is left out.
//! - A documented key is a [`ROW`]. Another one is [`NAMED`] where it may be a misspelled field: where the contract
//!   has names, and up to [`MAX_NAME`]. Else it is [`ANY`].
//! - A text that is here is marked by [`HERE`]; the names of keys and of types always are. In `texts` one comes after
//!   the other, each followed by one character that parts it from the next: else two halves of a surrogate pair could
//!   meet there. A text or a key that holds such a half is marked by [`BROKEN`].
//!
//! The numbers, the limits and the places of every table are written here alone: contract.js has them from here
//! (`cargo xtask generate`), for outline.js to write with, and so has the writer in the tests.

use std::borrow::Cow;

use crate::contract::{COMPANY_ADDRESS, Field, Kind, MAX_BODY, PREFERENCE};
use crate::rules::source::{Malformed, Source, Text, Value};

/// The end of a list or an object.
pub const END: u32 = 0;
/// `null`
pub const NULL: u32 = 1;
/// `true` or `false`
pub const BOOLEAN: u32 = 2;
/// A number. Its figure is the length of its text.
pub const NUMBER: u32 = 3;
/// A string. Its figure is its length.
pub const TEXT: u32 = 4;
/// A list. Its figure is its length, if it is too long to be sent; 0 otherwise.
pub const ITEMS: u32 = 5;
/// An object.
pub const ENTRIES: u32 = 6;
/// A value that JSON has no form for. Its figure is the length of the name of its type.
pub const FOREIGN: u32 = 7;
/// Added to the type of a text that is here.
pub const HERE: u32 = 8;
/// Added to the type of a text, or to a key, that holds half a surrogate pair.
pub const BROKEN: u32 = 16;

/// A key that is not documented. Its figure is its length.
pub const NAMED: u32 = 1;
/// A documented key. Its figure is its row in the table for this place.
pub const ROW: u32 = 2;
/// A key whose text does not matter.
pub const ANY: u32 = 3;

/// The lowest bits of an entry are its type.
const BITS: u32 = 5;
/// The factor of a figure that is added to a type.
pub const FIGURE: u32 = 1 << BITS;
/// The largest figure. What is longer is said to be so long: it could not be sent either.
pub const MAX_FIGURE: u32 = u32::MAX >> BITS;

/// The depth of an outline: the entries of an object's entries, and those of the items of its lists. The contract is
/// no deeper, so what is below is left out.
pub const LEVELS: u32 = 3;
/// The length of the longest name whose text is here. No documented name, misspelled, is longer.
pub const MAX_NAME: u32 = 64;

/// A place for a value: the parts of its strings, objects and lists that cross to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The length up to which the letters of a text are not needed: no rule reads them, or the text is within its limit.
    pub limit: u32,
    /// True if a string up to the limit is valid whatever it contains: as the value of a key it is left out of the outline.
    pub is_counted: bool,
    /// The fields of an object.
    pub members: &'static [Field],
    /// The fields of the objects in a list. Its other items cross as the place of the list says.
    pub items: &'static [Field],
}

impl Place {
    /// A place for which the contract has no name. No text is longer than can be sent.
    pub const UNNAMED: Place = Place {
        limit: MAX_BODY,
        is_counted: false,
        members: &[],
        items: &[],
    };

    /// The place of a field, or of a filter. A filter's text is always read: it goes into the query.
    #[must_use]
    pub const fn of(kind: Kind, is_filter: bool) -> Place {
        const READ: Place = Place {
            limit: 0,
            ..Place::UNNAMED
        };
        match kind {
            _ if is_filter => READ,
            Kind::Email { .. } | Kind::Emails | Kind::Date | Kind::DateTime | Kind::CustomerId => {
                READ
            }
            Kind::Text { max } | Kind::Scalar { max } => Place {
                limit: max,
                is_counted: true,
                ..Place::UNNAMED
            },
            Kind::Address => Place {
                members: COMPANY_ADDRESS,
                ..Place::UNNAMED
            },
            Kind::Preferences => Place {
                items: PREFERENCE,
                ..Place::UNNAMED
            },
            _ => Place::UNNAMED,
        }
    }
}

/// A description that is being read.
#[derive(Clone, Debug)]
pub struct Outline<'a> {
    entries: &'a [u32],
    texts: &'a str,
    /// Then a unit of UTF-16 is a byte, and no text needs to be walked to its end.
    is_ascii: bool,
    last: Text<'a>,
    /// The row of the key that was read last, if it has one.
    row: Option<usize>,
    /// The number of names that were read.
    names: u32,
    /// The length of a list that was opened last, if its items are not here.
    overlong: Option<u32>,
}

impl<'a> Outline<'a> {
    /// Begins at the first entry.
    #[must_use]
    pub fn new(entries: &'a [u32], texts: &'a str) -> Self {
        Outline {
            entries,
            texts,
            is_ascii: texts.is_ascii(),
            last: Text::default(),
            row: None,
            names: 0,
            overlong: None,
        }
    }

    /// Reads the type of the next entry, and its figure.
    #[inline]
    fn next(&mut self) -> Result<(u32, u32), Malformed> {
        let (entry, entries) = self.entries.split_first().ok_or(Malformed)?;
        self.entries = entries;
        Ok((entry & ((1 << BITS) - 1), entry >> BITS))
    }

    /// Returns whether another entry follows before the end of a list or an object.
    #[inline]
    fn more(&mut self) -> Result<bool, Malformed> {
        if let Some(&END) = self.entries.first() {
            self.next()?;
            return Ok(false);
        }
        Ok(true)
    }

    /// Reads a text of so many units, if it is here.
    fn text(&mut self, units: u32, here: bool) -> Result<(), Malformed> {
        self.last = Text {
            length: units,
            ..Text::default()
        };
        if here {
            let mut end = units as usize;
            if !self.is_ascii {
                (self.last.length, end) = self.measure(end);
            }
            let (raw, rest) = self.texts.split_at_checked(end).ok_or(Malformed)?;
            self.last.raw = raw;
            self.texts = rest.get(1..).ok_or(Malformed)?;
        }
        Ok(())
    }

    /// Reads a name, which JavaScript has kept under its number.
    fn name(&mut self, units: u32, here: bool) -> Result<(), Malformed> {
        self.text(units, here)?;
        self.last.number = self.names;
        self.names += 1;
        Ok(())
    }

    /// Counts the characters and bytes of the next `units` units of UTF-16.
    fn measure(&self, units: usize) -> (u32, usize) {
        let (mut length, mut begun) = (0, 0);
        for (at, character) in self.texts.char_indices() {
            if begun >= units {
                return (length, at);
            }
            length += 1;
            begun += character.len_utf16();
        }
        (length, self.texts.len())
    }
}

impl<'a> Source<'a> for Outline<'a> {
    fn value(&mut self) -> Result<Value, Malformed> {
        let (kind, figure) = self.next()?;
        let value = match kind & !(HERE | BROKEN) {
            NULL => Value::Null,
            BOOLEAN => Value::Boolean,
            ITEMS => Value::Array,
            ENTRIES => Value::Object,
            NUMBER => Value::Number,
            TEXT => Value::Text,
            FOREIGN => Value::Foreign,
            _ => return Err(Malformed),
        };
        match value {
            Value::Number | Value::Text => self.text(figure, kind & HERE == HERE)?,
            Value::Foreign => self.name(figure, true)?,
            _ => self.overlong = (figure > 0).then_some(figure),
        }
        self.last.broken = kind & BROKEN == BROKEN;
        Ok(value)
    }

    fn key(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        if !self.more()? {
            return Ok(false);
        }
        let (kind, figure) = self.next()?;
        let is_broken = kind & BROKEN == BROKEN;
        let kind = kind & !BROKEN;
        self.row = (kind == ROW).then_some(figure as usize);
        match kind {
            NAMED => self.name(figure, true)?,
            ANY => self.name(figure, false)?,
            _ => {}
        }
        self.last.broken = is_broken;
        Ok(true)
    }

    fn row(&self, _: &'static [Field]) -> Option<usize> {
        self.row
    }

    fn item(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        self.more()
    }

    fn overlong(&self) -> Option<u32> {
        self.overlong
    }

    /// Recursion is safe: JavaScript describes values no deeper than the contract goes.
    fn skip(&mut self, value: Value) -> Result<(), Malformed> {
        let mut first = true;
        while match value {
            Value::Array => self.item(&mut first)?,
            Value::Object => self.key(&mut first)?,
            _ => false,
        } {
            let value = self.value()?;
            self.skip(value)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Malformed> {
        if self.entries.is_empty() {
            Ok(())
        } else {
            Err(Malformed)
        }
    }

    fn last(&self) -> Text<'a> {
        self.last
    }

    fn read(text: Text<'a>) -> Cow<'a, str> {
        Cow::Borrowed(text.raw)
    }
}

#[cfg(test)]
mod tests;
