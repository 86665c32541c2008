//! Detects the delimiter of a file, and its header.
//!
//! Both are detected in a whole sample of the file, read by the scanner: a comma between quotes divides nothing, and a
//! first line that is a title has nothing to do with the rows below it.
//!
//! The parts are functions of their own also in the module: as one function it was so hot, and so large, that engines
//! optimised it first, while the scanner waited for that behind it.

use collins_customers::text::split_at_byte;

use crate::columns::{self, Column};
use crate::encoding::lossy;
use crate::guard;
use crate::json::Form;
use crate::scan::{Cell, Row, Scanner};

/// The possible delimiters.
pub const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The format of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// The form of its customers if it is JSON: then the keys are the columns.
    pub json: Option<Form>,
    /// The delimiter of the cells of a row.
    pub delimiter: u8,
    /// The number of rows before the header, or before the first customer if there is no header: titles, and the `sep=`
    /// of a spreadsheet.
    pub preamble: u32,
    /// True if a row names the columns.
    pub has_header: bool,
    /// The columns: named by the header, or without names.
    pub columns: Vec<Column>,
}

impl Dialect {
    /// Returns whether this package wrote the file.
    #[must_use]
    pub fn is_exported(&self) -> bool {
        self.json.is_none() && self.columns.iter().any(|column| column.name == guard::SIGN)
    }
}

/// The given parts of a dialect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The delimiter of the cells.
    pub delimiter: Option<u8>,
    /// True if a row names the columns: the first one that is as wide as most, if no name is recognised.
    pub has_header: Option<bool>,
}

impl Given {
    /// Nothing is given: everything is detected.
    pub const NOTHING: Given = Given {
        delimiter: None,
        has_header: None,
    };
}

/// The number of rows of a sample that are examined.
const ROWS: usize = 200;

/// The cells of these rows.
type Table = Vec<Vec<String>>;

/// Detects the dialect of a file that begins with `sample`. `is_whole` is true if nothing follows; otherwise the last
/// row may be cut off, and is not examined. None if more of the file is needed: the row that is cut off takes up most
/// of the sample, and no row before it is a header.
///
/// `has_names` is true if the caller maps columns by their names: then there is a header, in whatever language.
#[must_use]
pub fn find(sample: &[u8], is_whole: bool, given: Given, has_names: bool) -> Option<Dialect> {
    // If a delimiter or a header is given, the file is not JSON.
    if given == Given::NOTHING
        && let Some(form) = Form::of(sample)
    {
        return Some(Dialect {
            json: Some(form),
            delimiter: b',',
            has_header: true,
            ..Dialect::default()
        });
    }
    let named = separator_line(sample);
    let wanted = given.delimiter.or(named);
    let has_header = given.has_header.or(has_names.then_some(true));
    let candidates = match &wanted {
        Some(delimiter) => core::slice::from_ref(delimiter),
        None => DELIMITERS.as_slice(),
    };
    let mut best: Option<(usize, Dialect, Table)> = None;
    let mut cut = 0;
    for delimiter in candidates {
        let (table, rest) = rows(sample, *delimiter, is_whole);
        let (score, dialect) = judge(&table, *delimiter, usize::from(named.is_some()), has_header);
        // The first of equals: a comma is the most likely.
        if best.as_ref().is_none_or(|(most, ..)| score > *most) {
            best = Some((score, dialect, table));
            cut = rest;
        }
    }
    let (_, mut dialect, table) = best?;
    find_separators(&mut dialect, &table);
    Some(dialect).filter(|dialect| is_whole || is_named(dialect) || cut <= sample.len() / 2)
}

/// Finds what divides the items of lists.
#[inline(never)]
fn find_separators(dialect: &mut Dialect, table: &Table) {
    let is_exported = dialect.is_exported();
    let begin = dialect.preamble as usize + usize::from(dialect.has_header);
    let rows = table.get(begin..).unwrap_or_default();
    for (place, column) in dialect.columns.iter_mut().enumerate() {
        column.separator = if is_exported {
            guard::SEPARATOR
        } else {
            separator(rows, place)
        };
    }
}

/// Returns whether the name of any column is recognised.
fn is_named(dialect: &Dialect) -> bool {
    let mut columns = dialect.columns.iter();
    columns.any(|column| column.certainty.is_some())
}

/// The delimiter that a first line `sep=;` names.
fn separator_line(sample: &[u8]) -> Option<u8> {
    let rest = sample.strip_prefix(b"\"").unwrap_or(sample);
    let (start, rest) = rest.split_at_checked(4)?;
    match rest {
        [delimiter, b'\r' | b'\n' | b'"', ..] if start.eq_ignore_ascii_case(b"sep=") => {
            Some(*delimiter).filter(|delimiter| DELIMITERS.contains(delimiter))
        }
        _ => None,
    }
}

/// The first rows of a sample, without blanks around their cells, and how many bytes of it the row has that is cut.
#[inline(never)]
fn rows(sample: &[u8], delimiter: u8, is_whole: bool) -> (Table, usize) {
    let mut table = Vec::new();
    let mut take = |row: Row<'_>| {
        if table.len() < ROWS {
            let cells = row.cells.iter();
            let text = |cell: &Cell| lossy(&row.content(*cell)).trim().into();
            table.push(cells.map(text).collect());
        }
    };
    let mut scanner = Scanner::new(delimiter);
    scanner.push(sample, &mut take);
    let cut = scanner.held.len();
    if is_whole {
        scanner.end(&mut take);
    }
    (table, cut)
}

/// How well a delimiter fits, and the dialect that it makes, but for what divides the items of lists.
#[inline(never)]
fn judge(
    table: &[Vec<String>],
    delimiter: u8,
    skipped: usize,
    has_header: Option<bool>,
) -> (usize, Dialect) {
    let width = usual_width(table.get(skipped..).unwrap_or_default());
    // If no name is recognised, the table begins at the first row that is as wide as most.
    let first = table
        .iter()
        .enumerate()
        .skip(skipped)
        .find(|(_, cells)| cells.len() == width)
        .map(|(row, _)| row);
    let header = table
        .iter()
        .enumerate()
        .skip(skipped)
        .map(|(row, cells)| (row, understood(cells)))
        .find(|(row, known)| *known > 0 && is_header(table, *row, *known));
    let header = match has_header {
        Some(false) => None,
        Some(true) => header.or(first.map(|row| (row, 0))),
        None => header,
    };
    let begin = header.map(|(row, _)| row).or(first).unwrap_or(skipped);
    let regular = table.iter().filter(|cells| cells.len() == width).count();
    let known = header.map_or(0, |(_, known)| known);
    // A recognised name counts most; then rows of the same width, the more cells the better.
    let score = known * 1_000_000
        + if width > 1 {
            regular * 100 + width.min(99)
        } else {
            0
        };
    let nameless = vec![String::new(); width];
    let names = header
        .and_then(|(row, _)| table.get(row))
        .unwrap_or(&nameless);
    let columns = columns::understand(names.iter().map(String::as_str));
    let dialect = Dialect {
        json: None,
        delimiter,
        preamble: u32::try_from(begin).unwrap_or(u32::MAX),
        has_header: header.is_some(),
        columns,
    };
    (score, dialect)
}

/// The separator of the items of a list in a column: the first one in any cell.
fn separator(rows: &[Vec<String>], place: usize) -> u8 {
    let cells = || rows.iter().filter_map(|cells| cells.get(place));
    columns::SEPARATORS
        .into_iter()
        .find(|separator| cells().any(|cell| split_at_byte(cell, *separator).is_some()))
        .unwrap_or(columns::SEPARATOR)
}

/// The number of recognised names in a row. A cell with an address or digits is not a name.
#[inline(never)]
fn understood(cells: &[String]) -> usize {
    let is_name = |cell: &&String| columns::target_of(cell).is_some();
    cells.iter().filter(is_name).count()
}

/// Returns whether a row with `known` recognised names is the header, and not a title or a customer.
fn is_header(table: &[Vec<String>], row: usize, known: usize) -> bool {
    let Some(cells) = table.get(row) else {
        return false;
    };
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    // A word of a title may be a name, too; a header is as wide as the rows below it, and contains no data.
    let is_wide = table
        .get(row + 1)
        .is_none_or(|next| next.len() == cells.len());
    let has_data = cells.iter().any(|cell| {
        split_at_byte(cell, b'@').is_some()
            || cell
                .bytes()
                .next()
                .is_some_and(|first| first.is_ascii_digit())
    });
    2 * known >= filled || (is_wide && !has_data)
}

/// The number of cells that most rows have; the larger of equals.
#[inline(never)]
fn usual_width(table: &[Vec<String>]) -> usize {
    let count = |width: usize| table.iter().filter(|cells| cells.len() == width).count();
    let mut most = (0, 0);
    for cells in table {
        let width = cells.len();
        // Mostly they are all as wide as the first one.
        if width != most.1 {
            most = most.max((count(width), width));
        }
    }
    most.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Target;
    use proptest::prelude::*;

    fn dialect(text: &str) -> (char, u32, bool, usize) {
        let found = find(text.as_bytes(), true, Given::default(), false).unwrap();
        (
            char::from(found.delimiter),
            found.preamble,
            found.has_header,
            found.columns.len(),
        )
    }

    #[test]
    fn delimiters_and_headers_are_detected_in_the_whole_sample() {
        for (text, expected) in [
            ("email,first_name\na@b.example,Ada\n", (',', 0, true, 2)),
            ("E-mail;First Name\na@b.example;Ada\n", (';', 0, true, 2)),
            ("email\tphone\na@b.example\t1\n", ('\t', 0, true, 2)),
            ("email|phone\na@b.example|1\n", ('|', 0, true, 2)),
            // There are more commas in quotes than semicolons in the file.
            (
                "email;notes\na@b.example;\"a,b,c,d,e\"\n",
                (';', 0, true, 2),
            ),
            ("\"a,b\";email\n\"c,d\";a@b.example\n", (';', 0, true, 2)),
            // Without quotes, too.
            (
                "notes;email\none, two, three;a@b.example\nfour, five;c@d.example\n",
                (';', 0, true, 2),
            ),
            ("sep=;\nemail;phone\na@b.example;1,2,3\n", (';', 1, true, 2)),
            (
                "\"sep=|\"\r\nemail|phone\r\na@b.example|1\r\n",
                ('|', 1, true, 2),
            ),
            (
                "Customers of the Anchor\n\nExported on Monday\nemail,phone\na@b.example,1\n",
                (',', 2, true, 2),
            ),
            (
                "Name of the venue,,\nemail,phone,city\na@b.example,1,Rye\n",
                (',', 1, true, 3),
            ),
            (
                "a@b.example,Ada,1990-01-02\nc@d.example,Bob,1991-02-03\n",
                (',', 0, false, 3),
            ),
            (
                "Report\na@b.example,Ada\nc@d.example,Bob\n",
                (',', 1, false, 2),
            ),
            ("email\na@b.example\nc@d.example\n", (',', 0, true, 1)),
            ("a@b.example\nc@d.example\n", (',', 0, false, 1)),
            ("Shoe size,email,Hat\n9,a@b.example,7\n", (',', 0, true, 3)),
            ("", (',', 0, false, 0)),
        ] {
            assert_eq!(dialect(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_header_in_another_language_is_recognised_if_columns_are_mapped_by_name() {
        let text = "Liste der Gäste\nVorname;Straße\nAda;Am Markt 1\n".as_bytes();
        for (given, has_names, expected) in [
            (None, false, false),
            (None, true, true),
            (Some(false), true, false),
        ] {
            let given = Given {
                delimiter: None,
                has_header: given,
            };
            let found = find(text, true, given, has_names).unwrap();
            assert_eq!(
                (found.delimiter, found.preamble, found.has_header),
                (b';', 1, expected)
            );
        }
        let json = find(b"{\"Vorname\":\"Ada\"}", true, Given::NOTHING, true).unwrap();
        assert_eq!(json.json, Some(Form::Lines));
    }

    #[test]
    fn a_row_that_is_cut_off_is_not_examined() {
        let found = find(b"email,phone\na@b.example", false, Given::default(), false).unwrap();
        assert_eq!((found.delimiter, found.has_header), (b',', true));
        assert!(matches!(found.columns[1].target, Some(Target::Field(_))));
    }

    #[test]
    fn a_header_that_is_cut_off_needs_more_of_the_file() {
        let wide = "x,".repeat(100);
        for (text, is_found) in [
            (format!("email{wide}"), false),
            (format!("a title\n{wide}"), false),
            (format!("{wide}\n{wide}"), true),
            (format!("email\n{wide}"), true),
        ] {
            let found = find(text.as_bytes(), false, Given::default(), false);
            assert_eq!(found.is_some(), is_found, "{text}");
            assert!(find(text.as_bytes(), true, Given::default(), false).is_some());
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), is_whole in any::<bool>()) {
            let _ = find(&bytes, is_whole, Given::default(), false);
        }
    }
}
