//! A value of JavaScript, described: what `describe` of outline.js writes.
//!
//! Most rules need to know what type a value has and how long a text is, and not the text. So a value
//! crosses as a list of numbers, and beside it those texts alone that the rules read: see [`Kind::is_read`].
//! What is not longer in UTF-16 units than its limit is not longer in code points either, so below its limit
//! a text need not be here to be counted.
//!
//! The lowest four bits of a number tell what it stands for, the others a figure of it. Of a text that is its
//! length in UTF-16 units. The items of a list and the entries of an object follow until [`END`]. A key is a
//! [`ROW`]; or [`NAMED`] with the length of its text, as the type of what JSON has no form for is; or [`ANY`] where
//! every name is allowed. A text that is here is told by [`HERE`], and a name always is; in `texts` one stands after the other, each followed by one
//! character that parts it from the next: else two halves of a surrogate pair could meet there.
//!
//! [`Kind::is_read`]: crate::contract::Kind::is_read

use alloc::borrow::Cow;

use crate::contract::Field;
use crate::source::{Malformed, Source, Text, Value};

// As in outline.js.
const NULL: u32 = 1;
const BOOLEAN: u32 = 2;
const NUMBER: u32 = 3;
const TEXT: u32 = 4;
const LIST: u32 = 5;
const OBJECT: u32 = 6;
const FOREIGN: u32 = 7;
/// Added to the type of a text that is here.
const HERE: u32 = 8;
const END: u32 = 0;
// Of a key.
const NAMED: u32 = 1;
const ROW: u32 = 2;
const ANY: u32 = 3;

const BITS: u32 = 4;

/// A place in the description of a value.
pub(crate) struct Outline<'a> {
    entries: &'a [u32],
    texts: &'a str,
    /// Then a unit of UTF-16 is a byte, and no text needs to be walked to its end.
    is_ascii: bool,
    last: Text<'a>,
    /// The row of the key that was read last, if it has one.
    row: Option<usize>,
    /// How many names were read.
    names: u32,
}

impl<'a> Outline<'a> {
    /// Begins at the first entry.
    pub fn new(entries: &'a [u32], texts: &'a str) -> Self {
        Outline {
            entries,
            texts,
            is_ascii: texts.is_ascii(),
            last: Text::default(),
            row: None,
            names: 0,
        }
    }

    /// What the next entry stands for, and its figure.
    fn next(&mut self) -> Result<(u32, u32), Malformed> {
        let (entry, entries) = self.entries.split_first().ok_or(Malformed)?;
        self.entries = entries;
        Ok((entry & ((1 << BITS) - 1), entry >> BITS))
    }

    /// Whether something stands here before the end of a list or an object.
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

    /// How many characters and bytes the next so many units of UTF-16 are.
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
        let value = match kind & !HERE {
            NULL => Value::Null,
            BOOLEAN => Value::Boolean,
            LIST => Value::Array,
            OBJECT => Value::Object,
            NUMBER => Value::Number,
            TEXT => Value::Text,
            FOREIGN => Value::Foreign,
            _ => return Err(Malformed),
        };
        match value {
            Value::Number | Value::Text => self.text(figure, kind & HERE == HERE)?,
            Value::Foreign => self.name(figure, true)?,
            _ => {}
        }
        Ok(value)
    }

    fn key(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        if !self.more()? {
            return Ok(false);
        }
        let (kind, figure) = self.next()?;
        self.row = (kind == ROW).then_some(figure as usize);
        match kind {
            NAMED => self.name(figure, true)?,
            ANY => self.name(figure, false)?,
            _ => {}
        }
        Ok(true)
    }

    fn row(&self, _: &'static [Field]) -> Option<usize> {
        self.row
    }

    fn item(&mut self, _: &mut bool) -> Result<bool, Malformed> {
        self.more()
    }

    /// What JavaScript describes is no deeper than the contract goes.
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
