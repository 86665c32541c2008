//! The texts that `query` and `full_name` search.
//!
//! `query` may match any part of a word, so it scans the texts of all customers. A trigram index (FTS5) is faster, but
//! not for texts of one or two letters, and it has to be maintained. Measured over 10 000 customers in an optimised
//! build: 1 to 7 ms for a scan, 0.3 to 4 ms with the index, and 70 ms to build it. That does not justify a second
//! implementation.

use crate::letters::fold;

/// Ends each part of the search text. No folded text contains one.
const END: char = '\n';

/// The fields that are searched, in the order of the arguments below.
pub const PARTS: [&str; 5] = ["first_name", "last_name", "email", "company", "phone"];

/// The first and the last name, joined and folded.
#[must_use]
pub fn full_name(first: &str, last: &str) -> String {
    let mut name = String::from(first);
    name.push(' ');
    name.push_str(last);
    fold(&name)
}

/// The four parts that `query` searches, as one text: each begins after a line break and ends with one, so that "equals
/// a part" and "begins a part" are substring searches.
#[must_use]
pub fn text(full_name: &str, email: &str, company: &str, phone: &str) -> String {
    let mut text = String::from(END);
    for part in &[full_name, &fold(email), &fold(company), &digits(phone)] {
        text.push_str(part);
        text.push(END);
    }
    text
}

/// Returns the text to search for. A telephone number is found with any spacing.
#[must_use]
pub fn needle(query: &str) -> String {
    let punctuation = |byte| matches!(byte, b' ' | b'+' | b'-' | b'(' | b')' | b'.');
    let digits = digits(query);
    if digits.len() >= 3
        && query
            .bytes()
            .all(|byte| byte.is_ascii_digit() || punctuation(byte))
    {
        digits
    } else {
        fold(query)
    }
}

/// Returns the search texts from the most to the least relevant match: a whole part, the beginning of a part, the
/// beginning of a word. Any other match is inside a word.
#[must_use]
pub fn ranks(needle: &str) -> [String; 3] {
    let mut begins_part = String::from(END);
    begins_part.push_str(needle);
    let mut is_part = begins_part.clone();
    is_part.push(END);
    let mut begins_word = String::from(' ');
    begins_word.push_str(needle);
    [is_part, begins_part, begins_word]
}

/// Returns true if the text contains the needle. The standard library is faster for long texts, but costs 3 KB.
#[must_use]
pub fn contains(text: &str, needle: &str) -> bool {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let Some((first, rest)) = needle.split_first() else {
        return true;
    };
    let mut text = text;
    while let Some(at) = text.iter().position(|byte| byte == first) {
        let Some(after) = text.get(at + 1..) else {
            return false;
        };
        if after.starts_with(rest) {
            return true;
        }
        text = after;
    }
    false
}

fn digits(text: &str) -> String {
    let mut digits = String::new();
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
        }
    }
    digits
}
