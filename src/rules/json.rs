//! A pull scanner over JSON text.
//!
//! The rules of [`crate::rules::check`] run over the text itself, so nothing is parsed into a value first: the
//! scanner hands out one key, one scalar or one opening bracket at a time, borrowed from the text, and the
//! caller walks the structure it expects and [skips](Scanner::skip) the rest. It accepts exactly RFC 8259, up to a
//! nesting depth of [`MAX_DEPTH`]. DESIGN.md explains why the crate has its own scanner.
//!
//! ```
//! use collins_customers::rules::json::Scanner;
//! use collins_customers::rules::source::Value;
//!
//! let mut scanner = Scanner::new(r#"{"notes":"window table"}"#);
//! assert_eq!(scanner.value(), Ok(Value::Object));
//! let mut first = true;
//! assert_eq!(scanner.key(&mut first), Ok(true));
//! assert!(scanner.last().is("notes"));
//! ```

use std::borrow::Cow;
use std::collections::BinaryHeap;

use crate::contract::{Field, MAX_ISSUES, row_of};
use crate::rules::issue::{Issue, NONE, Report, Segment, Sentence};
use crate::rules::source::{Malformed, Source, Text, Value};
use crate::text::{HIGH, LOW};

/// The depth up to which brackets may nest: no text can exhaust the stack, and the API's own values nest up to 4.
pub const MAX_DEPTH: u32 = 64;

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    last: Text<'a>,
}

/// The keys that appear more than once in one object, at any depth: an issue at the path of each, or one if the text
/// is not JSON. No rule needs them, because every reader uses one of the two; but two readers may use different ones,
/// so a proxy, which checks a body for another reader, refuses it.
///
/// The time is proportional to the length of the text, however many keys an object has.
#[must_use]
pub fn repeated_keys(json: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut scanner = Scanner::new(json);
    if scanner.repeated(&mut issues).is_err() {
        issues.clear();
        Report::issue(&mut issues, &[NONE; 2], Sentence::NotJson, &[NONE; 3]);
    }
    issues
}

/// An object or a list that is open.
enum Open {
    /// The keys so far, with escapes read.
    Object(Vec<String>),
    /// The number of items so far.
    Array(u32),
}

impl<'a> Scanner<'a> {
    /// Begins at the start of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Scanner {
            text,
            at: 0,
            last: Text::default(),
        }
    }

    /// The key, string or number that was read last.
    #[must_use]
    pub fn last(&self) -> Text<'a> {
        self.last
    }

    /// The next byte; 0 at the end, because 0 is not JSON either.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is not white space; it is not taken yet.
    fn ahead(&mut self) -> u8 {
        while let b' ' | b'\t' | b'\n' | b'\r' = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    /// Takes the next byte if it is this one.
    fn takes(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    fn since(&self, start: usize) -> &'a str {
        // The scanner only stops beside an ASCII byte, so the range contains whole characters and `get` returns it.
        self.text.get(start..self.at).unwrap_or("")
    }

    /// Reads the next value.
    ///
    /// # Errors
    /// If no value comes next.
    pub fn value(&mut self) -> Result<Value, Malformed> {
        let (word, value) = match self.ahead() {
            b'"' => return self.text().map(|()| Value::Text),
            b'-' | b'0'..=b'9' => return self.number().map(|()| Value::Number),
            b'{' => ("{", Value::Object),
            b'[' => ("[", Value::Array),
            b't' => ("true", Value::Boolean),
            b'f' => ("false", Value::Boolean),
            b'n' => ("null", Value::Null),
            _ => return Err(Malformed),
        };
        for byte in word.bytes() {
            if !self.takes(byte) {
                return Err(Malformed);
            }
        }
        // `true` or `false`.
        self.last.raw = word;
        Ok(value)
    }

    /// Inside an object: reads the next key, as [`Scanner::last`], and returns whether there is one. `first` is true
    /// until one was read.
    ///
    /// # Errors
    /// If neither a key nor the closing bracket comes next.
    pub fn key(&mut self, first: &mut bool) -> Result<bool, Malformed> {
        if !self.next(first, b'}')? {
            return Ok(false);
        }
        if self.ahead() != b'"' {
            return Err(Malformed);
        }
        self.text()?;
        self.ahead();
        if self.takes(b':') {
            Ok(true)
        } else {
            Err(Malformed)
        }
    }

    /// Inside an array: returns whether another item follows. `first` is true until one was read.
    ///
    /// # Errors
    /// If neither a comma nor the closing bracket comes next.
    pub fn item(&mut self, first: &mut bool) -> Result<bool, Malformed> {
        self.next(first, b']')
    }

    fn next(&mut self, first: &mut bool, close: u8) -> Result<bool, Malformed> {
        self.ahead();
        if self.takes(close) {
            return Ok(false);
        }
        // A comma must not be followed by the closing bracket.
        let separated = *first || self.takes(b',') && self.ahead() != close;
        *first = false;
        if separated { Ok(true) } else { Err(Malformed) }
    }

    /// Skips the rest of `value`: the whole content of a bracket that was just opened.
    ///
    /// # Errors
    /// If the content is not JSON or nests too deeply.
    pub fn skip(&mut self, mut value: Value) -> Result<(), Malformed> {
        // One bit for each level: 1 for an object. There is no recursion, so depth costs no stack.
        let mut objects: u64 = 0;
        let mut depth = 0;
        loop {
            let mut first = matches!(value, Value::Array | Value::Object);
            if first {
                if depth == MAX_DEPTH {
                    return Err(Malformed);
                }
                depth += 1;
                objects = objects << 1 | u64::from(matches!(value, Value::Object));
            }
            loop {
                if depth == 0 {
                    return Ok(());
                }
                let more = if objects & 1 == 1 {
                    self.key(&mut first)?
                } else {
                    self.item(&mut first)?
                };
                if more {
                    break;
                }
                // In the enclosing bracket a value was read: another one follows after a comma.
                first = false;
                depth -= 1;
                objects >>= 1;
            }
            value = self.value()?;
        }
    }

    /// Makes sure that nothing but white space follows.
    ///
    /// # Errors
    /// If something does.
    pub fn end(&mut self) -> Result<(), Malformed> {
        self.ahead();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(Malformed)
        }
    }

    /// Walks the whole text with a stack of what is open.
    fn repeated(&mut self, issues: &mut Vec<Issue>) -> Result<(), Malformed> {
        let mut open: Vec<Open> = Vec::new();
        let mut value = self.value()?;
        loop {
            let mut first = true;
            match value {
                Value::Object => open.push(Open::Object(Vec::new())),
                Value::Array => open.push(Open::Array(0)),
                _ => first = false,
            }
            if open.len() > MAX_DEPTH as usize {
                return Err(Malformed);
            }
            loop {
                let more = match open.last_mut() {
                    None => return self.end(),
                    Some(Open::Object(keys)) => {
                        let more = self.key(&mut first)?;
                        if more {
                            keys.push(self.last.to_text());
                        }
                        more
                    }
                    Some(Open::Array(items)) => {
                        let more = self.item(&mut first)?;
                        *items += u32::from(more);
                        more
                    }
                };
                if more {
                    break;
                }
                if let Some(Open::Object(keys)) = open.pop() {
                    // As fast as `sort_unstable`, whose four algorithms would add 2 KB to a module.
                    let keys = BinaryHeap::from(keys).into_sorted_vec();
                    let mut told = None;
                    for pair in keys.windows(2) {
                        if let [key, other] = pair
                            && key == other
                            && told != Some(key)
                        {
                            told = Some(key);
                            repeated_at(&open, key, issues);
                        }
                    }
                }
                first = false;
            }
            value = self.value()?;
        }
    }

    fn digits(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start {
            Ok(())
        } else {
            Err(Malformed)
        }
    }

    fn number(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        let raw = self.since(start);
        // It is written in ASCII, so bytes are code points.
        let length = u32::try_from(raw.len()).unwrap_or(u32::MAX);
        self.last = Text {
            raw,
            length,
            ..Text::default()
        };
        Ok(())
    }

    fn text(&mut self) -> Result<(), Malformed> {
        self.at += 1;
        let start = self.at;
        let mut length = 0;
        let (mut escaped, mut broken) = (false, false);
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
            let plain = count_plain(rest);
            self.at += plain;
            length += plain;
            match self.peek() {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    length += 1;
                    broken |= self.escape()?;
                }
                0..=0x1f => return Err(Malformed),
                byte => {
                    // The continuation bytes of UTF-8 begin no character.
                    length += usize::from(byte & 0xc0 != 0x80);
                    self.at += 1;
                }
            }
        }
        let raw = self.since(start);
        self.at += 1;
        self.last = Text {
            raw,
            length: u32::try_from(length).unwrap_or(u32::MAX),
            escaped,
            broken,
            ..Text::default()
        };
        Ok(())
    }

    /// Skips one escape; a surrogate pair is one. Returns whether it is half of such a pair.
    fn escape(&mut self) -> Result<bool, Malformed> {
        self.at += 1;
        match self.peek() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                let unit = self.unit()?;
                let after = self.at;
                let pair = unit >> 10 == HIGH
                    && self.takes(b'\\')
                    && self.peek() == b'u'
                    && self.unit().is_ok_and(|low| low >> 10 == LOW);
                if !pair {
                    self.at = after;
                    return Ok(matches!(unit >> 10, HIGH | LOW));
                }
            }
            _ => return Err(Malformed),
        }
        Ok(false)
    }

    /// Reads `uXXXX`.
    fn unit(&mut self) -> Result<u32, Malformed> {
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            let digit = char::from(self.peek()).to_digit(16).ok_or(Malformed)?;
            unit = unit << 4 | digit;
        }
        self.at += 1;
        Ok(unit)
    }
}

impl<'a> Source<'a> for Scanner<'a> {
    fn value(&mut self) -> Result<Value, Malformed> {
        Scanner::value(self)
    }

    fn key(&mut self, first: &mut bool) -> Result<bool, Malformed> {
        Scanner::key(self, first)
    }

    fn row(&self, fields: &'static [Field]) -> Option<usize> {
        row_of(fields, &Self::read(self.last))
    }

    fn item(&mut self, first: &mut bool) -> Result<bool, Malformed> {
        Scanner::item(self, first)
    }

    fn skip(&mut self, value: Value) -> Result<(), Malformed> {
        Scanner::skip(self, value)
    }

    fn end(&mut self) -> Result<(), Malformed> {
        Scanner::end(self)
    }

    fn last(&self) -> Text<'a> {
        self.last
    }

    fn read(text: Text<'a>) -> Cow<'a, str> {
        if text.escaped {
            Cow::Owned(text.to_text())
        } else {
            Cow::Borrowed(text.raw)
        }
    }
}

/// Reports a key that appears more than once in the object that `open` leads to.
fn repeated_at(open: &[Open], key: &str, issues: &mut Vec<Issue>) {
    let before = issues.len();
    Report::issue(issues, &[NONE; 2], Sentence::Twice, &[NONE; 3]);
    // Beyond the limit only the number grows.
    if let Some(issue) = issues.get_mut(before)
        && before < MAX_ISSUES
    {
        let steps = open.iter().map(|open| match open {
            Open::Object(keys) => Segment::Name(keys.last().cloned().unwrap_or_default()),
            Open::Array(items) => Segment::Index(items.saturating_sub(1)),
        });
        issue.path = steps.chain([Segment::Name(key.into())]).collect();
    }
}

/// Counts the bytes at the start of a text that are ASCII and need no escape in a JSON string: eight at a
/// time, because most of every text is read here.
fn count_plain(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        // The upper bit of a byte is set if it is the one sought, or below the least allowed.
        let is = |byte: u8| (word ^ (ONES * u64::from(byte))).wrapping_sub(ONES);
        let found = word | is(b'"') | is(b'\\') | word.wrapping_sub(ONES * 0x20);
        if found & (ONES << 7) != 0 {
            break;
        }
        rest = after;
    }
    bytes.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{push_number, push_text};
    use proptest::prelude::*;

    fn accepts(text: &str) -> bool {
        let mut scanner = Scanner::new(text);
        scanner
            .value()
            .and_then(|value| scanner.skip(value))
            .and_then(|()| scanner.end())
            .is_ok()
    }

    fn text(json: &str) -> Text<'_> {
        let mut scanner = Scanner::new(json);
        assert_eq!(scanner.value(), Ok(Value::Text));
        scanner.last()
    }

    #[test]
    fn lengths_count_code_points() {
        for (json, length) in [
            (r#""""#, 0),
            (r#""abc""#, 3),
            ("\"\u{e9}\"", 1),
            ("\"e\u{301}\"", 2),
            ("\"\u{1f600}\"", 1),
            (r#""\ud83d\ude00""#, 1),
            (r#""\ud83d""#, 1),
            (r#""\ud83d\ud83d\ude00""#, 2),
            (r#""\ude00\ud83d""#, 2),
            (r#""\ud83d\n""#, 2),
            (r#""\"\\\/\b\f\n\r\t\u0041""#, 9),
        ] {
            assert_eq!(text(json).length, length, "{json}");
        }
    }

    #[test]
    fn escapes_are_read_and_half_a_pair_becomes_the_replacement_character() {
        assert_eq!(
            text(r#""\"\\\/\b\f\n\r\t\u0041\u00e9""#).to_text(),
            "\"\\/\u{8}\u{c}\n\r\tA\u{e9}"
        );
        assert_eq!(text(r#""\ud83d\ude00""#).to_text(), "\u{1f600}");
        assert_eq!(text(r#""\ud83dx\ude00""#).to_text(), "\u{fffd}x\u{fffd}");
        assert_eq!(text(r#""\ud83d\u0041""#).to_text(), "\u{fffd}A");
    }

    #[test]
    fn keys_and_items_come_one_at_a_time() -> Result<(), Malformed> {
        let mut scanner = Scanner::new(r#" { "a" : [ 1 , true ] , "\u0062" : null } "#);
        let mut first = true;
        assert_eq!(scanner.value()?, Value::Object);
        assert!(scanner.key(&mut first)? && scanner.last().is("a"));
        assert_eq!(scanner.value()?, Value::Array);
        let mut first_item = true;
        assert!(scanner.item(&mut first_item)?);
        assert_eq!(scanner.value()?, Value::Number);
        assert_eq!(scanner.last().raw, "1");
        assert!(scanner.item(&mut first_item)?);
        assert_eq!(scanner.value()?, Value::Boolean);
        assert!(!scanner.item(&mut first_item)?);
        assert!(scanner.key(&mut first)? && scanner.last().is("b"));
        assert_eq!(scanner.value()?, Value::Null);
        assert!(!scanner.key(&mut first)?);
        scanner.end()
    }

    #[test]
    fn an_empty_object_or_list_may_be_followed_by_more() {
        for text in ["[[],1]", "[{},1]", r#"{"a":[],"b":{},"c":[[],[[]],0]}"#] {
            assert!(accepts(text), "{text}");
        }
        for text in ["[[]1]", "[[],]", "[,[]]", r#"{"a":[]"b":1}"#] {
            assert!(!accepts(text), "{text}");
        }
    }

    #[test]
    fn a_key_that_appears_twice_is_found_at_any_depth() {
        let found = |json: &str| -> Vec<String> {
            let dotted = |issue: &Issue| {
                let steps = issue.path.iter().map(|step| match step {
                    Segment::Name(name) => name.clone(),
                    Segment::Index(index) => index.to_string(),
                });
                steps.collect::<Vec<_>>().join(".")
            };
            repeated_keys(json).iter().map(dotted).collect()
        };
        for json in [
            "{}",
            "[]",
            "1",
            r#"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}"#,
            r#"{"a":1,"A":1,"":1}"#,
        ] {
            assert_eq!(found(json), [""; 0], "{json}");
        }
        for (json, paths) in [
            (r#"{"a":1,"a":1}"#, &["a"][..]),
            (r#"{"a":1,"\u0061":1}"#, &["a"]),
            (r#"{"":1,"":1}"#, &[""]),
            (r#"{"a":1,"b":2,"a":1,"a":3,"b":4}"#, &["a", "b"]),
            (r#"{"x":[1,{"y":{"a":1,"b":[],"a":1}}]}"#, &["x.1.y.a"]),
            (r#"[[],[{"a":1,"a":1}],{"a":1,"a":1}]"#, &["1.0.a", "2.a"]),
            (r#"{"a":{"b":1,"b":1},"a":1}"#, &["a.b", "a"]),
        ] {
            assert_eq!(found(json), paths, "{json}");
        }
        let issues = repeated_keys(r#"{"a":1,"a":1}"#);
        assert_eq!(issues[0].message, "Must appear only once");
        for json in [
            "",
            "{",
            r#"{"a":1,"a":1"#,
            r#"{"a":1,"a":1} x"#,
            &"[".repeat(65),
        ] {
            assert_eq!(found(json), [""], "{json}");
            assert_eq!(
                repeated_keys(json)[0].message,
                "Must be valid JSON, nested at most 64 levels deep"
            );
        }
        assert_eq!(found(&("[".repeat(64) + &"]".repeat(64))), [""; 0]);
        let many: Vec<_> = (0..30_000)
            .map(|key| format!("\"{}\":1", key % 29_000))
            .collect();
        let issues = repeated_keys(&format!("{{{}}}", many.join(",")));
        assert_eq!(issues.len(), MAX_ISSUES + 1);
        assert_eq!(
            issues[MAX_ISSUES].message,
            "Issues that are not listed here: 900"
        );
        assert_eq!(issues[MAX_ISSUES].path, []);
    }

    #[test]
    fn nesting_ends_at_its_limit() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(accepts(&nested(MAX_DEPTH as usize)));
        assert!(!accepts(&nested(MAX_DEPTH as usize + 1)));
        assert!(!accepts(&"[".repeat(1_000_000)));
    }

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 1, 9, 10, 99, 100, 255, 1000, 4_294_967_295] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, number.to_string());
        }
    }

    proptest! {
        #[test]
        fn accepts_what_serde_json_accepts(text in r#"[\[\]{}",:\\ntrfalsu0-9eE.+\- \n]{0,24}"#) {
            prop_assert_eq!(accepts(&text), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }

        #[test]
        fn any_text_is_written_and_read_back(content in any::<String>()) {
            let mut json = String::new();
            push_text(&mut json, &content);
            prop_assert_eq!(&serde_json::from_str::<String>(&json).unwrap(), &content);
            prop_assert_eq!(text(&json).to_text(), content.as_str());
            prop_assert_eq!(text(&json).length as usize, content.chars().count());
        }

        #[test]
        fn no_text_panics_the_scanner(text in any::<String>()) {
            let _ = accepts(&text);
        }

        #[test]
        fn broken_json_never_panics(bytes in prop::collection::vec(prop::sample::select(br#"[]{}",:\utrfn019eE.- "#.to_vec()), 0..200)) {
            let text: String = bytes.iter().map(|byte| char::from(*byte)).collect::<Vec<_>>().iter().collect();
            let _ = accepts(&text);
        }
    }
}
