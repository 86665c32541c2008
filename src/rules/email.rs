//! Decides whether a string is an email address.
//!
//! ```
//! use collins_customers::rules::email::is_email;
//!
//! assert!(is_email("o'brien+bar@example.com"));
//! assert!(!is_email("ada@localhost"));
//! ```
//!
//! The rule is the `Mailbox` of RFC 5321, section 4.1.2: the form that mail servers use among themselves, and so
//! exactly what a server might accept. It is stricter than the RFC 5322 of message headers (no comments, no folding
//! white space) and wider than the patterns of most validators: apostrophes, plus tags, quoted local parts and address
//! literals are allowed. RFC 6531 adds letters beyond ASCII.
//!
//! It is wider than RFC 5321 in two ways, because guests have such addresses:
//! - A local part may have more than the 64 octets of section 4.5.3.1.1. Relays and the marks of deleted accounts
//!   have more, and servers deliver them.
//! - The dots of a domain may be those of an East Asian keyboard, and its letters, digits and hyphens may be
//!   full-width: UTS #46 maps them to ASCII before a name is looked up.
//!
//! Five rules of current practice are added, each refusing only what no server accepts:
//! - A domain has at least two labels: ICANN forbids mail to a bare top-level domain.
//! - The last label is not all digits (RFC 3696).
//! - Invisible or blank characters beyond ASCII are not letters.
//! - A label has at most 63 octets and a domain at most 253 (RFC 1035), counted in the ASCII form of a name beyond
//!   ASCII.
//! - Symbols and emoji are not letters of a domain (RFC 5892); in a local part they are (RFC 6531).
//!
//! There is no table of IDNA here: it would be larger than all rules together. Symbols are recognised by the blocks
//! that contain nothing else (`is_symbol`), so single symbols among letters pass, as do letters that the registries
//! leave out, a label that begins with a combining mark and one that mixes writing directions. The length of the ASCII
//! form is that of the name as it is written; folding its case or composing its accents first may change it by a few
//! octets.

use crate::text::{pieces, split_at_byte, whole};

/// The longest label of a domain in its ASCII form, in octets (RFC 1035, section 2.3.4).
const MAX_LABEL: usize = 63;
/// The longest domain in its ASCII form, in octets: 255 in a DNS message, which is two more than in writing
/// (RFC 1035, sections 2.3.4 and 3.1).
const MAX_DOMAIN: u32 = 253;
const LAST_ASCII: u32 = 0x7f;

/// Returns whether `text` is an email address. Its length is not checked here: that is a limit of the contract.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let parts = match text.strip_prefix("\"") {
        Some(rest) => quoted_length(rest)
            .and_then(|length| text.split_at_checked(length + 1))
            .and_then(|(local, rest)| Some((local, rest.strip_prefix("@")?))),
        None => split_at_byte(text, b'@').filter(|(local, _)| is_dot_string(local)),
    };
    parts.is_some_and(|(_, domain)| is_domain(domain))
}

/// Returns whether `text` begins or ends with ASCII white space.
#[must_use]
pub fn is_padded(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(
        (bytes.first(), bytes.last()),
        (Some(..=b' '), _) | (_, Some(..=b' '))
    )
}

/// The length of a quoted local part after its opening quote, including the closing one.
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
    let (mut labels, mut octets) = (0, 0);
    let mut label = Label::new();
    let mut characters = domain.chars();
    loop {
        let character = characters.next().map(plain);
        match character {
            None | Some('.') => {
                let Some(length) = label.octets() else {
                    return false;
                };
                labels += 1;
                octets += length + 1;
                if octets > MAX_DOMAIN + 1 {
                    return false;
                }
                if character.is_none() {
                    return labels > 1 && !label.is_number;
                }
                label.length = 0;
                label.ascii = 0;
                label.is_number = true;
            }
            Some(character) => {
                if !label.push(character) {
                    return false;
                }
            }
        }
    }
}

/// The ASCII character that is meant, as UTS #46 maps it: the full stops of East Asian keyboards, and the full-width
/// forms of ASCII.
fn plain(character: char) -> char {
    match character {
        '\u{3002}' | '\u{ff61}' => '.',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        _ => character,
    }
}

/// A label of a domain, as it is read.
struct Label {
    characters: [u32; MAX_LABEL],
    length: usize,
    /// The number of ASCII characters.
    ascii: u32,
    is_number: bool,
}

impl Label {
    fn new() -> Self {
        Label {
            characters: [0; MAX_LABEL],
            length: 0,
            ascii: 0,
            is_number: true,
        }
    }

    /// Adds a character. Returns whether it is allowed there.
    fn push(&mut self, character: char) -> bool {
        let may_stand = match character {
            '-' => self.length > 0,
            '\0'..='\u{7f}' => character.is_ascii_alphanumeric(),
            _ => !is_symbol(character),
        };
        self.ascii += u32::from(character.is_ascii());
        self.is_number &= character.is_ascii_digit();
        // Every character takes at least one octet: a character without a place is too many.
        let place = self.characters.get_mut(self.length);
        self.length += 1;
        may_stand && place.map(|place| *place = u32::from(character)).is_some()
    }

    /// The length of its ASCII form; `None` if it is not a label.
    fn octets(&self) -> Option<u32> {
        let characters = self.characters.get(..self.length)?;
        let last = characters.last()?;
        let octets = if characters.len() == self.ascii as usize {
            self.ascii
        } else {
            punycode_octets(characters, self.ascii)
        };
        (*last != u32::from('-') && octets as usize <= MAX_LABEL).then_some(octets)
    }
}

/// The length of a label beyond ASCII as Punycode (RFC 3492), including `xn--`: its ASCII characters, and the digits
/// for the position of each other character.
fn punycode_octets(label: &[u32], ascii: u32) -> u32 {
    let mut octets = 4 + ascii + u32::from(ascii > 0);
    // The character to insert, the number handled so far, the difference so far, and the bias of its digits.
    let (mut character, mut handled, mut delta, mut bias) = (LAST_ASCII, ascii, 0, 72);
    loop {
        let mut following = u32::MAX;
        for other in label {
            if *other == character {
                octets += digits(delta, bias);
                let is_first = handled == ascii;
                handled += 1;
                bias = adapted(delta, handled, is_first);
                delta = 0;
            } else if *other < character {
                delta += 1;
            } else if *other < following {
                following = *other;
            }
        }
        if following == u32::MAX {
            return octets;
        }
        delta = if character == LAST_ASCII {
            0
        } else {
            delta + 1
        };
        delta += (following - character - 1) * (handled + 1);
        character = following;
    }
}

/// The number of digits that Punycode takes for a number: RFC 3492, section 3.3.
fn digits(mut number: u32, bias: u32) -> u32 {
    let mut count: u32 = 1;
    loop {
        let threshold = (36 * count).saturating_sub(bias).clamp(1, 26);
        if number < threshold {
            return count;
        }
        number = (number - threshold) / (36 - threshold);
        count += 1;
    }
}

/// Adapts the bias of Punycode after a difference: RFC 3492, section 6.1.
fn adapted(delta: u32, handled: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta.checked_div(handled).unwrap_or(0);
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

/// Returns whether a character beyond ASCII is in a block, or a run of one, of blanks, symbols, punctuation, emoji, or
/// characters for private use, which contains nothing that RFC 5892 allows in a domain.
fn is_symbol(character: char) -> bool {
    let passed = SYMBOLS.iter().filter(|bound| **bound <= character);
    passed.count() % 2 == 1
}

/// The start of a run of symbols, and the start of the letters after it.
const SYMBOLS: [char; 43] = [
    '\u{80}',
    '\u{aa}',
    '\u{ab}',
    '\u{b5}',
    '\u{b6}',
    '\u{b7}',
    '\u{b8}',
    '\u{ba}',
    '\u{bb}',
    '\u{c0}',
    '\u{d7}',
    '\u{d8}',
    '\u{f7}',
    '\u{f8}',
    '\u{2000}',
    '\u{2c00}',
    '\u{2e00}',
    '\u{2e80}',
    '\u{3000}',
    '\u{3005}',
    '\u{3008}',
    '\u{3021}',
    '\u{302e}',
    '\u{3038}',
    '\u{303d}',
    '\u{3041}',
    '\u{3200}',
    '\u{3400}',
    '\u{4dc0}',
    '\u{4e00}',
    '\u{e000}',
    '\u{f900}',
    '\u{fe00}',
    '\u{fe20}',
    '\u{fe30}',
    '\u{fe70}',
    '\u{feff}',
    '\u{ff00}',
    '\u{ffe0}',
    '\u{10000}',
    '\u{1f000}',
    '\u{20000}',
    '\u{e0000}',
];

/// Returns whether this is four numbers up to 255. The parser of `core::net` would add 3 KB to the WebAssembly module.
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

/// Returns whether this is eight groups; `::` replaces one or more.
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

/// Counts groups of up to four hexadecimal digits. The last two may be an IPv4 address.
fn groups(text: &str, to_the_end: bool) -> Option<u32> {
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let group = match split_at_byte(rest, b':') {
            // A colon must be followed by another group.
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
    use proptest::prelude::*;

    #[test]
    fn accepts_addresses_that_people_have() {
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
    fn refuses_addresses_that_no_server_accepts() {
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
    fn labels_and_domains_end_at_their_limits() {
        let label = |length| format!("a@{}.com", "a".repeat(length));
        assert!(is_email(&label(63)));
        assert!(!is_email(&label(64)));
        // Three labels of 61 octets and "com", a dot before each.
        let domain = |length: usize| {
            let label = "a".repeat(61);
            let end = format!(".{label}.{label}.{label}.com");
            format!("a@{}{end}", "b".repeat(length - end.len()))
        };
        assert!(is_email(&domain(253)));
        assert!(!is_email(&domain(254)));
    }

    #[test]
    fn a_label_beyond_ascii_ends_at_its_limit_in_ascii() {
        let at = |domain: &str| is_email(&format!("a@{domain}.com"));
        let umlaut = |length: usize| format!("\u{e4}{}", "a".repeat(length));
        assert!(at(&umlaut(55)), "xn--, 55 letters, a hyphen and 3 digits");
        assert!(!at(&umlaut(56)));
        // The same character again takes one digit each.
        let hiragana = |length: usize| "\u{3042}".repeat(length);
        assert!(at(&hiragana(57)));
        assert!(!at(&hiragana(58)));
        // The farther a character is from ASCII, the more digits it takes.
        let ideograph = |length: usize| format!("{}\u{323af}", "a".repeat(length));
        assert!(at(&ideograph(52)));
        assert!(!at(&ideograph(53)));
    }

    #[test]
    fn a_domain_beyond_ascii_ends_at_its_limit_in_ascii() {
        // 63 octets: see the test above.
        let label = "\u{3042}".repeat(57);
        let domain = |length: usize| {
            let end = format!("{label}.{label}.{label}.com");
            format!("a@{}.{end}", "b".repeat(length))
        };
        // 57 octets, three times a dot and 63, and ".com".
        assert!(is_email(&domain(57)));
        assert!(!is_email(&domain(58)));
    }

    #[test]
    fn the_ascii_form_is_as_long_as_that_of_rfc_3492() {
        for (name, ascii) in [
            // Section 7.1, in lower case where the sample is.
            (
                "\u{644}\u{64a}\u{647}\u{645}\u{627}\u{628}\u{62a}\u{643}\u{644}\u{645}\u{648}\u{634}\u{639}\u{631}\u{628}\u{64a}\u{61f}",
                "egbpdaj6bu4bxfgehfvwxn",
            ),
            (
                "\u{4ed6}\u{4eec}\u{4e3a}\u{4ec0}\u{4e48}\u{4e0d}\u{8bf4}\u{4e2d}\u{6587}",
                "ihqwcrb4cv8a8dqg056pqjye",
            ),
            (
                "Pro\u{10d}prost\u{11b}nemluv\u{ed}\u{10d}esky",
                "Proprostnemluvesky-uyb24dma41a",
            ),
            (
                "3\u{5e74}B\u{7d44}\u{91d1}\u{516b}\u{5148}\u{751f}",
                "3B-ww4c5e180e575a65lsy2b",
            ),
            (
                "-with-SUPER-MONKEYS\u{5b89}\u{5ba4}\u{5948}\u{7f8e}\u{6075}",
                "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n",
            ),
            ("b\u{fc}cher", "bcher-kva"),
        ] {
            let label: Vec<u32> = name.chars().map(u32::from).collect();
            let in_ascii = name.chars().filter(char::is_ascii).count();
            let octets = punycode_octets(&label, u32::try_from(in_ascii).unwrap());
            assert_eq!(octets as usize, "xn--".len() + ascii.len(), "{name}");
        }
    }

    #[test]
    fn a_local_part_has_no_limit_of_its_own() {
        for length in [64, 65, 200] {
            assert!(is_email(&format!("{}@example.com", "a".repeat(length))));
        }
        assert!(is_email(&format!("\"{}\"@example.com", "a b".repeat(40))));
    }

    #[test]
    fn east_asian_keyboards_have_their_own_dots_letters_and_hyphens() {
        for domain in [
            "\u{4f8b}\u{3048}\u{3002}\u{30c6}\u{30b9}\u{30c8}",
            "example\u{ff0e}com",
            "example\u{ff61}com",
            "\u{ff45}\u{ff58}\u{ff0d}1.com",
        ] {
            assert!(is_email(&format!("ada@{domain}")), "{domain}");
        }
        for domain in [
            "example\u{3002}",
            "example\u{ff0e}\u{ff0e}com",
            "\u{ff0d}example.com",
            "example\u{ff0d}.com",
            "example\u{ff61}\u{ff11}\u{ff12}",
            "exam\u{ff01}ple.com",
            "example\u{3001}com",
        ] {
            assert!(!is_email(&format!("ada@{domain}")), "{domain}");
        }
    }

    #[test]
    fn symbols_and_emoji_are_not_letters_of_a_domain() {
        for symbol in [
            '\u{1f600}',
            '\u{2764}',
            '\u{fe0f}',
            '\u{a9}',
            '\u{20ac}',
            '\u{2014}',
            '\u{2551}',
            '\u{d7}',
            '\u{f7}',
            '\u{300a}',
            '\u{4dc0}',
            '\u{e000}',
            '\u{ffe5}',
            '\u{1f1ec}',
            '\u{e0067}',
            '\u{10ffff}',
        ] {
            assert!(!is_email(&format!("ada@ex{symbol}ample.com")), "{symbol}");
            assert!(!is_email(&format!("ada@example.{symbol}m")), "{symbol}");
        }
        // Their neighbours are letters, or count as letters.
        for letter in [
            '\u{aa}',
            '\u{b5}',
            '\u{b7}',
            '\u{ba}',
            '\u{d6}',
            '\u{d8}',
            '\u{f6}',
            '\u{f8}',
            '\u{2c00}',
            '\u{3005}',
            '\u{3007}',
            '\u{3021}',
            '\u{3041}',
            '\u{31ff}',
            '\u{3400}',
            '\u{4dbf}',
            '\u{4e00}',
            '\u{f900}',
            '\u{fe20}',
            '\u{fe70}',
            '\u{ff66}',
            '\u{20000}',
            '\u{323af}',
        ] {
            assert!(is_email(&format!("ada@ex{letter}ample.com")), "{letter}");
        }
        assert!(
            is_email("\u{1f600}@example.com"),
            "a local part may be of any"
        );
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
