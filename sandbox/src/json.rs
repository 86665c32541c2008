//! JSON values that keep the order of their fields and the digits of their numbers.
//!
//! The scanner and the string writer are the core's. `serde_json` would do the same for 14 KB of WebAssembly.

use collins_customers::rules::json::{MAX_DEPTH, Scanner};
use collins_customers::rules::source::{Malformed, Value};
use collins_customers::text::{push_number, push_text};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, with its digits as written.
    Number(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object, its fields in the order of the text.
    Object(Fields),
}

/// The fields of an object: names and values.
pub type Fields = Vec<(String, Json)>;

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

/// Reads a JSON text.
///
/// # Errors
/// The text is not JSON, nests deeper than [`MAX_DEPTH`], or repeats a field.
pub fn read(text: &str) -> Result<Json, Unreadable> {
    let mut scanner = Scanner::new(text);
    let json = value(&mut scanner, MAX_DEPTH)?;
    scanner.end()?;
    Ok(json)
}

fn value(scanner: &mut Scanner, depth: u32) -> Result<Json, Unreadable> {
    Ok(match scanner.value()? {
        Value::Text => Json::Text(scanner.last().to_text()),
        Value::Number => Json::Number(scanner.last().raw.into()),
        Value::Boolean => Json::Boolean(scanner.last().raw == "true"),
        Value::Array if depth > 0 => {
            let (mut items, mut first) = (Vec::new(), true);
            while scanner.item(&mut first)? {
                items.push(value(scanner, depth - 1)?);
            }
            Json::List(items)
        }
        Value::Object if depth > 0 => {
            let (mut fields, mut first) = (Fields::new(), true);
            while scanner.key(&mut first)? {
                let name = scanner.last().to_text();
                if get(&fields, &name).is_some() {
                    return Err(Unreadable::Repeated);
                }
                fields.push((name, value(scanner, depth - 1)?));
            }
            Json::Object(fields)
        }
        Value::Null => Json::Null,
        _ => return Err(Unreadable::Malformed),
    })
}

/// Returns the value of a field.
#[must_use]
#[inline(never)]
pub fn get<'f>(fields: &'f Fields, name: &str) -> Option<&'f Json> {
    let field = fields.iter().find(|(other, _)| other == name);
    field.map(|(_, value)| value)
}

/// Makes a field.
#[must_use]
#[inline(never)]
pub fn field(name: &str, value: Json) -> (String, Json) {
    (name.into(), value)
}

/// Replaces a field in place, or adds it at the end.
pub fn set(fields: &mut Fields, name: &str, value: Json) {
    match fields.iter_mut().find(|(other, _)| other == name) {
        Some((_, old)) => *old = value,
        None => fields.push(field(name, value)),
    }
}

impl Json {
    /// A string.
    #[must_use]
    #[inline(never)]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A whole number.
    #[must_use]
    #[inline(never)]
    pub fn number(number: u32) -> Self {
        let mut digits = String::new();
        push_number(&mut digits, number);
        Self::Number(digits)
    }

    /// Returns the string, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the items; none if it is not a list.
    #[must_use]
    pub fn items(&self) -> &[Json] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the value of a field, if it is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(fields) => get(fields, name),
            _ => None,
        }
    }

    /// Writes the value as JSON text.
    pub fn push_to(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Boolean(true) => text.push_str("true"),
            Self::Boolean(false) => text.push_str("false"),
            Self::Number(digits) => text.push_str(digits),
            Self::Text(content) => push_text(text, content),
            Self::List(items) => {
                text.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        text.push(',');
                    }
                    item.push_to(text);
                }
                text.push(']');
            }
            Self::Object(fields) => {
                text.push('{');
                for (position, (name, value)) in fields.iter().enumerate() {
                    if position > 0 {
                        text.push(',');
                    }
                    push_text(text, name);
                    text.push(':');
                    value.push_to(text);
                }
                text.push('}');
            }
        }
    }

    /// Returns the value as JSON text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.push_to(&mut text);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, Unreadable, read};

    #[test]
    fn reading_and_writing_keep_the_text() {
        let text = r#"{"b":[1,-0.50,1e3,true,false,null],"a":{"":"\u0000\"\\é🎉"},"c":[[],{}]}"#;
        assert_eq!(read(text).map(|json| json.to_text()).as_deref(), Ok(text));
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
        assert_eq!(read("1 2").map(|_| ()), Err(Unreadable::Malformed));
        assert_eq!(
            read("1").map(|json| json == Json::Number("1".into())),
            Ok(true)
        );
    }
}
