//! The damage that a spreadsheet did to a file.
//!
//! It cannot be undone from the file alone; it is reported, with the number of rows, so that one can ask for the file
//! again. Some of it breaks a rule of the API, too, but most does not: a telephone number without its zero is a valid
//! text.

use collins_customers::contract::{COMPANY_ADDRESS, NEW_CUSTOMER};

use crate::columns::Target;

/// A kind of damage. The messages are in js/issues.js, by these numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// `4.47E+11`: a long number, shortened.
    Scientific,
    /// A telephone number that does not begin with a zero.
    LostZero,
    /// `32874`: a date as the number of its day.
    SerialDate,
    /// `#REF!`: the error of a formula.
    FormulaError,
    /// `Ã©`: UTF-8 that was read as Windows-1252.
    Mojibake,
    /// `Ren?e`, or U+FFFD: a letter that an encoding did not have.
    LostLetter,
    /// `1,000`: a number with separators of thousands.
    Thousands,
    /// 255 characters: the part of a text that old programs keep.
    Cut,
    /// Fewer cells than columns.
    ShortRow,
    /// A character NUL.
    Nul,
    /// More JSON keys than can become columns.
    OtherKeys,
}

/// One kind of damage in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The kind of damage.
    pub seen: Seen,
    /// The column, from 0.
    pub column: u32,
    /// The number of damaged rows.
    pub rows: u32,
    /// The first of them, and its line.
    pub row: u32,
    /// The line of the first of them.
    pub line: u32,
}

/// The kind of content of a column, as far as damage depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Any text.
    Text,
    /// A name of a person, a company or a place.
    Name,
    /// A telephone number.
    Phone,
    /// Another number, or an id.
    Code,
    /// A date.
    Date,
    /// A column without a target.
    Nothing,
}

impl Nature {
    /// The nature of the cells of a target.
    #[must_use]
    pub fn of(target: Option<&Target>) -> Nature {
        let name = match target {
            Some(Target::Field(row)) => NEW_CUSTOMER.get(*row).map(|field| field.name),
            Some(Target::Address(row)) => COMPANY_ADDRESS.get(*row).map(|field| field.name),
            _ => None,
        };
        match name {
            Some("first_name" | "last_name" | "company" | "city") => Nature::Name,
            Some("phone") => Nature::Phone,
            Some("custom_field_value" | "associated_venues" | "marketing_preference_ids") => {
                Nature::Code
            }
            Some("dob") => Nature::Date,
            Some(_) => Nature::Text,
            None => Nature::Nothing,
        }
    }
}

/// The damage so far.
#[derive(Debug, Default)]
pub struct Tally(Vec<Damage>);

impl Tally {
    /// All of it, in the order in which it was first seen.
    #[must_use]
    pub fn all(&self) -> &[Damage] {
        &self.0
    }

    /// Counts a cell.
    pub fn add(&mut self, seen: Seen, column: usize, row: u32, line: impl FnOnce() -> u32) {
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        let is_it = |damage: &&mut Damage| damage.seen == seen && damage.column == column;
        if let Some(damage) = self.0.iter_mut().find(is_it) {
            damage.rows += 1;
        } else {
            self.0.push(Damage {
                seen,
                column,
                rows: 1,
                row,
                line: line(),
            });
        }
    }
}

const FORMULA_ERRORS: [&[u8]; 8] = [
    b"#REF!", b"#N/A", b"#NAME?", b"#VALUE!", b"#DIV/0!", b"#NULL!", b"#NUM!", b"#SPILL!",
];

/// The number of characters of a text that old programs keep.
const CUT: usize = 255;

/// Bytes of a row that may be damage. Most rows have none of them, so that their cells need not be searched.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    /// True if all characters are ASCII.
    pub is_ascii: bool,
    has_nul: bool,
    has_question: bool,
}

impl Signs {
    /// Examines a row once.
    #[must_use]
    #[inline(never)]
    pub fn of(text: &[u8]) -> Signs {
        // Without branches, so that many bytes are examined at once.
        let (mut all, mut nul, mut question) = (0, 0, 0);
        for byte in text {
            all |= *byte;
            nul |= u8::from(*byte == 0);
            question |= u8::from(*byte == b'?');
        }
        Signs {
            is_ascii: all < 0x80,
            has_nul: nul > 0,
            has_question: question > 0,
        }
    }
}

/// The damage in a cell that is not empty, of a row with these signs.
#[must_use]
#[inline]
pub fn of(raw: &[u8], nature: Nature, signs: Signs) -> Option<Seen> {
    if nature == Nature::Nothing {
        return None;
    }
    if raw.first() == Some(&b'#') && is_formula_error(raw) {
        return Some(Seen::FormulaError);
    }
    if !signs.is_ascii
        && let Some(seen) = of_letters(raw)
    {
        return Some(seen);
    }
    if raw.len() >= CUT && characters(raw) == CUT {
        return Some(Seen::Cut);
    }
    if signs.has_nul && Signs::of(raw).has_nul {
        return Some(Seen::Nul);
    }
    match nature {
        Nature::Phone | Nature::Code => of_number(raw, nature == Nature::Phone),
        Nature::Date => is_serial_date(raw).then_some(Seen::SerialDate),
        Nature::Name => (signs.has_question && has_lost_letter(raw)).then_some(Seen::LostLetter),
        Nature::Text | Nature::Nothing => None,
    }
}

fn is_formula_error(raw: &[u8]) -> bool {
    FORMULA_ERRORS.contains(&raw) || (raw.len() > 2 && raw.iter().all(|byte| *byte == b'#'))
}

fn characters(raw: &[u8]) -> usize {
    raw.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

fn of_letters(raw: &[u8]) -> Option<Seen> {
    // The first bytes of sequences of two and three, read as Windows-1252: `Ã` and `Â` before a character that is not a
    // letter, and `â€`.
    for (at, byte) in raw.iter().enumerate() {
        match (*byte, raw.get(at + 1..).unwrap_or_default()) {
            (
                0xc3,
                [0x83, 0xc2 | 0xe2 | 0xc5 | 0xc6 | 0xcb, ..]
                | [0x82, 0xc2, ..]
                | [0xa2, 0xe2, 0x82, 0xac, ..],
            ) => return Some(Seen::Mojibake),
            (0xef, [0xbf, 0xbd, ..]) => return Some(Seen::LostLetter),
            _ => {}
        }
    }
    None
}

/// Returns whether there is a question mark between two letters.
fn has_lost_letter(raw: &[u8]) -> bool {
    raw.windows(3).any(|three| match three {
        [before, b'?', after] => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        _ => false,
    })
}

fn of_number(raw: &[u8], is_phone: bool) -> Option<Seen> {
    if raw.iter().all(u8::is_ascii_digit) {
        let is_short = is_phone && matches!(raw.len(), 9 | 10) && raw.first() != Some(&b'0');
        return is_short.then_some(Seen::LostZero);
    }
    let mut rest = raw;
    let digits = take_digits(&mut rest);
    if digits == 1
        && let [b'.' | b',', after @ ..] = rest
    {
        let mut rest = after;
        take_digits(&mut rest);
        if let [b'E' | b'e', b'+', power @ ..] = rest
            && !power.is_empty()
            && power.iter().all(u8::is_ascii_digit)
        {
            return Some(Seen::Scientific);
        }
    }
    let is_grouped = (1..=3).contains(&digits)
        && !rest.is_empty()
        && rest.chunks(4).all(|group| {
            matches!(group, [b',', a, b, c] if [a, b, c].iter().all(|digit| digit.is_ascii_digit()))
        });
    is_grouped.then_some(Seen::Thousands)
}

/// Skips the digits at the beginning and counts them.
fn take_digits(rest: &mut &[u8]) -> usize {
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    *rest = rest.get(count..).unwrap_or_default();
    count
}

/// Returns whether a cell is the number of a day since 1900, as spreadsheets count: five digits, or four before 1927.
fn is_serial_date(raw: &[u8]) -> bool {
    matches!(raw.len(), 4 | 5) && raw.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_found_where_it_is_and_nowhere_else() {
        use Nature::{Code, Date, Name, Phone, Text};
        for (text, nature, expected) in [
            ("4.47E+11", Phone, Some(Seen::Scientific)),
            ("4,47E+11", Code, Some(Seen::Scientific)),
            ("4.47E+", Phone, None),
            ("4.47E+11", Text, None),
            ("7700900123", Phone, Some(Seen::LostZero)),
            ("07700900123", Phone, None),
            ("0770090012", Phone, None),
            ("+447700900123", Phone, None),
            ("7700900123", Code, None),
            ("32874", Date, Some(Seen::SerialDate)),
            ("1990-01-02", Date, None),
            ("#REF!", Text, Some(Seen::FormulaError)),
            ("########", Date, Some(Seen::FormulaError)),
            ("#1 fan", Text, None),
            ("RenÃ©e", Name, Some(Seen::Mojibake)),
            ("Itâ€™s", Text, Some(Seen::Mojibake)),
            ("Â£5", Text, Some(Seen::Mojibake)),
            ("Ã", Name, None),
            ("SÃO PAULO", Name, None),
            ("Renée", Name, None),
            ("Ren?e", Name, Some(Seen::LostLetter)),
            ("Ren\u{fffd}e", Name, Some(Seen::LostLetter)),
            ("Why?", Name, None),
            ("1,000", Code, Some(Seen::Thousands)),
            ("12,345,678", Phone, Some(Seen::Thousands)),
            ("1,00", Code, None),
            ("1234,000", Code, None),
            ("a\0b", Text, Some(Seen::Nul)),
        ] {
            assert_eq!(
                of(text.as_bytes(), nature, Signs::of(text.as_bytes())),
                expected,
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_text_of_255_characters_was_cut() {
        for (length, expected) in [(254, None), (255, Some(Seen::Cut)), (256, None)] {
            let text = "é".repeat(length);
            assert_eq!(
                of(text.as_bytes(), Nature::Text, Signs::of(text.as_bytes())),
                expected,
                "{length}"
            );
        }
    }
}
