//! Detects the delimiter of a file, and its header.
//!
//! Both are detected in a whole sample of the file, read by the scanner: a comma between quotes divides nothing, and a
//! first line that is a title has nothing to do with the rows below it.

use crate::columns::{self, Column};
use crate::encoding::lossy;
use crate::guard;
use crate::json::Form;
use crate::scan::{Row, Scanner};

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

/// Detects the dialect of a file that begins with `sample`. `is_whole` is true if nothing follows; otherwise the last
/// row may be cut off, and is not examined. None if more of the file is needed: the row that is cut off takes up most
/// of the sample, and no row before it is a header.
#[must_use]
pub fn find(sample: &[u8], is_whole: bool, given: Given) -> Option<Dialect> {
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
    let has_header = given.has_header;
    let candidates = match &wanted {
        Some(delimiter) => core::slice::from_ref(delimiter),
        None => DELIMITERS.as_slice(),
    };
    let mut best: Option<(usize, Dialect)> = None;
    let mut cut = 0;
    for delimiter in candidates {
        let (table, rest) = rows(sample, *delimiter, is_whole);
        let (score, dialect) = judge(&table, *delimiter, usize::from(named.is_some()), has_header);
        // The first of equals: a comma is the most likely.
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, dialect));
            cut = rest;
        }
    }
    best.map(|(_, dialect)| dialect)
        .filter(|dialect| is_whole || is_named(dialect) || cut <= sample.len() / 2)
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

/// The first rows of a sample, and the number of bytes of the row that is cut off.
fn rows(sample: &[u8], delimiter: u8, is_whole: bool) -> (Vec<Vec<String>>, usize) {
    let mut table = Vec::new();
    let mut take = |row: Row<'_>| {
        if table.len() < ROWS {
            let cells = row.cells.iter();
            table.push(cells.map(|cell| lossy(&row.content(*cell))).collect());
        }
    };
    let mut scanner = Scanner::new(delimiter);
    scanner.push(sample, &mut take);
    let cut = scanner.held();
    if is_whole {
        scanner.end(&mut take);
    }
    (table, cut)
}

/// The score of a delimiter, and its dialect.
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
    let mut columns = match header.and_then(|(row, _)| table.get(row)) {
        Some(names) => columns::understand(names.iter().map(String::as_str)),
        None => columns::understand(core::iter::repeat_n("", width)),
    };
    for (place, column) in columns.iter_mut().enumerate() {
        let rows = table.get(begin + usize::from(header.is_some())..);
        column.separator = separator(rows.unwrap_or_default(), place);
    }
    let mut dialect = Dialect {
        json: None,
        delimiter,
        preamble: u32::try_from(begin).unwrap_or(u32::MAX),
        has_header: header.is_some(),
        columns,
    };
    if dialect.is_exported() {
        for column in &mut dialect.columns {
            column.separator = guard::SEPARATOR;
        }
    }
    (score, dialect)
}

/// The separator of the items of a list in a column: the first one in any cell.
fn separator(rows: &[Vec<String>], place: usize) -> u8 {
    let cells = || rows.iter().filter_map(|cells| cells.get(place));
    columns::SEPARATORS
        .into_iter()
        .find(|separator| cells().any(|cell| cell.as_bytes().contains(separator)))
        .unwrap_or(columns::SEPARATOR)
}

/// The number of recognised names in a row. A cell with an address or digits is not a name.
fn understood(cells: &[String]) -> usize {
    let is_name = |cell: &&String| columns::target_of(cell.trim()).is_some();
    cells.iter().filter(is_name).count()
}

/// Returns whether a row with `known` recognised names is the header, and not a title or a customer.
fn is_header(table: &[Vec<String>], row: usize, known: usize) -> bool {
    let Some(cells) = table.get(row) else {
        return false;
    };
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    // A word of a title may be a name, too; a header is as wide as the rows below it, and contains no data.
    let is_wide = table
        .get(row + 1)
        .is_none_or(|next| next.len() == cells.len());
    let has_data = cells.iter().any(|cell| {
        cell.contains('@')
            || cell
                .trim()
                .starts_with(|first: char| first.is_ascii_digit())
    });
    2 * known >= filled || (is_wide && !has_data)
}

/// The number of cells that most rows have; the larger of equals.
fn usual_width(table: &[Vec<String>]) -> usize {
    let count = |width: usize| table.iter().filter(|cells| cells.len() == width).count();
    let widths = table.iter().map(Vec::len);
    widths
        .max_by_key(|width| (count(*width), *width))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Target;
    use proptest::prelude::*;

    fn dialect(text: &str) -> (char, u32, bool, usize) {
        let found = find(text.as_bytes(), true, Given::default()).unwrap();
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
    fn a_row_that_is_cut_off_is_not_examined() {
        let found = find(b"email,phone\na@b.example", false, Given::default()).unwrap();
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
            let found = find(text.as_bytes(), false, Given::default());
            assert_eq!(found.is_some(), is_found, "{text}");
            assert!(find(text.as_bytes(), true, Given::default()).is_some());
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), is_whole in any::<bool>()) {
            let _ = find(&bytes, is_whole, Given::default());
        }
    }
}
