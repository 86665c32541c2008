//! The source of a value, which the rules read one piece at a time.
//!
//! The rules *pull* ([`Source`]): they walk the structure that they expect, ask for the text of a value only if a
//! rule reads it, and skip the rest. Every source can be checked without being turned into JSON first:
//!
//! - JSON text, as a server has it: [`Scanner`](crate::rules::json::Scanner).
//! - The filters of a list: [`CustomerFilter`](crate::filter::CustomerFilter), and a query string.
//! - A value of JavaScript, which is described by numbers: [`Outline`](crate::rules::outline::Outline).
//! - Your own: a row of a file, for example. This one reads a row whose columns are fields:
//!
//! ```
//! use std::borrow::Cow;
//! use collins_customers::contract::{Field, NEW_CUSTOMER, row_of};
//! use collins_customers::rules::check::{Check, Subject};
//! use collins_customers::rules::source::{Malformed, Source, Text, Value};
//!
//! struct Row<'a> {
//!     /// The row of each column's field in `NEW_CUSTOMER`.
//!     columns: &'a [usize],
//!     cells: &'a [&'a str],
//!     /// The column of the next key; the one before it has the value.
//!     next: usize,
//!     opened: bool,
//! }
//!
//! impl<'a> Source<'a> for Row<'a> {
//!     fn value(&mut self) -> Result<Value, Malformed> {
//!         // First the object itself, then the value of each key.
//!         if !self.opened {
//!             self.opened = true;
//!             return Ok(Value::Object);
//!         }
//!         Ok(Value::Text)
//!     }
//!     fn key(&mut self, _: &mut bool) -> Result<bool, Malformed> {
//!         self.next += 1;
//!         Ok(self.next <= self.cells.len())
//!     }
//!     fn row(&self, _: &'static [Field]) -> Option<usize> {
//!         self.columns.get(self.next - 1).copied()
//!     }
//!     fn item(&mut self, _: &mut bool) -> Result<bool, Malformed> {
//!         Ok(false)
//!     }
//!     fn skip(&mut self, _: Value) -> Result<(), Malformed> {
//!         Ok(())
//!     }
//!     fn end(&mut self) -> Result<(), Malformed> {
//!         Ok(())
//!     }
//!     fn last(&self) -> Text<'a> {
//!         Text::new(self.cells[self.next - 1])
//!     }
//!     fn read(text: Text<'a>) -> Cow<'a, str> {
//!         Cow::Borrowed(text.raw)
//!     }
//! }
//!
//! let columns = ["email", "phone"].map(|name| row_of(NEW_CUSTOMER, name).unwrap());
//! let phone = "1".repeat(21);
//! let row = Row { columns: &columns, cells: &["ada@example.com", &phone], next: 0, opened: false };
//! let mut issues = Vec::new();
//! assert!(!Check::new(row, Subject::NewCustomer, &mut issues).run());
//! assert_eq!(issues[0].message, "Must have at most 20 characters, but has 21");
//! ```

use std::borrow::Cow;

use crate::contract::Field;
use crate::text::unescape;

/// The text is not JSON, or nests too deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A list: its items follow.
    Array,
    /// An object: its keys follow.
    Object,
    /// A value that JSON has no form for, such as a `Date` of JavaScript. No JSON text contains it.
    Foreign,
}

/// A string, a key, or a number as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text<'a> {
    /// The text as written, with its escapes. Of a [`Value::Foreign`] the name of its type, with an article.
    pub raw: &'a str,
    /// The number of code points it stands for. Half a surrogate pair counts as one.
    pub length: u32,
    /// True if `raw` is not the string itself: [`Source::read`] makes the string of it.
    pub escaped: bool,
    /// True if it contains half a surrogate pair: no server can read it, and `raw` may have U+FFFD in its place.
    pub broken: bool,
    /// A number of the source's own, which the issues about this text report back.
    pub number: u32,
}

impl<'a> Text<'a> {
    /// A string that is written as it is.
    #[must_use]
    pub fn new(raw: &'a str) -> Self {
        // The continuation bytes of UTF-8 begin no character.
        let length = raw.bytes().filter(|byte| byte & 0xc0 != 0x80).count();
        Text {
            raw,
            length: u32::try_from(length).unwrap_or(u32::MAX),
            ..Text::default()
        }
    }
}

impl Text<'_> {
    /// Returns whether this is `text` once its JSON escapes are read.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        if self.escaped {
            self.to_text() == text
        } else {
            self.raw == text
        }
    }

    /// The string that this represents, if its escapes are those of JSON.
    #[must_use]
    pub fn to_text(&self) -> String {
        if self.escaped {
            unescape(self.raw)
        } else {
            self.raw.into()
        }
    }
}

/// A value to be checked. The [module](self) has an example.
pub trait Source<'a> {
    /// Reads the type of the value that comes next: of the whole at first, then of each key and each item.
    ///
    /// # Errors
    /// If no value comes next.
    fn value(&mut self) -> Result<Value, Malformed>;
    /// Inside an object: reads the next key, as [`Source::last`], and returns whether there is one. `first` is true
    /// until one was read.
    ///
    /// # Errors
    /// If neither a key nor the end of the object comes next.
    fn key(&mut self, first: &mut bool) -> Result<bool, Malformed>;
    /// The index of the field in `fields` that the key names, if it names one.
    fn row(&self, fields: &'static [Field]) -> Option<usize>;
    /// Inside a list: returns whether another item follows. `first` is true until one was read.
    ///
    /// # Errors
    /// If neither an item nor the end of the list comes next.
    fn item(&mut self, first: &mut bool) -> Result<bool, Malformed>;
    /// Of a list just opened: its length, if that is more than [`MAX_ITEMS`](crate::contract::MAX_ITEMS) and the
    /// source therefore has none of its items.
    fn overlong(&self) -> Option<u32> {
        None
    }
    /// Skips the rest of `value`: all keys or items of an object or a list just opened.
    ///
    /// # Errors
    /// If the rest cannot be read.
    fn skip(&mut self, value: Value) -> Result<(), Malformed>;
    /// Makes sure that nothing follows.
    ///
    /// # Errors
    /// If something does.
    fn end(&mut self) -> Result<(), Malformed>;
    /// The key, string or number that was read last.
    fn last(&self) -> Text<'a>;
    /// The string that a text of this source represents.
    fn read(text: Text<'a>) -> Cow<'a, str>;
}
