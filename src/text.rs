//! Pieces of text, decimal digits, JSON escapes and percent-encoding, for all other modules. It works on bytes, because
//! the searchers of `str` and `core::fmt` would add several KB to the WebAssembly module.
//!
//! ```
//! use collins_customers::text::{decode, push_encoded};
//!
//! let mut query = String::new();
//! push_encoded(&mut query, "Café & Bar");
//! assert_eq!(query, "Caf%C3%A9%20%26%20Bar");
//! assert_eq!(decode(&query).as_deref(), Some("Café & Bar"));
//! ```

/// The string that a text between quotes represents. Half a surrogate pair becomes U+FFFD, as it does everywhere on
/// the web platform when a string leaves JavaScript.
#[must_use]
pub fn unescape(raw: &str) -> String {
    let mut text = String::new();
    let mut rest = raw;
    while let Some((plain, escape)) = split_at_byte(rest, b'\\') {
        text.push_str(plain);
        let mut characters = escape.chars();
        text.push(match characters.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let unit = hex4(&mut characters);
                let mut ahead = characters.clone();
                let low = if unit >> 10 == HIGH
                    && ahead.next() == Some('\\')
                    && ahead.next() == Some('u')
                {
                    hex4(&mut ahead)
                } else {
                    0
                };
                let code_point = if low >> 10 == LOW {
                    characters = ahead;
                    0x1_0000 + ((unit & 0x3ff) << 10 | low & 0x3ff)
                } else {
                    unit
                };
                char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            Some(other) => other,
            None => break,
        });
        rest = characters.as_str();
    }
    text.push_str(rest);
    text
}

/// The upper six bits of the first half of a surrogate pair.
pub(crate) const HIGH: u32 = 0xd800 >> 10;
/// The upper six bits of the second half.
pub(crate) const LOW: u32 = 0xdc00 >> 10;

/// Reads up to four hexadecimal digits; the scanner has made sure that there are four.
fn hex4(characters: &mut core::str::Chars) -> u32 {
    let mut unit = 0;
    for _ in 0..4 {
        let digit = characters
            .next()
            .and_then(|character| character.to_digit(16));
        unit = unit << 4 | digit.unwrap_or(0);
    }
    unit
}

/// The text before the first of this ASCII character, and the text after it. `str::split_once` would link
/// a general search for substrings.
#[must_use]
pub fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|other| other == byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Splits a text at an ASCII character.
pub fn pieces(text: &str, byte: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (piece, after) = match split_at_byte(text, byte) {
            Some((piece, after)) => (piece, Some(after)),
            None => (text, None),
        };
        rest = after;
        Some(piece)
    })
}

/// Writes `text` as a JSON string, with its quotes.
pub fn push_text(json: &mut String, text: &str) {
    json.push('"');
    push_escaped(json, text);
    json.push('"');
}

/// Writes a part of a JSON string.
pub fn push_escaped(json: &mut String, text: &str) {
    for character in text.chars() {
        if character < ' ' {
            json.push_str("\\u00");
            json.push(hexadecimal(character as u32 >> 4));
            json.push(hexadecimal(character as u32));
            continue;
        }
        if matches!(character, '"' | '\\') {
            json.push('\\');
        }
        json.push(character);
    }
}

/// Writes a whole number in decimal. `core::fmt` would do the same with ten times the code.
pub fn push_number(text: &mut String, number: u32) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(hexadecimal(number % 10));
}

/// The digit for a number from 0 to 15.
#[must_use]
pub fn hexadecimal(digit: u32) -> char {
    char::from_digit(digit & 15, 16).unwrap_or('0')
}

/// Reads a whole number in decimal, of digits only.
#[must_use]
pub fn whole(text: &str) -> Option<u32> {
    let number = text.bytes().try_fold(0_u32, |number, byte| {
        number
            .checked_mul(10)?
            .checked_add(char::from(byte).to_digit(10)?)
    });
    number.filter(|_| !text.is_empty())
}

/// Returns whether a text consists of digits, at least one.
#[must_use]
pub fn is_all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A whole number, as far as the rules need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integer {
    /// The number itself.
    Amount(u32),
    /// It is below 0, or too large.
    Beyond,
}

/// Reads a JSON number that is whole, however it is written: `10`, `10.0`, `1e1`. `None` for a fraction.
#[must_use]
pub fn integer(number: &str) -> Option<Integer> {
    let mut amount = Some(0);
    // Zeros at the end have the effect of an exponent.
    let (mut zeros, mut decimals, mut exponent) = (0, 0, 0);
    let (mut in_decimals, mut in_exponent, mut is_small) = (0, false, false);
    for byte in number.bytes() {
        let digit = i32::from(byte.wrapping_sub(b'0'));
        match byte {
            b'0'..=b'9' if in_exponent => {
                // A larger exponent would make no difference for any text.
                exponent = i32::min(exponent * 10 + digit, MAX_EXPONENT);
            }
            b'0' => {
                zeros += 1;
                decimals += in_decimals;
            }
            b'1'..=b'9' => {
                amount = shift(amount, zeros + 1)
                    .and_then(|amount| amount.checked_add(digit.unsigned_abs()));
                zeros = 0;
                decimals += in_decimals;
            }
            b'.' => in_decimals = 1,
            b'-' => is_small = in_exponent,
            b'+' => {}
            _ => in_exponent = true,
        }
    }
    if is_small {
        exponent = -exponent;
    }
    let places = zeros - decimals + exponent;
    if amount == Some(0) {
        return Some(Integer::Amount(0));
    }
    if places < 0 {
        return None;
    }
    let amount = shift(amount, places).filter(|_| !number.starts_with('-'));
    Some(amount.map_or(Integer::Beyond, Integer::Amount))
}

const MAX_EXPONENT: i32 = 100_000_000;

/// Appends `places` zeros to a number.
fn shift(amount: Option<u32>, places: i32) -> Option<u32> {
    // Zero stays zero, and any other number is too large after ten of them.
    (0..places.min(10)).try_fold(amount?, |amount, _| amount.checked_mul(10))
}

/// Percent-encodes all but the unreserved characters of RFC 3986, which no URL parser changes.
pub fn push_encoded(query: &mut String, text: &str) {
    // Most of a text needs no encoding, and is written in one go.
    let mut begin = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            continue;
        }
        // All bytes of a character are encoded, so a range never begins inside one.
        query.push_str(text.get(begin..at).unwrap_or(""));
        query.push('%');
        query.push(hexadecimal(u32::from(byte >> 4)).to_ascii_uppercase());
        query.push(hexadecimal(u32::from(byte)).to_ascii_uppercase());
        begin = at + 1;
    }
    query.push_str(text.get(begin..).unwrap_or(""));
}

/// Reads percent-encoded text of a query; `None` if it is not UTF-8. A `+` is a space, as PHP reads it
/// \[assumed\]; a space is never sent as `+`.
#[must_use]
pub fn decode(text: &str) -> Option<String> {
    decode_with(text, b' ')
}

/// Reads a percent-encoded segment of a path, in which a `+` is a plus; `None` if it is not UTF-8.
#[must_use]
pub fn decode_segment(text: &str) -> Option<String> {
    decode_with(text, b'+')
}

fn decode_with(text: &str, plus: u8) -> Option<String> {
    let mut decoded = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'+' => plus,
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            other => other,
        };
        // `push` would link another way to grow a list.
        decoded.extend_from_slice(&[byte]);
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_may_be_written_in_many_ways() {
        for (text, number) in [
            ("0", Some(Integer::Amount(0))),
            ("-0", Some(Integer::Amount(0))),
            ("0.000e-99999999999999999999", Some(Integer::Amount(0))),
            ("10", Some(Integer::Amount(10))),
            ("10.0", Some(Integer::Amount(10))),
            ("1e1", Some(Integer::Amount(10))),
            ("1E+1", Some(Integer::Amount(10))),
            ("100e-1", Some(Integer::Amount(10))),
            ("0.0010e4", Some(Integer::Amount(10))),
            ("1002003", Some(Integer::Amount(1_002_003))),
            ("4294967295", Some(Integer::Amount(u32::MAX))),
            ("4294967296", Some(Integer::Beyond)),
            ("-1", Some(Integer::Beyond)),
            ("1e21", Some(Integer::Beyond)),
            ("1.5e300", Some(Integer::Beyond)),
            ("1e99999999999999999999", Some(Integer::Beyond)),
            ("1.5", None),
            ("-0.5", None),
            ("1e-7", None),
            ("1e-99999999999999999999", None),
            ("123456789012.5", None),
        ] {
            assert_eq!(integer(text), number, "{text}");
        }
    }
}
