//! What counts as an email address.
//!
//! The rule is the `Mailbox` of RFC 5321, section 4.1.2: what one mail server says to another, and so
//! exactly what some server might take. It is stricter than the RFC 5322 of message headers (no
//! comments, no folding white space) and wider than the patterns of most validators: apostrophes,
//! plus tags, quoted local parts and address literals belong to it. RFC 6531 adds letters beyond ASCII.
//!
//! Three rules of today's mail are added, each refusing only what no server takes:
//! a domain has at least two labels (ICANN forbids mail to a bare top-level domain), the last label is
//! not all digits (RFC 3696), and invisible or blank characters beyond ASCII are not letters.

use crate::text::{pieces, split_at_byte, whole};

/// The longest local part, in octets (RFC 5321, section 4.5.3.1.1).
const MAX_LOCAL_PART: usize = 64;
/// The longest label of a domain, in characters (RFC 1035, section 2.3.4).
const MAX_LABEL: usize = 63;

/// Whether `text` is an email address. Its length is not judged here: that is a limit of the contract.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let parts = match text.strip_prefix("\"") {
        Some(rest) => quoted_length(rest)
            .and_then(|length| text.split_at_checked(length + 1))
            .and_then(|(local, rest)| Some((local, rest.strip_prefix("@")?))),
        None => split_at_byte(text, b'@').filter(|(local, _)| is_dot_string(local)),
    };
    parts.is_some_and(|(local, domain)| local.len() <= MAX_LOCAL_PART && is_domain(domain))
}

/// The length of a quoted local part after its opening quote, the closing one included.
fn quoted_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '\0'..='\u{1f}' | '\u{7f}' => return None,
            // `qtextSMTP` leaves the backslash to a quoted pair, whose second half is ASCII.
            _ if escaped => {
                if !character.is_ascii() {
                    return None;
                }
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Atoms with dots between them.
fn is_dot_string(text: &str) -> bool {
    let mut last = '.';
    let valid = text.chars().all(|character| {
        let before = core::mem::replace(&mut last, character);
        match character {
            '.' => before != '.',
            _ => is_atom(character),
        }
    });
    valid && last != '.'
}

fn is_atom(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character,
            '!' | '#'..='\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^'..='`' | '{'..='~')
        || is_letter_beyond_ascii(character)
}

fn is_letter_beyond_ascii(character: char) -> bool {
    !matches!(character,
        '\0'..='\u{a0}'
        | '\u{ad}'
        | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}'
        | '\u{3000}'
        | '\u{feff}'
        | '\u{fffd}')
}

fn is_domain(domain: &str) -> bool {
    if let Some(literal) = domain.strip_prefix("[") {
        let Some(literal) = literal.strip_suffix("]") else {
            return false;
        };
        return match literal.split_at_checked(5) {
            Some((tag, address)) if tag.eq_ignore_ascii_case("ipv6:") => is_ipv6(address),
            _ => is_ipv4(literal),
        };
    }
    let mut labels = 1;
    // Of the label that is being read: its length, and whether it is a number so far.
    let (mut length, mut is_number) = (0, true);
    let mut last = '.';
    for character in domain.chars() {
        match character {
            '.' if length > 0 && last != '-' => {
                labels += 1;
                (length, is_number) = (0, true);
            }
            '-' if length > 0 => {
                length += 1;
                is_number = false;
            }
            _ if character.is_ascii_alphanumeric() || is_letter_beyond_ascii(character) => {
                length += 1;
                is_number &= character.is_ascii_digit();
            }
            _ => return false,
        }
        if length > MAX_LABEL {
            return false;
        }
        last = character;
    }
    labels > 1 && length > 0 && last != '-' && !is_number
}

/// Four numbers up to 255. The parser of `core::net` would do the same for 3 KB of the WebAssembly module.
fn is_ipv4(address: &str) -> bool {
    let is_octet = |octet: &str| {
        whole(octet).is_some_and(|number| number < 256) && (octet == "0" || !octet.starts_with('0'))
    };
    pieces(address, b'.')
        .filter(|octet| is_octet(octet))
        .count()
        == 4
        && pieces(address, b'.').count() == 4
}

/// Eight groups, of which `::` stands for one or more.
fn is_ipv6(address: &str) -> bool {
    let gap = address.as_bytes().windows(2).position(|pair| pair == b"::");
    let (head, tail) = match gap {
        Some(at) => (address.get(..at), address.get(at + 2..)),
        None => (None, Some(address)),
    };
    let head = head.map_or(Some(0), |head| groups(head, false));
    let (Some(head), Some(tail)) = (head, tail.and_then(|tail| groups(tail, true))) else {
        return false;
    };
    if gap.is_some() {
        head + tail < 8
    } else {
        tail == 8
    }
}

/// How many groups of up to four hexadecimal digits there are. The last two may be an IPv4 address.
fn groups(text: &str, to_the_end: bool) -> Option<u32> {
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let group = match split_at_byte(rest, b':') {
            // After a colon another group must come.
            Some((_, "")) => return None,
            Some((group, after)) => {
                rest = after;
                group
            }
            None if to_the_end && is_ipv4(rest) => return Some(count + 2),
            None => core::mem::take(&mut rest),
        };
        let is_group =
            (1..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_group {
            return None;
        }
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;
    use proptest::prelude::*;

    #[test]
    fn accepts_what_people_have() {
        for email in [
            "ada@example.com",
            "ada.lovelace+bookings@example.co.uk",
            "o'brien@example.ie",
            "first-last@my-restaurant.example",
            "x@y.photography",
            "1234567890@example.com",
            "_______@example.com",
            "a@b.c",
            "ada@xn--bcher-kva.example",
            "\u{7528}\u{6237}@\u{4f8b}\u{5b50}.\u{5e7f}\u{544a}",
            "jos\u{e9}@example.es",
            "\"ada lovelace\"@example.com",
            "\"a@b\"@example.com",
            r#""a\"b"@example.com"#,
            "\"\"@example.com",
            "ada@[192.0.2.1]",
            "ada@[IPv6:2001:db8::1]",
            "ada@[ipv6:::1]",
            "!#$%&'*+-/=?^_`{|}~@example.com",
            "ada@123.example",
            "ada@1and1.com",
        ] {
            assert!(is_email(email), "{email}");
        }
    }

    #[test]
    fn refuses_what_no_server_takes() {
        for email in [
            "",
            "@",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "ada@localhost",
            "ada@.com",
            "ada@example..com",
            "ada@example.com.",
            ".ada@example.com",
            "ada.@example.com",
            "a..b@example.com",
            "a b@example.com",
            "ada@exa mple.com",
            "ada@@example.com",
            "ada@b@example.com",
            "ada@-example.com",
            "ada@example-.com",
            "ada@exam_ple.com",
            "ada@example.123",
            "ada@192.0.2.1",
            "ada@[192.0.2.256]",
            "ada@[192.0.2]",
            "ada@[192.0.2.01]",
            "ada@[IPv6:12345::]",
            "ada@[2001:db8::1]",
            "ada@[]",
            "ada@[192.0.2.1",
            "\"ada@example.com",
            "\"a\"b@example.com",
            "\"a\n\"@example.com",
            "\"a\\\"@example.com",
            "ada(work)@example.com",
            "Ada <ada@example.com>",
            "ada@example.com, bob@example.com",
            "mailto:ada@example.com ",
            "ada\u{200b}@example.com",
            "ada@exam\u{a0}ple.com",
            "ada@example.com\n",
            "\tada@example.com",
            "ada\u{fffd}@example.com",
        ] {
            assert!(!is_email(email), "{email:?}");
        }
    }

    #[test]
    fn local_part_and_labels_end_at_their_limits() {
        let local = |length| format!("{}@example.com", "a".repeat(length));
        assert!(is_email(&local(64)));
        assert!(!is_email(&local(65)));
        let label = |length| format!("a@{}.com", "a".repeat(length));
        assert!(is_email(&label(63)));
        assert!(!is_email(&label(64)));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = is_email(&text);
        }

        #[test]
        fn address_literals_are_those_of_the_standard_library(text in "([0-9a-f]{0,5}[:.]{1,2}){0,9}[0-9a-f]{0,5}|[0-9]{1,3}(\\.[0-9]{1,3}){2,4}|(::|1:){1,7}(ffff:)?[0-9.]{6,9}") {
            prop_assert_eq!(is_ipv4(&text), text.parse::<core::net::Ipv4Addr>().is_ok(), "{}", text);
            prop_assert_eq!(is_ipv6(&text), text.parse::<core::net::Ipv6Addr>().is_ok(), "{}", text);
        }

        #[test]
        fn no_text_of_its_own_characters_panics(text in "[\"@.\\\\\\[\\]a:\u{e9}0-9]{0,40}") {
            let _ = is_email(&text);
        }
    }
}
