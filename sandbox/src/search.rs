//! What `query` and `full_name` look at.
//!
//! `query` may mean any part of a word, so it looks through the texts of all customers. A trigram index
//! (FTS5) answers faster, but not texts of one or two letters, and it has to be kept. Measured over 10 000
//! customers in an optimised build: 1 to 7 ms for looking through, 0.3 to 4 ms by the index, and 70 ms to
//! build it. That is not worth a second way to the same answer.

use crate::letters::fold;

/// Ends each of the parts that are searched. No folded text holds one.
const END: char = '\n';

/// The first and the last name, folded.
#[must_use]
pub fn full_name(first: Option<&str>, last: Option<&str>) -> String {
    let mut name = String::from(first.unwrap_or_default());
    name.push(' ');
    name.push_str(last.unwrap_or_default());
    fold(&name)
}

/// The four parts that `query` looks at, as one text: each begins after an [`END`] and ends with one, so
/// that "is the same as a part" and "begins a part" are questions of finding a text.
#[must_use]
pub fn text(
    full_name: &str,
    email: Option<&str>,
    company: Option<&str>,
    phone: Option<&str>,
) -> String {
    let mut text = String::from(END);
    text.push_str(full_name);
    text.push(END);
    text.push_str(&fold(email.unwrap_or_default()));
    text.push(END);
    text.push_str(&fold(company.unwrap_or_default()));
    text.push(END);
    text.push_str(&digits(phone.unwrap_or_default()));
    text.push(END);
    text
}

/// The text to find for what was asked for. A telephone number is found however it is spaced.
#[must_use]
pub fn needle(query: &str) -> String {
    let punctuation = |byte| b" +-().".contains(&byte);
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

/// What is looked for, from the most to the least relevant: a part as a whole, the beginning of a part,
/// the beginning of a word. What is left is somewhere within a word.
#[must_use]
pub fn ranks(needle: &str) -> [String; 3] {
    let framed = |begin, end: &str| {
        let mut text = String::from(begin);
        text.push_str(needle);
        text.push_str(end);
        text
    };
    [framed(END, "\n"), framed(END, ""), framed(' ', "")]
}

/// Whether a text holds another one. The standard library's searcher is faster in long texts, and costs 3 KB.
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
    text.chars().filter(char::is_ascii_digit).collect()
}
