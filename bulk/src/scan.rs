//! Reads bytes as rows and cells.
//!
//! The scanner reads CSV as RFC 4180 describes it and as programs really write it. It takes the file in chunks
//! that may end anywhere, and keeps only the current row in memory. Bytes are UTF-8; every byte that divides cells is
//! ASCII, so no character is ever cut.
//!
//! Deviations that files have, and that are accepted:
//! - each row ends in LF, CRLF or CR; lines without any cell are skipped;
//! - blanks around the quotes of a cell do not belong to it;
//! - a quote inside a cell that does not begin with one is a character;
//! - text after a closing quote belongs to the cell ([`Cell::DAMAGED`]);
//! - a cell whose quote never closes ends with the file ([`Cell::OPEN`]).

use std::borrow::Cow;

/// The number of bytes that are examined at once.
const BLOCK: usize = 64;

const QUOTE: u8 = b'"';

/// One cell of a row: the range of its content in the bytes of the row, and flags for reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    start: u32,
    end: u32,
    flags: u16,
}

impl Cell {
    const QUOTED: u16 = 1;
    const DOUBLED: u16 = 2;
    /// Text follows the closing quote. It is part of the content.
    pub const DAMAGED: u16 = 4;
    /// The quote that opens the cell is never closed.
    pub const OPEN: u16 = 8;
    /// A JSON key that appears twice in its object.
    pub const TWICE: u16 = 16;
    /// A JSON string with half of a surrogate pair.
    pub const BROKEN: u16 = 32;
    /// A nested JSON value, which fits into no cell.
    pub const NESTED: u16 = 64;
    /// A list, as JSON.
    pub const LIST: u16 = 128;
    /// The content needs no further reading.
    pub const FINAL: u16 = 256;

    /// The flags of cells that need special treatment.
    const ODD: u16 =
        Self::DAMAGED | Self::OPEN | Self::TWICE | Self::BROKEN | Self::NESTED | Self::LIST;

    /// A cell whose content is in a text in its final form.
    #[must_use]
    pub fn new(start: usize, end: usize, flags: u16) -> Cell {
        Cell {
            start: offset(start),
            end: offset(end),
            flags,
        }
    }

    /// Returns whether any of these flags is set.
    #[must_use]
    pub const fn has(self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    /// The flags except those about quotes.
    #[must_use]
    pub const fn odd(self) -> u16 {
        self.flags & Self::ODD
    }

    /// Returns whether the cell was in quotes.
    #[must_use]
    pub const fn is_quoted(self) -> bool {
        self.has(Self::QUOTED)
    }
}

/// A row of the file, while it is passed on.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The row as it is written.
    pub bytes: &'a [u8],
    /// The text that contains its cells: the same bytes, or a copy that was made of them.
    pub text: &'a [u8],
    /// The cells, in the order of the columns.
    pub cells: &'a [Cell],
    /// The line of the file on which the row begins, from 1.
    pub line: u32,
    /// The number of lines between that and the beginning of each cell, if its place in the text does not show it.
    pub below: Option<&'a [u32]>,
    /// True for an object of JSON, whose closing bracket is left out.
    pub is_open: bool,
}

impl<'a> Row<'a> {
    /// The bytes of a cell as they are in the file, without its quotes: see [`Row::content`].
    #[must_use]
    pub fn raw(&self, cell: Cell) -> &'a [u8] {
        self.text
            .get(cell.start as usize..cell.end as usize)
            .unwrap_or_default()
    }

    /// The row as it is written, before a cell and behind it, with one of the delimiters that divide it from others.
    #[must_use]
    pub fn around(&self, place: usize, delimiter: u8) -> [&'a [u8]; 2] {
        // Between a cell and the delimiter behind it are a quote and blanks at most.
        let end_of = |place: usize| {
            let begin = self.cells.get(place)?.end as usize;
            let mut behind = self.bytes.iter().enumerate().skip(begin);
            behind
                .find(|(_, byte)| **byte == delimiter)
                .map(|(at, _)| at)
        };
        let end = end_of(place).unwrap_or(self.bytes.len());
        let (before, behind) = match place.checked_sub(1) {
            Some(place) => (end_of(place), end),
            None => (Some(0), end + 1),
        };
        let before = before.and_then(|before| self.bytes.get(..before));
        [
            before.unwrap_or(self.bytes),
            self.bytes.get(behind..).unwrap_or_default(),
        ]
    }

    /// The content of a cell. It is copied only if it contains a quote.
    #[must_use]
    pub fn content(&self, cell: Cell) -> Cow<'a, [u8]> {
        let raw = self.raw(cell);
        if cell.has(Cell::DOUBLED | Cell::DAMAGED) {
            Cow::Owned(unquoted(raw))
        } else {
            Cow::Borrowed(raw)
        }
    }
}

/// Reads the inside of a quoted cell: two quotes are one, and a single one closes it; the rest follows as it is.
fn unquoted(raw: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter().copied().peekable();
    let mut is_open = true;
    while let Some(byte) = bytes.next() {
        // The first single quote closes the cell.
        let closes = is_open && byte == QUOTE && bytes.next_if_eq(&QUOTE).is_none();
        if closes {
            is_open = false;
        } else {
            content.push(byte);
        }
    }
    content
}

/// Counts the lines within a row, from one cell to a later one: the time is proportional to the length of the row,
/// however many of its cells are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lines {
    /// The number of bytes that were examined, and the line ends in them.
    at: usize,
    ends: u32,
    after_return: bool,
}

impl Lines {
    /// The line of the file on which the cell at a place begins, from 1. It starts again if that is before the last
    /// one.
    pub fn line_of(&mut self, row: Row<'_>, place: usize) -> u32 {
        if let Some(below) = row.below {
            return row.line + below.get(place).unwrap_or(&0);
        }
        let Some(cell) = row.cells.get(place) else {
            return row.line;
        };
        let start = cell.start as usize;
        if start < self.at {
            *self = Lines::default();
        }
        for byte in row.bytes.get(self.at..start).unwrap_or_default() {
            self.ends += u32::from(*byte == b'\r' || (*byte == b'\n' && !self.after_return));
            self.after_return = *byte == b'\r';
        }
        self.at = start;
        row.line + self.ends
    }
}

/// The state of the scanner in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing but blanks so far, or no quote.
    Begun,
    /// The cell does not begin with a quote: another one is a character.
    Plain,
    /// Between the quotes.
    Quoted,
    /// After a quote at this place, which closes the cell or is the first of two.
    Closing(usize),
}

/// Takes one row after the other.
pub type Give<'a> = &'a mut dyn FnMut(Row<'_>);

/// What is left of a file so far: from the beginning of the row that is being read.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub(crate) bytes: Vec<u8>,
    /// Up to where the bytes were looked at.
    pub(crate) at: usize,
}

impl Held {
    /// How many bytes are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether no row is being read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Room for the next `size` bytes of the file, to be filled before the rows are read.
    pub fn room(&mut self, size: usize) -> &mut [u8] {
        let begin = self.bytes.len();
        self.bytes.resize(begin + size, 0);
        self.bytes.get_mut(begin..).unwrap_or_default()
    }
}

/// Divides a file into rows and cells.
#[derive(Clone, Debug)]
pub struct Scanner {
    delimiter: u8,
    /// The bytes that are being read.
    pub held: Held,
    /// The cells of this row that are complete.
    cells: Vec<Cell>,
    /// The beginning of the current row, and of the current cell.
    row: usize,
    cell: usize,
    flags: u16,
    state: State,
    /// The line on which the row begins, and the one that is being read, from 1.
    row_line: u32,
    line: u32,
    /// The place where a line feed is the second half of a line end, after a carriage return.
    after_return: usize,
}

impl Scanner {
    /// A scanner for cells that are divided by `delimiter`: a comma, a semicolon, a tab or a pipe.
    #[must_use]
    pub fn new(delimiter: u8) -> Self {
        Scanner {
            delimiter,
            held: Held::default(),
            cells: Vec::new(),
            row: 0,
            cell: 0,
            flags: 0,
            state: State::Begun,
            row_line: 1,
            line: 1,
            after_return: usize::MAX,
        }
    }

    /// Takes the next bytes of the file and passes on the rows that they complete.
    pub fn push(&mut self, chunk: &[u8], give: Give<'_>) {
        self.held.bytes.extend_from_slice(chunk);
        self.rows(give);
    }

    /// Passes on the complete rows, and drops them.
    pub fn rows(&mut self, give: Give<'_>) {
        let bytes = core::mem::take(&mut self.held.bytes);
        let mut base = self.held.at;
        let mut rest = bytes.get(base..).unwrap_or_default();
        while let Some((block, after)) = rest.split_first_chunk() {
            self.block(&bytes, block, base, give);
            base += BLOCK;
            rest = after;
        }
        // No byte that divides cells is zero.
        let mut block = [0; BLOCK];
        for (to, from) in block.iter_mut().zip(rest) {
            *to = *from;
        }
        self.block(&bytes, &block, base, give);
        self.held.at = bytes.len();
        self.held.bytes = bytes;
        self.forget();
    }

    /// Passes on the row that ends with the file, if there is one.
    pub fn end(&mut self, give: Give<'_>) {
        let bytes = core::mem::take(&mut self.held.bytes);
        if bytes.len() > self.row {
            self.end_row(&bytes, bytes.len(), give);
        }
    }

    /// Drops the rows that were passed on.
    fn forget(&mut self) {
        let gone = self.row;
        self.held.bytes.drain(..gone);
        self.held.at -= gone;
        self.cell -= gone;
        self.row = 0;
        self.after_return = self.after_return.wrapping_sub(gone);
        if let State::Closing(quote) = &mut self.state {
            *quote -= gone;
        }
    }

    /// Examines the bytes of a block that may divide something.
    #[inline]
    fn block(&mut self, bytes: &[u8], block: &[u8; BLOCK], base: usize, give: Give<'_>) {
        let mut found = dividers(block, self.delimiter);
        while found != 0 {
            let offset = found.trailing_zeros() as usize;
            found &= found - 1;
            let at = base + offset;
            let byte = block.get(offset).copied().unwrap_or_default();
            if byte == QUOTE {
                self.quote(bytes, at);
            } else if byte == self.delimiter {
                if self.state != State::Quoted {
                    self.end_cell(bytes, at);
                    self.cell = at + 1;
                }
            } else {
                self.line_end(bytes, byte, at, give);
            }
        }
    }

    #[inline]
    fn quote(&mut self, bytes: &[u8], at: usize) {
        match self.state {
            State::Begun => {
                let before = bytes.get(self.cell..at).unwrap_or_default();
                if before.iter().all(|byte| is_blank(*byte)) {
                    self.state = State::Quoted;
                    self.flags = Cell::QUOTED;
                    self.cell = at + 1;
                } else {
                    self.state = State::Plain;
                }
            }
            State::Quoted => self.state = State::Closing(at),
            State::Closing(quote) if at == quote + 1 => {
                self.state = State::Quoted;
                self.flags |= Cell::DOUBLED;
            }
            // A character of the cell, or of the text after its closing quote.
            State::Plain | State::Closing(_) => {}
        }
    }

    #[inline]
    fn line_end(&mut self, bytes: &[u8], byte: u8, at: usize, give: Give<'_>) {
        // CRLF is one line end, and its first half was handled.
        let is_second_half = byte == b'\n' && at == self.after_return;
        if byte == b'\r' {
            self.after_return = at + 1;
        }
        self.line += u32::from(!is_second_half);
        if self.state == State::Quoted {
            return;
        }
        // A line without any cell is not a row.
        if at > self.row {
            self.end_row(bytes, at, give);
        }
        self.row = at + 1;
        self.cell = at + 1;
        self.row_line = self.line;
    }

    fn end_row(&mut self, bytes: &[u8], at: usize, give: Give<'_>) {
        self.end_cell(bytes, at);
        let bytes = bytes.get(self.row..at).unwrap_or_default();
        give(Row {
            bytes,
            text: bytes,
            cells: &self.cells,
            line: self.row_line,
            below: None,
            is_open: false,
        });
        self.cells.clear();
    }

    #[inline]
    fn end_cell(&mut self, bytes: &[u8], at: usize) {
        let mut end = at;
        match self.state {
            State::Begun | State::Plain => {}
            State::Quoted => self.flags |= Cell::OPEN,
            State::Closing(quote) => {
                let after = bytes.get(quote + 1..at).unwrap_or_default();
                if after.iter().all(|byte| is_blank(*byte)) {
                    end = quote;
                } else {
                    self.flags |= Cell::DAMAGED;
                }
            }
        }
        let (start, end) = (self.cell - self.row, end - self.row);
        self.cells.push(Cell::new(start, end, self.flags));
        self.state = State::Begun;
        self.flags = 0;
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// A place in a row. A row of 4 GiB would not fit into the memory of a module.
fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// One bit for each byte of a block that may divide something: quotes, delimiters, line ends.
#[cfg(target_feature = "simd128")]
#[inline]
fn dividers(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128_or};

    let (halves, _) = block.as_chunks::<8>();
    let (vectors, _) = halves.as_chunks::<2>();
    let mut found = 0;
    for [low, high] in vectors.iter().rev() {
        let bytes = u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high));
        let is = |byte: u8| u8x16_eq(bytes, u8x16_splat(byte));
        let ends = v128_or(is(b'\n'), is(b'\r'));
        let bits = u8x16_bitmask(v128_or(v128_or(is(QUOTE), is(delimiter)), ends));
        found = found << 16 | u64::from(bits);
    }
    found
}

/// The same, eight bytes at a time.
#[cfg(not(target_feature = "simd128"))]
fn dividers(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f * ONES;
    let (words, _) = block.as_chunks();
    let mut found = 0;
    for word in words.iter().rev() {
        let word = u64::from_le_bytes(*word);
        // The upper bit of each byte that is not the one sought.
        let is_other = |byte: u8| {
            let difference = word ^ (ONES * u64::from(byte));
            ((difference & LOW) + LOW) | difference
        };
        let others = is_other(QUOTE) & is_other(delimiter) & is_other(b'\n') & is_other(b'\r');
        let bits = (!others >> 7) & ONES;
        // The bit of byte i comes to place i.
        found = found << 8 | bits.wrapping_mul(0x0102_0408_1020_4080) >> 56;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Rows = Vec<(u32, Vec<String>)>;

    fn row(row: Row<'_>) -> (u32, Vec<String>) {
        let cells = row.cells.iter();
        let texts = cells.map(|cell| String::from_utf8_lossy(&row.content(*cell)).into_owned());
        (row.line, texts.collect())
    }

    /// The rows of a file that arrives in these chunks.
    fn rows_of<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Rows {
        let mut rows = Vec::new();
        let mut scanner = Scanner::new(b',');
        for chunk in chunks {
            scanner.push(chunk, &mut |it| rows.push(row(it)));
        }
        scanner.end(&mut |it| rows.push(row(it)));
        rows
    }

    fn rows(text: &str) -> Rows {
        rows_of([text.as_bytes()])
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn cells_are_divided_as_files_divide_them() {
        for (text, expected) in [
            ("a,b\nc,d\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a,b\r\nc,d", vec![vec!["a", "b"], vec!["c", "d"]]),
            (
                "a\rb\nc\r\nd\r",
                vec![vec!["a"], vec!["b"], vec!["c"], vec!["d"]],
            ),
            ("a\n\n\r\n\rb\n\n", vec![vec!["a"], vec!["b"]]),
            ("", vec![]),
            ("\n", vec![]),
            (",", vec![vec!["", ""]]),
            ("a,\n", vec![vec!["a", ""]]),
            ("\"\"\n", vec![vec![""]]),
            ("\"a,b\",c", vec![vec!["a,b", "c"]]),
            ("\"a\nb\r\nc\rd\",e\n", vec![vec!["a\nb\r\nc\rd", "e"]]),
            ("\"say \"\"hi\"\"\",b", vec![vec!["say \"hi\"", "b"]]),
            ("\"\"\"\"", vec![vec!["\""]]),
            ("5\" disc,b", vec![vec!["5\" disc", "b"]]),
            ("a\"b\"c,\"d\"", vec![vec!["a\"b\"c", "d"]]),
            ("  \"a\" \t,\t\"b\"\n", vec![vec!["a", "b"]]),
            (" a , b ", vec![vec![" a ", " b "]]),
            ("\"a\"b,c", vec![vec!["ab", "c"]]),
            ("\"a\" \"b\",c", vec![vec!["a \"b\"", "c"]]),
            ("\"a,b\nc", vec![vec!["a,b\nc"]]),
            ("a\0b,\0", vec![vec!["a\0b", "\0"]]),
            ("\u{e9},\u{1f600}", vec![vec!["\u{e9}", "\u{1f600}"]]),
        ] {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }

    #[test]
    fn rows_have_the_line_on_which_they_begin() {
        let lines: Vec<u32> = rows("a\n\nb\r\n\"c\nc\r\nc\rc\"\rd\re")
            .into_iter()
            .map(|(line, _)| line)
            .collect();
        assert_eq!(lines, [1, 3, 4, 8, 9]);
    }

    #[test]
    fn cells_have_flags_for_misplaced_quotes() {
        let mut found = Vec::new();
        let mut scanner = Scanner::new(b',');
        let mut note = |row: Row<'_>| {
            found.extend(row.cells.iter().map(|cell| {
                let has = |flag| cell.has(flag);
                (cell.is_quoted(), has(Cell::DAMAGED), has(Cell::OPEN))
            }));
        };
        scanner.push(b"a,\"b\",\"c\"c,\"d", &mut note);
        scanner.end(&mut note);
        assert_eq!(
            found,
            [
                (false, false, false),
                (true, false, false),
                (true, true, false),
                (true, false, true)
            ]
        );
    }

    #[test]
    fn no_more_than_the_current_row_is_in_memory() {
        let mut scanner = Scanner::new(b',');
        for _ in 0..1000 {
            scanner.push(b"some,cells\nand", &mut |_| {});
            assert!(scanner.held.len() <= 20, "{}", scanner.held.len());
        }
    }

    proptest! {
        #[test]
        fn chunks_may_end_anywhere(text in "[ab\",\r\n \u{e9}]{0,200}", sizes in prop::collection::vec(0..90_usize, 0..8)) {
            let mut rest = text.as_bytes();
            let mut chunks = Vec::new();
            for size in sizes {
                let (chunk, after) = rest.split_at(size.min(rest.len()));
                chunks.push(chunk);
                rest = after;
            }
            chunks.push(rest);
            prop_assert_eq!(rows_of(chunks), rows(&text));
            prop_assert_eq!(rows_of(text.as_bytes().chunks(1)), rows(&text));
        }

        #[test]
        fn a_file_that_follows_the_standard_is_read_as_the_csv_crate_reads_it(
            table in prop::collection::vec(prop::collection::vec("[ab\",\r\n \u{e9}]{0,9}", 2..5), 0..9),
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).map_err(|error| TestCaseError::fail(format!("{error}")))?;
            }
            let text = writer.into_inner().unwrap_or_default();
            let found: Vec<_> = rows_of([text.as_slice()]).into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(found, table);
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = rows_of([bytes.as_slice()]);
        }

        #[test]
        fn dividers_are_found_where_they_stand(bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\",\r\n\x0b\x0c\x22\xa2\x2d".to_vec())], 64)) {
            let mut block = [0; BLOCK];
            block.copy_from_slice(&bytes);
            let found = dividers(&block, b',');
            for (at, byte) in bytes.iter().enumerate() {
                prop_assert_eq!(found >> at & 1 == 1, b"\",\r\n".contains(byte), "{}", at);
            }
        }
    }
}
