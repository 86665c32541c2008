//! Files that this package exported: undoes the protection of their cells against spreadsheets.
//!
//! An export puts an apostrophe before each line of a cell that a spreadsheet would run as a formula, and a backslash
//! before a separator or an outer blank of the items of a list: see js/csv.js. In any other file an apostrophe is a
//! character of the value, so only files with the column [`SIGN`] are read like this. The sign is the name of a column
//! because a header survives: a spreadsheet that saves the file again changes the delimiter, the encoding, the
//! byte-order mark, the quotes and the line ends, but not the header.

use std::borrow::Cow;

use collins_customers::text::push_text;

/// The name of the last column of every exported file: `OTHER_FIELDS` in js/csv.js.
pub const SIGN: &str = "other_fields (collins-customers)";

/// The separator of the items of a list.
pub const SEPARATOR: u8 = b';';

/// The content of a cell without the apostrophes that an export added.
#[must_use]
pub fn undo(content: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if content.iter().all(|byte| *byte != b'\'') {
        return content;
    }
    let mut plain = Vec::with_capacity(content.len());
    let mut is_first = true;
    let mut begins = true;
    for (at, byte) in content.iter().enumerate() {
        let rest = content.get(at + 1..).unwrap_or_default();
        let is_guard = begins && *byte == b'\'' && would_run(rest, is_first);
        if !is_guard {
            plain.push(*byte);
        }
        is_first = false;
        begins = matches!(byte, b'\r' | b'\n');
    }
    Cow::Owned(plain)
}

/// Returns whether an export puts an apostrophe before this line.
fn would_run(line: &[u8], is_first: bool) -> bool {
    let mut past_quotes = line.iter().skip_while(|byte| **byte == b'\'');
    match past_quotes.find(|byte| **byte != b' ') {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t') => true,
        Some(b'\r' | b'\n') => is_first,
        _ => false,
    }
}

/// Writes the items of a list as JSON. A byte after a backslash belongs to its item, whatever it is; other blanks
/// around an item do not, because people add them.
pub fn push_list(json: &mut String, text: &str) {
    json.push('[');
    let mut item = Vec::new();
    let mut kept = 0;
    let mut bytes = text.bytes();
    loop {
        let byte = bytes.next();
        match byte {
            None | Some(SEPARATOR) => {
                item.truncate(kept);
                if kept > 0 {
                    if !json.ends_with('[') {
                        json.push(',');
                    }
                    // It was cut between characters.
                    push_text(json, str::from_utf8(&item).unwrap_or_default());
                }
                item.clear();
                kept = 0;
                if byte.is_none() {
                    break;
                }
            }
            Some(b' ' | b'\t' | b'\r' | b'\n') if item.is_empty() => {}
            Some(blank @ (b' ' | b'\t' | b'\r' | b'\n')) => item.push(blank),
            Some(b'\\') => {
                item.extend(bytes.next());
                kept = item.len();
            }
            Some(byte) => {
                item.push(byte);
                kept = item.len();
            }
        }
    }
    json.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn undone(text: &str) -> String {
        String::from_utf8(undo(Cow::Borrowed(text.as_bytes())).into_owned()).unwrap()
    }

    /// Does the same as js/csv.js.
    fn guarded(text: &str) -> String {
        let mut safe = String::new();
        let mut begins = true;
        for (at, character) in text.char_indices() {
            if begins {
                let rest = text[at..].trim_start_matches('\'').trim_start_matches(' ');
                let ends = if at == 0 { &['\r', '\n'][..] } else { &[] };
                if rest.starts_with(['=', '+', '-', '@', '\t']) || rest.starts_with(ends) {
                    safe.push('\'');
                }
            }
            safe.push(character);
            begins = matches!(character, '\r' | '\n');
        }
        safe
    }

    #[test]
    fn only_apostrophes_of_an_export_are_removed() {
        for (written, meant) in [
            ("'+44 20", "+44 20"),
            ("'=1", "=1"),
            ("' =1", " =1"),
            ("'\nx", "\nx"),
            ("a\n'-b\r\n'@c\r'\td", "a\n-b\r\n@c\r\td"),
            ("''+", "'+"),
            ("''' @", "'' @"),
            // These apostrophes are not ours.
            ("'tis", "'tis"),
            ("a'+b", "a'+b"),
            ("'", "'"),
            ("''", "''"),
            ("a\n'\nb", "a\n'\nb"),
            ("+44", "+44"),
        ] {
            assert_eq!(undone(written), meant, "{written:?}");
        }
    }

    #[test]
    fn items_of_a_list_are_divided_and_trimmed_except_after_a_backslash() {
        for (cell, expected) in [
            ("VIP", r#"["VIP"]"#),
            ("VIP; Regular ;", r#"["VIP","Regular"]"#),
            (r"a\;b;c\\", r#"["a;b","c\\"]"#),
            (r"\ a \ ; ;b,c", r#"[" a  ","b,c"]"#),
            (r"a\", r#"["a"]"#),
            ("", "[]"),
        ] {
            let mut json = String::new();
            push_list(&mut json, cell);
            assert_eq!(json, expected, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_made_safe_is_read_as_it_was(text in "[' =+@a\t\r\n-]{0,12}") {
            prop_assert_eq!(undone(&guarded(&text)), text);
        }
    }
}
