//! Keys that an object names twice: of two parsers one takes the first, another the last, and what was checked
//! would not be what is written.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use collins_customers::rules::Segment;
use collins_customers::rules::json::{MAX_DEPTH, Scanner};
use collins_customers::rules::source::{Malformed, Text, Value};

/// An object or a list that is being read.
struct Level<'a> {
    first: bool,
    /// The keys so far; `None` in a list.
    keys: Option<BTreeSet<Cow<'a, str>>>,
    /// The key or the position of the value that is being read.
    here: Segment,
}

/// The path of the first key, at any depth, that an object names twice.
///
/// # Errors
/// Where the text is not JSON or nests too deeply.
pub fn find(text: &str) -> Result<Option<Vec<Segment>>, Malformed> {
    let mut scanner = Scanner::new(text);
    let mut levels: Vec<Level> = Vec::new();
    let mut value = scanner.value()?;
    loop {
        if matches!(value, Value::Object | Value::Array) {
            if levels.len() >= MAX_DEPTH as usize {
                return Err(Malformed);
            }
            levels.push(Level {
                first: true,
                keys: matches!(value, Value::Object).then(BTreeSet::new),
                here: Segment::Index(0),
            });
        }
        // To the next value, out of all brackets that close here.
        loop {
            let Some(level) = levels.last_mut() else {
                return scanner.end().map(|()| None);
            };
            if let Some(keys) = &mut level.keys {
                if scanner.key(&mut level.first)? {
                    let key = name(scanner.last());
                    let is_new = keys.insert(key.clone());
                    level.here = Segment::Name(key.into_owned());
                    if !is_new {
                        let path = levels.into_iter().map(|level| level.here);
                        return Ok(Some(path.collect()));
                    }
                    break;
                }
            } else {
                let was_first = level.first;
                if scanner.item(&mut level.first)? {
                    if let (false, Segment::Index(index)) = (was_first, &mut level.here) {
                        *index += 1;
                    }
                    break;
                }
            }
            levels.pop();
        }
        value = scanner.value()?;
    }
}

/// Two spellings of one key are one key.
fn name(text: Text<'_>) -> Cow<'_, str> {
    if text.escaped {
        Cow::Owned(text.to_text())
    } else {
        Cow::Borrowed(text.raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};
    use proptest::prelude::*;

    fn dotted(text: &str) -> Result<Option<String>, Malformed> {
        let path = find(text)?;
        Ok(path.map(|path| {
            let segments: Vec<String> = path
                .iter()
                .map(|segment| match segment {
                    Segment::Name(name) => name.clone(),
                    Segment::Index(index) => index.to_string(),
                })
                .collect();
            segments.join(".")
        }))
    }

    #[test]
    fn a_key_that_comes_twice_is_found_at_every_depth() {
        for (text, path) in [
            (r#"{"a":1,"a":2}"#, "a"),
            (r#"{"a":1,"\u0061":2}"#, "a"),
            (r#"{"a":{"b":1,"c":2,"b":3}}"#, "a.b"),
            (r#"{"a":[{"b":1},0,{"b":1,"b":2}]}"#, "a.2.b"),
            (r#"[[[{"x":{"x":{"x":1,"x":1}}}]]]"#, "0.0.0.x.x.x"),
            (r#"{"__proto__":1,"__proto__":2}"#, "__proto__"),
            (r#"{"":1,"":2}"#, ""),
            (r#"{"a":{},"b":[],"a":[]}"#, "a"),
        ] {
            assert_eq!(dotted(text), Ok(Some(path.to_string())), "{text}");
        }
    }

    #[test]
    fn the_same_key_in_two_objects_is_no_duplicate() {
        for text in [
            r#"{"a":{"a":{"a":1}}}"#,
            r#"[{"a":1},{"a":1}]"#,
            r#"{"a":1,"A":2,"a ":3}"#,
            "{}",
            "1",
            r#"{"b":{"x":1},"a":{"x":1}}"#,
        ] {
            assert_eq!(dotted(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn nesting_ends_where_the_scanner_ends_it() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(find(&nested(MAX_DEPTH as usize)), Ok(None));
        assert_eq!(find(&nested(MAX_DEPTH as usize + 1)), Err(Malformed));
        assert_eq!(find(&r#"{"a":"#.repeat(10_000)), Err(Malformed));
    }

    proptest! {
        #[test]
        fn text_is_json_to_both_readers(text in r#"[\[\]{}",:\\ntrfalsu0-9eE.+\- \n]{0,24}"#) {
            let ours = find(&text).is_ok_and(|found| found.is_none());
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            // What is refused beyond JSON is a key that comes twice.
            prop_assert!(!ours || theirs.is_ok());
            prop_assert_eq!(find(&text).is_err(), theirs.is_err());
        }

        /// Read and written by another reader, which keeps the last of two keys, a text without duplicates
        /// has as many keys as before.
        #[test]
        fn no_duplicate_goes_unseen(keys in prop::collection::vec("[ab]{0,2}", 0..6)) {
            let text = alloc::format!(
                "[{{{}}}]",
                keys.iter().map(|key| alloc::format!("{key:?}:0")).collect::<Vec<_>>().join(",")
            );
            let read: serde_json::Value = serde_json::from_str(&text).unwrap();
            let distinct = read[0].as_object().unwrap().len();
            prop_assert_eq!(find(&text), if distinct == keys.len() { Ok(None) } else { find(&text) });
            prop_assert_eq!(matches!(find(&text), Ok(Some(_))), distinct < keys.len());
        }
    }
}
