//! What the rules read: a value, one piece at a time.
//!
//! Two things are such a source. A server has JSON text ([`crate::rules::json`]). In JavaScript the value is there
//! already, and is described instead of written (`outline`): the rules need little of its text.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::contract::Field;
use crate::text::unescape;

/// The text is not JSON, or nests too deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// What stands at a place where a value may stand.
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
    /// What JSON has no form for, such as a `Date` of JavaScript. No JSON text holds it.
    Foreign,
}

/// A string, a key, or a number as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text<'a> {
    /// What was written, escapes and all. Of a [`Value::Foreign`] the name of its type, with an article.
    pub raw: &'a str,
    /// How many code points it stands for. Half a surrogate pair counts as one.
    pub length: u32,
    /// Whether `raw` holds escapes of JSON.
    pub escaped: bool,
    /// Of a name beside an outline: which one it is, from 0.
    pub(crate) number: u32,
}

impl Text<'_> {
    /// Whether this is `text` once its escapes are read.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        if self.escaped {
            self.to_text() == text
        } else {
            self.raw == text
        }
    }

    /// The string that is meant.
    #[must_use]
    pub fn to_text(&self) -> String {
        if self.escaped {
            unescape(self.raw)
        } else {
            self.raw.into()
        }
    }
}

/// A value to be checked. Those who read it walk the structure that they expect and skip the rest.
pub(crate) trait Source<'a> {
    /// Reads the value that stands here.
    fn value(&mut self) -> Result<Value, Malformed>;
    /// Inside an object: whether another key follows, which is [`Source::last`] then. `first` is true until
    /// one was read.
    fn key(&mut self, first: &mut bool) -> Result<bool, Malformed>;
    /// The row of the key that was read last in the table for this place.
    fn row(&self, fields: &'static [Field]) -> Option<usize>;
    /// Inside a list: whether another item follows. `first` is true until one was read.
    fn item(&mut self, first: &mut bool) -> Result<bool, Malformed>;
    /// Passes over what is left of `value`.
    fn skip(&mut self, value: Value) -> Result<(), Malformed>;
    /// Makes sure that nothing follows.
    fn end(&mut self) -> Result<(), Malformed>;
    /// The key, string or number that was read last.
    fn last(&self) -> Text<'a>;
    /// The string that it stands for.
    fn read(text: Text<'a>) -> Cow<'a, str>;
}
