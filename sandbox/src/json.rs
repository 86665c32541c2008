//! JSON as text in one form: no white space, each string escaped in one way, numbers with the digits that were written.
//!
//! What the service reads is brought into this form ([`read`]), and what it writes has it: values are equal if their
//! texts are, and a value is a slice of the text around it. Trees of values would do the same for 4 KB more of
//! WebAssembly, and `serde_json` for 14 KB.

use collins_customers::rules::json::{MAX_DEPTH, Scanner};
use collins_customers::rules::source::{Malformed, Value};
use collins_customers::text::{push_text, unescape};

/// The reason a text cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not JSON, or nests too deeply.
    Malformed,
    /// An object repeats a field: two readers may take different ones.
    Repeated,
}

impl From<Malformed> for Unreadable {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// Brings a JSON text into the one form.
///
/// # Errors
/// The text is not JSON, nests deeper than [`MAX_DEPTH`], or repeats a field.
pub fn read(text: &str) -> Result<String, Unreadable> {
    let mut scanner = Scanner::new(text);
    let mut json = String::new();
    value(&mut scanner, MAX_DEPTH, &mut json)?;
    scanner.end()?;
    Ok(json)
}

fn value(scanner: &mut Scanner, depth: u32, json: &mut String) -> Result<(), Unreadable> {
    let found = scanner.value()?;
    let (close, is_object) = match found {
        Value::Text => {
            push_text(json, &scanner.last().to_text());
            return Ok(());
        }
        Value::Object => ('}', true),
        Value::Array => (']', false),
        _ => {
            json.push_str(if found == Value::Null {
                "null"
            } else {
                scanner.last().raw
            });
            return Ok(());
        }
    };
    if depth == 0 {
        return Err(Unreadable::Malformed);
    }
    let (mut names, mut first) = (Places::default(), true);
    json.push_str(scanner.last().raw);
    loop {
        let more = if is_object {
            scanner.key(&mut first)?
        } else {
            scanner.item(&mut first)?
        };
        if !more {
            break;
        }
        comma(json);
        if is_object {
            let name = scanner.last().to_text();
            if names.of(&name, json.len()) < json.len() {
                return Err(Unreadable::Repeated);
            }
            push_text(json, &name);
            json.push(':');
        }
        value(scanner, depth - 1, json)?;
    }
    json.push(close);
    Ok(())
}

/// The places of names. They are sorted: a body has room for a hundred thousand, too many to compare each with all.
#[derive(Default)]
pub struct Places(Vec<(String, usize)>);

impl Places {
    /// Returns the place of a name: the one that it was given before, or else this one.
    pub fn of(&mut self, name: &str, place: usize) -> usize {
        let order = |(other, _): &(String, usize)| other.as_str().cmp(name);
        match self.0.binary_search_by(order) {
            Ok(rank) => self.0.get(rank).map_or(place, |(_, place)| *place),
            Err(rank) => {
                self.0.insert(rank, (name.into(), place));
                place
            }
        }
    }
}

/// Iterates over the items of a list, or over the fields of an object, each as text; over nothing if it is neither.
pub fn parts(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = match json.bytes().next() {
        Some(b'[' | b'{') => json.get(1..).unwrap_or_default(),
        _ => "",
    };
    core::iter::from_fn(move || {
        let (part, after) = split(rest, b',');
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// Iterates over the names and values of an object.
pub fn fields(json: &str) -> impl Iterator<Item = (&str, &str)> {
    let object = if json.starts_with('{') { json } else { "" };
    parts(object).map(|field| {
        let (name, value) = split(field, b':');
        (unquoted(name).unwrap_or_default(), value)
    })
}

/// Splits a text at this byte, if it is outside of all strings and brackets; otherwise at the end of the list or object.
#[must_use]
pub fn split(json: &str, separator: u8) -> (&str, &str) {
    let (mut depth, mut quoted, mut at) = (0, false, 0);
    // Not an iterator: built for size, each of its steps would be a call.
    while let Some(byte) = json.as_bytes().get(at) {
        match byte {
            b'"' => quoted = !quoted,
            b'\\' => at += 1,
            _ if quoted => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth > 0 => depth -= 1,
            b']' | b'}' => return (json.get(..at).unwrap_or_default(), ""),
            _ if *byte == separator && depth == 0 => {
                let [part, after] = [json.get(..at), json.get(at + 1..)];
                return (part.unwrap_or_default(), after.unwrap_or_default());
            }
            _ => {}
        }
        at += 1;
    }
    (json, "")
}

/// Returns the value of a field of an object.
#[must_use]
pub fn get<'j>(json: &'j str, name: &str) -> Option<&'j str> {
    for (other, value) in fields(json) {
        if other == name {
            return Some(value);
        }
    }
    None
}

/// The object with this field replaced in place, or added at the end. Without a value the field is left out.
#[must_use]
pub fn set(object: &str, name: &str, value: &str) -> String {
    let mut json = String::from("{");
    let mut put = |name, value: &str| {
        if !value.is_empty() {
            comma(&mut json);
            json.push('"');
            json.push_str(name);
            json.push_str("\":");
            json.push_str(value);
        }
    };
    let mut is_new = true;
    for (other, old) in fields(object) {
        let is_this = other == name;
        is_new &= !is_this;
        put(other, if is_this { value } else { old });
    }
    if is_new {
        put(name, value);
    }
    json.push('}');
    json
}

/// Writes a comma, unless an object or a list just began.
pub fn comma(json: &mut String) {
    if !matches!(json.bytes().last(), Some(b'[' | b'{')) {
        json.push(',');
    }
}

/// Writes a string.
#[must_use]
pub fn string(text: &str) -> String {
    let mut json = String::new();
    push_text(&mut json, text);
    json
}

fn unquoted(json: &str) -> Option<&str> {
    json.strip_prefix('"')?.strip_suffix('"')
}

/// Reads a string; `None` if the value is not one.
#[must_use]
pub fn text(json: &str) -> Option<String> {
    unquoted(json).map(unescape)
}

#[cfg(test)]
mod tests {
    use super::{Unreadable, fields, get, parts, read, set, text};

    #[test]
    fn texts_are_brought_into_one_form() {
        let form = r#"{"b":[1,-0.50,1e3,true,false,null],"a":{"":"\u0000\"\\é🎉"},"c":[[],{}]}"#;
        assert_eq!(read(form).as_deref(), Ok(form));
        let spelt = " {\"\\u0062\" :\t[1 , -0.50,1e3,true,false, null ],\n\"a\":{\"\":\"\\u0000\\u0022\\u005c\\u00e9\\ud83c\\udf89\"} , \"c\":[ [ ],{ }] }\r";
        assert_eq!(read(spelt).as_deref(), Ok(form));
    }

    #[test]
    fn values_are_slices_of_the_text() {
        let json = r#"{"a":"x,\"}]","b\"c":[1,{"d":[2,","]},"]"],"e":{},"f":[]}"#;
        let expected = [
            ("a", r#""x,\"}]""#),
            (r#"b\"c"#, r#"[1,{"d":[2,","]},"]"]"#),
            ("e", "{}"),
            ("f", "[]"),
        ];
        assert_eq!(fields(json).collect::<Vec<_>>(), expected);
        let items: Vec<&str> = parts(expected[1].1).collect();
        assert_eq!(items, ["1", r#"{"d":[2,","]}"#, r#""]""#]);
        assert_eq!(get(json, "e"), Some("{}"));
        assert_eq!(get(json, "g"), None);
        for without in ["{}", "[]", "null", "1", r#""[1]""#, "true"] {
            assert_eq!(parts(without).count(), 0, "{without}");
        }
        assert_eq!(fields(r#"["a"]"#).count(), 0);
        assert_eq!(text(r#""\u0000\"é""#).as_deref(), Some("\0\"é"));
        assert_eq!(text("1"), None);
    }

    #[test]
    fn a_field_is_replaced_in_place_or_added_at_the_end() {
        let object = r#"{"a":1,"b\"":[2]}"#;
        assert_eq!(set(object, "a", "3"), r#"{"a":3,"b\"":[2]}"#);
        assert_eq!(set(object, "c", "null"), r#"{"a":1,"b\"":[2],"c":null}"#);
        assert_eq!(set(object, "a", ""), r#"{"b\"":[2]}"#);
        assert_eq!(set("{}", "a", ""), "{}");
        assert_eq!(set("null", "a", "1"), r#"{"a":1}"#);
    }

    #[test]
    fn a_repeated_field_is_refused_at_every_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":1}"#,
            r#"[{"b":{"a":1,"c":2,"a":3}}]"#,
        ] {
            assert_eq!(read(text), Err(Unreadable::Repeated), "{text}");
        }
        assert!(read(r#"{"a":{"a":[{"a":1},{"a":2}]}}"#).is_ok());
    }

    #[test]
    fn nesting_is_limited_by_the_scanner() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(64)).is_ok());
        assert_eq!(read(&nested(65)), Err(Unreadable::Malformed));
        assert_eq!(read(&"[".repeat(1_000_000)), Err(Unreadable::Malformed));
        assert_eq!(read("1 2"), Err(Unreadable::Malformed));
        assert_eq!(read("1").as_deref(), Ok("1"));
    }
}
