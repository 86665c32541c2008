//! Fixes for the cells of a file. Only the named ones are made, and every change is counted.

use collins_customers::instant;
use collins_customers::text::split_at_byte;

use crate::scan::{Cell, Row};

/// A fix for the cells of a file. The names are in js/fixes.js, by these numbers; the last one is for dates, which has
/// more values than yes and no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Removes blanks around a cell.
    Trim,
    /// Removes blanks within a telephone number.
    PhoneBlanks,
    /// Lower-cases the letters of an email address.
    LowerCaseEmails,
    /// Splits a full name into the first and the last name.
    SplitNames,
    /// Converts a date to the API's form.
    Dates,
}

/// The chosen fixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixes {
    /// One bit for each [`Fix`] except the one for dates.
    pub bits: u32,
    /// The order of the dates.
    pub dates: Option<Order>,
}

impl Fixes {
    /// No fix.
    pub const NONE: Fixes = Fixes {
        bits: 0,
        dates: None,
    };

    /// Returns whether a fix was chosen.
    #[must_use]
    pub const fn has(self, fix: Fix) -> bool {
        self.bits >> fix as u32 & 1 == 1
    }

    /// Returns whether any fix was chosen.
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Fixes::NONE
    }
}

/// The order of the day, the month and the year in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 31/12/1990
    DayMonthYear,
    /// 12/31/1990
    MonthDayYear,
    /// 1990/12/31
    YearMonthDay,
}

/// The orders, by their numbers in js/fixes.js.
pub const ORDERS: [Order; 3] = [
    Order::DayMonthYear,
    Order::MonthDayYear,
    Order::YearMonthDay,
];

/// A date in any order and with any separator: three numbers, one of which is a year of four digits. Years of two
/// digits are not read, because their century is unknown.
struct Parts<'a>([&'a str; 3]);

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let separator = text.bytes().find(|byte| !byte.is_ascii_digit())?;
        if !matches!(separator, b'/' | b'.' | b'-' | b' ') {
            return None;
        }
        let (one, rest) = split_at_byte(text, separator)?;
        let (two, three) = split_at_byte(rest, separator)?;
        let three = [one, two, three];
        let is_number = |part: &&str| {
            matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        three.iter().all(is_number).then_some(Parts(three))
    }

    /// The date in the API's form, if the parts are a date in this order.
    fn read(&self, order: Order) -> Option<String> {
        let Parts([one, two, three]) = self;
        let [year, month, day] = match order {
            Order::DayMonthYear => [three, two, one],
            Order::MonthDayYear => [three, one, two],
            Order::YearMonthDay => [one, two, three],
        };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return None;
        }
        let mut date = String::from(*year);
        for part in [month, day] {
            date.push('-');
            if part.len() < 2 {
                date.push('0');
            }
            date.push_str(part);
        }
        instant::date(&date).is_some().then_some(date)
    }
}

/// The place of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The customer, from 1.
    pub row: u32,
    /// The line on which the cell begins, from 1.
    pub line: u32,
}

/// The number of rows kept as examples of two possible dates.
pub const EXAMPLES: usize = 3;

/// The order of the dates in a file.
///
/// Only all dates together prove an order: `03/04/1990` is a day in March or in April, and one `25/12/1990` in the
/// column decides. So a chosen order is given up for the whole column as soon as a date fits another order and not this
/// one.
#[derive(Debug, Default)]
pub struct Dates {
    /// The column.
    pub column: u32,
    /// The number of rows with a date in any order except the API's form.
    pub rows: u32,
    /// The first row that does not fit each order, while it fits another.
    pub against: [Option<Place>; ORDERS.len()],
    /// The first rows with different dates in the two orders that end with the year.
    pub either: Vec<Place>,
}

impl Dates {
    /// Examines a cell that is not a date in the API's form. Returns the date that it is in the wanted order, as long
    /// as no row rules that out.
    pub fn see(
        &mut self,
        text: &str,
        column: u32,
        wanted: Option<Order>,
        place: impl FnOnce() -> Place,
    ) -> Option<String> {
        let parts = Parts::of(text)?;
        let read = ORDERS.map(|order| parts.read(order));
        if read.iter().all(Option::is_none) {
            return None;
        }
        self.column = column;
        self.rows += 1;
        let place = place();
        for (against, date) in self.against.iter_mut().zip(&read) {
            if date.is_none() {
                against.get_or_insert(place);
            }
        }
        let [one, two, _] = &read;
        if one.is_some() && two.is_some() && one != two && self.either.len() < EXAMPLES {
            self.either.push(place);
        }
        let wanted = wanted.filter(|order| !self.is_refuted(*order))?;
        let mut found = ORDERS.into_iter().zip(read);
        found.find(|(order, _)| *order == wanted)?.1
    }

    /// Returns whether a row rules out an order.
    #[must_use]
    pub fn is_refuted(&self, order: Order) -> bool {
        let mut found = ORDERS.into_iter().zip(&self.against);
        found.any(|(other, against)| other == order && against.is_some())
    }
}

/// The changes that a fix made to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The fix.
    pub fix: Fix,
    /// The column, from 0.
    pub column: u32,
    /// The number of rows that it changed.
    pub rows: u32,
}

/// Counts a change.
pub fn count(all: &mut Vec<Fixed>, fix: Fix, column: u32) {
    match all
        .iter_mut()
        .find(|it| it.fix == fix && it.column == column)
    {
        Some(fixed) => fixed.rows += 1,
        None => all.push(Fixed {
            fix,
            column,
            rows: 1,
        }),
    }
}

/// Splits a full name into the first and the last name: `Ada King Lovelace` is `Ada` and `King Lovelace`, and
/// `Lovelace, Ada` is the same as `Ada Lovelace`. A single name is a first name.
#[must_use]
pub fn split_name(text: &str) -> [&str; 2] {
    let text = text.trim();
    if let Some((last, first)) = split_at_byte(text, b',') {
        return [first.trim(), last.trim()];
    }
    let blank = text.char_indices().find(|(_, it)| it.is_whitespace());
    let end = blank.map_or(text.len(), |(at, _)| at);
    let (first, last) = text.split_at_checked(end).unwrap_or_default();
    [first, last.trim()]
}

/// A telephone number without its blanks.
#[must_use]
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// A row after its fixes.
#[derive(Debug, Default)]
pub struct FixedRow {
    text: Vec<u8>,
    cells: Vec<Cell>,
}

impl FixedRow {
    /// Begins a row.
    pub fn begin(&mut self) {
        self.text.clear();
        self.cells.clear();
    }

    /// Adds a cell with its final content.
    pub fn push(&mut self, content: &[u8], flags: u16) {
        let start = self.text.len();
        self.text.extend_from_slice(content);
        self.cells
            .push(Cell::new(start, self.text.len(), flags | Cell::FINAL));
    }

    /// The row, as a replacement for another.
    #[must_use]
    pub fn row<'a>(&'a self, of: Row<'a>) -> Row<'a> {
        Row {
            text: &self.text,
            cells: &self.cells,
            ..of
        }
    }
}
