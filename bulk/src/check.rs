//! Checks a whole file: takes its bytes in chunks, and reports the issues of its rows and the damage by spreadsheets.
//!
//! Most cells are certainly valid after a quick look: a text with no more bytes than its limit in characters needs no
//! string and no count. Every other cell is checked by the rules of the core, which report all issues.

use std::borrow::Cow;

use collins_customers::contract::{COMPANY_ADDRESS, Kind, NEW_CUSTOMER, row_of};
use collins_customers::instant;
use collins_customers::rules::check;
use collins_customers::rules::issue::{NONE, Part, Parts, Path, Phrase, Report, Sentence};
use collins_customers::text::{pieces, push_text, whole};

use crate::columns::{self, Column, Firsts, Target};
use crate::damage::{self, Damage, Nature, Signs, Tally};
use crate::dialect::{self, Dialect, Given};
use crate::encoding::{Decoder, Encoding};
use crate::fix::{self, Dates, Fix, Fixed, FixedRow, Fixes, Order, Place};
use crate::guard;
use crate::json::{Kind as RowKind, Reader};
use crate::scan::{Cell, Held, Lines, Row, Scanner};

/// The size of the sample in which the dialect is detected, in bytes. It is doubled as long as it ends within the
/// header.
pub const SAMPLE: usize = 64 * 1024;

/// The number of bytes that show the encoding.
const HEAD: usize = 4;

/// An issue with a row itself. The messages are in js/issues.js, by these numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Bytes that are not UTF-8.
    Encoding,
    /// A quote that never closes.
    OpenQuote,
    /// Text behind a closing quote.
    AfterQuote,
    /// More cells than the file has columns.
    ExtraCells,
    /// Half of a surrogate pair, which UTF-16 has no character for.
    HalfPair,
    /// A row of a JSON file that is not a JSON object.
    Malformed,
    /// A nested JSON value, where a single one is expected.
    Nested,
}

/// An issue with a cell or a row, without its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A rule of the API, by a row of the core's table of sentences, and the numbers of its parts.
    Rule(Sentence, [u32; 3]),
    /// A fault of the file.
    File(Fault),
}

/// One issue with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The customer, from 1: rows before the header, the header and empty rows do not count.
    pub row: u32,
    /// The line on which the cell begins, from 1.
    pub line: u32,
    /// The column, from 0; for a fault of the row the first cell that has it.
    pub column: u32,
    /// The part of a full name that was split: 1 for the first name, 2 for the last, 0 for any other cell.
    pub half: u8,
    /// The issue.
    pub said: Said,
}

/// The options of a check.
#[derive(Clone, Debug)]
pub struct Options {
    /// The encoding, if it is given.
    pub encoding: Option<Encoding>,
    /// The given parts of the dialect.
    pub dialect: Given,
    /// The target of columns by their names, or from `1` if the file has no header; none for a column that is left out.
    pub mapping: Vec<(String, Option<Target>)>,
    /// The fixes for cells before they are checked.
    pub fixes: Fixes,
    /// The number of issues that are kept; all are counted.
    pub keep: usize,
    /// What is returned of the rows, besides the issues.
    pub gives: Gives,
}

impl Options {
    /// Options with nothing given, kept or returned.
    #[must_use]
    pub const fn new() -> Options {
        Options {
            encoding: None,
            dialect: Given::NOTHING,
            mapping: Vec::new(),
            fixes: Fixes::NONE,
            keep: 0,
            gives: Gives::Nothing,
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options::new()
    }
}

/// What is returned of the rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gives {
    /// Nothing.
    #[default]
    Nothing,
    /// The customers of the valid rows ([`Checker::customers`]).
    Customers,
    /// Every row as it is written ([`Checker::rows`]).
    Rows,
}

/// A row as it is written, and its place among the customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The customer, from 1; 0 for a row before the first one, such as the header.
    pub row: u32,
    /// The end of the row in the returned bytes. It begins at the end of the row before it.
    pub end: u32,
    /// How many cells it has fewer than the file has columns; 1 for an object of JSON, which lacks its closing bracket.
    pub missing: u32,
}

/// The check for the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Nothing: the column is left out, or a list of texts without a limit.
    Nothing,
    Counted(usize),
    Date,
    OptIn,
    /// The rules of the core.
    Core,
}

/// The way in which the cells of a column are checked and written.
#[derive(Clone, Debug)]
struct Way {
    rule: Rule,
    nature: Nature,
    /// The kind of its values; none if the cells are not part of the customers.
    kind: Option<Kind>,
    /// The row in [`NEW_CUSTOMER`], and the place in that field.
    field: usize,
    inner: Inner,
    /// The separator of the items of a list; none if each cell has its own.
    separator: Option<u8>,
    /// The column, and the part of a full name that was split.
    column: usize,
    half: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Inner {
    Nothing,
    Address(usize),
    Preference(String),
}

#[derive(Clone, Debug)]
enum Stage {
    /// The encoding is not known.
    Head(Vec<u8>),
    /// The dialect is not known, and is detected as soon as there are so many bytes.
    Sample(Vec<u8>, usize),
    Rows,
}

/// Checks a file that arrives in chunks.
#[derive(Debug)]
pub struct Checker {
    options: Options,
    stage: Stage,
    encoding: Encoding,
    decoder: Decoder,
    scanner: Scanner,
    /// The reader of a JSON file.
    reader: Option<Reader>,
    dialect: Dialect,
    firsts: Firsts,
    rows: Rows,
    /// A chunk that is not UTF-8, or arrives before the dialect is known.
    input: Vec<u8>,
}

/// The state of the rows so far.
#[derive(Debug, Default)]
struct Rows {
    is_utf16: bool,
    /// The ways of the columns, followed by those of the two parts of a full name that is split.
    ways: Vec<Way>,
    /// The number of columns.
    width: usize,
    /// The columns that are sent, in the order of the fields.
    order: Vec<usize>,
    /// What divides the cells of a row.
    delimiter: u8,
    /// The column of the reasons that an import gave, which are left out where rows are given.
    reason: Option<usize>,
    /// The number of rows that are not customers: those before the header, and the header.
    skip: u32,
    count: u32,
    valid: u32,
    issue_count: u32,
    keep: usize,
    issues: Vec<Issue>,
    damage: Tally,
    gives: Gives,
    customers: String,
    /// True if this package wrote the file: see [`crate::guard`].
    is_exported: bool,
    /// The lines of the row that is being checked.
    lines: Lines,
    written: Vec<Written>,
    bytes: Vec<u8>,
    fixes: Fixes,
    fixed_row: FixedRow,
    fixed: Vec<Fixed>,
    dates: Dates,
    pending: Pending,
}

/// The rows whose date was converted, as long as no row rules out the order.
#[derive(Debug, Default)]
struct Pending {
    /// True if the row that is being checked is one of them.
    is_row: bool,
    count: u32,
    /// The number of them that are valid with that date.
    valid: u32,
    /// The issues that they have without it, as many as are kept.
    issues: Vec<Issue>,
}

impl Checker {
    /// Begins at the start of a file.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let rows = Rows {
            keep: options.keep,
            gives: options.gives,
            fixes: options.fixes,
            ..Rows::default()
        };
        Checker {
            options,
            stage: Stage::Head(Vec::new()),
            encoding: Encoding::Utf8,
            decoder: Decoder::default(),
            scanner: Scanner::new(b','),
            reader: None,
            dialect: Dialect::default(),
            firsts: Firsts::new(),
            rows,
            input: Vec::new(),
        }
    }

    /// Room for the next `size` bytes of the file. All of it must be filled before [`Checker::check`] is called.
    pub fn room(&mut self, size: usize) -> &mut [u8] {
        if self.is_direct() {
            return self.buffer().room(size);
        }
        self.input.clear();
        self.input.resize(size, 0);
        &mut self.input
    }

    /// Returns whether the scanner reads the bytes of the file directly.
    fn is_direct(&self) -> bool {
        matches!(self.stage, Stage::Rows) && self.encoding == Encoding::Utf8
    }

    /// Checks the rows that are complete with the bytes in the room.
    pub fn check(&mut self) {
        if self.is_direct() {
            self.read();
            return;
        }
        let input = core::mem::take(&mut self.input);
        self.take(&input);
        self.input = input;
    }

    /// Checks the rows that are complete with this chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        self.room(chunk.len()).copy_from_slice(chunk);
        self.check();
    }

    /// Checks the rows that are complete.
    fn read(&mut self) {
        let rows = &mut self.rows;
        let Some(reader) = &mut self.reader else {
            self.scanner.rows(&mut |row| rows.row(row, RowKind::Whole));
            return;
        };
        let (dialect, firsts, mapping) =
            (&mut self.dialect, &mut self.firsts, &self.options.mapping);
        reader.rows(&mut |row, kind, names| {
            rows.learn(names, dialect, firsts, mapping);
            rows.row(row, kind);
        });
    }

    fn take(&mut self, chunk: &[u8]) {
        match &mut self.stage {
            Stage::Head(head) => {
                head.extend_from_slice(chunk);
                if head.len() >= HEAD {
                    self.begin_sample();
                }
            }
            Stage::Sample(sample, _) => {
                self.decoder.push(chunk, sample);
                self.begin_rows(false);
            }
            Stage::Rows => {
                let mut text = Vec::new();
                self.decoder.push(chunk, &mut text);
                self.scan(&text);
            }
        }
    }

    fn begin_sample(&mut self) {
        if let Stage::Head(head) = &mut self.stage {
            let head = core::mem::take(head);
            let (found, mark) = Encoding::detect(&head);
            self.encoding = self.options.encoding.unwrap_or(found);
            self.decoder = Decoder::new(self.encoding);
            self.stage = Stage::Sample(Vec::new(), SAMPLE);
            // The byte-order mark of another encoding does not count.
            let mark = if self.encoding == found { mark } else { 0 };
            self.take(head.get(mark..).unwrap_or_default());
        }
    }

    /// Detects the dialect, if there is enough of the file, or no more of it.
    fn begin_rows(&mut self, has_ended: bool) {
        while let Stage::Sample(sample, size) = &mut self.stage {
            let is_more = sample.len() > *size;
            if !is_more && !has_ended {
                return;
            }
            let looked_at = sample.get(..*size).unwrap_or(sample);
            let options = &self.options;
            let mut names = options.mapping.iter().map(|(name, _)| name);
            // A number is the place of a column in a file without a header.
            let has_names = names.any(|name| whole(name).is_none());
            let found = dialect::find(looked_at, !is_more, options.dialect, has_names);
            let Some(dialect) = found else {
                *size *= 2;
                continue;
            };
            let sample = core::mem::take(sample);
            self.dialect = dialect;
            self.map();
            let dialect = &self.dialect;
            self.rows.is_utf16 = matches!(
                self.encoding,
                Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian
            );
            if let Some(form) = dialect.json {
                self.reader = Some(Reader::new(form));
            } else {
                self.rows.skip = dialect.preamble + u32::from(dialect.has_header);
            }
            self.rows.go(dialect);
            self.rows.is_exported = dialect.is_exported();
            self.scanner = Scanner::new(dialect.delimiter);
            self.stage = Stage::Rows;
            self.scan(&sample);
        }
    }

    /// Applies the caller's mapping. Another column that had the field gives it up.
    fn map(&mut self) {
        let has_header = self.dialect.has_header;
        let columns = &mut self.dialect.columns;
        for (name, target) in &self.options.mapping {
            let place = if has_header {
                columns.iter().position(|column| column.name == *name)
            } else {
                whole(name).and_then(|number| (number as usize).checked_sub(1))
            };
            let Some(place) = place.filter(|place| *place < columns.len()) else {
                continue;
            };
            for (other, column) in columns.iter_mut().enumerate() {
                if other == place {
                    column.go_to(target.as_ref());
                } else if target.is_some() && column.target == *target {
                    column.go_to(None);
                    column.repeats = Some(place);
                }
            }
        }
    }

    fn scan(&mut self, text: &[u8]) {
        self.buffer().room(text.len()).copy_from_slice(text);
        self.read();
    }

    /// The bytes of whatever reads the file.
    fn buffer(&mut self) -> &mut Held {
        match &mut self.reader {
            Some(reader) => &mut reader.held,
            None => &mut self.scanner.held,
        }
    }

    /// Checks the rest when the file has ended.
    pub fn end(&mut self) {
        self.begin_sample();
        let mut rest = Vec::new();
        self.decoder.end(&mut rest);
        if let Stage::Sample(sample, _) = &mut self.stage {
            sample.append(&mut rest);
        }
        self.begin_rows(true);
        self.scan(&rest);
        let rows = &mut self.rows;
        let Some(reader) = &mut self.reader else {
            self.scanner.end(&mut |row| rows.row(row, RowKind::Whole));
            return;
        };
        let (dialect, firsts, mapping) =
            (&mut self.dialect, &mut self.firsts, &self.options.mapping);
        reader.end(&mut |row, kind, names| {
            rows.learn(names, dialect, firsts, mapping);
            rows.row(row, kind);
        });
    }

    /// The number of customers so far, and the number of them without an issue.
    #[must_use]
    pub fn counts(&self) -> (u32, u32) {
        (self.rows.count, self.rows.valid)
    }

    /// The number of issues so far, including those that are not kept.
    #[must_use]
    pub fn issue_count(&self) -> u32 {
        self.rows.issue_count
    }

    /// The issues that are kept.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.rows.issues
    }

    /// Drops the issues that were kept so far, which the caller has read.
    pub fn forget_issues(&mut self) {
        self.rows.keep -= self.rows.issues.len();
        self.rows.issues.clear();
    }

    /// The damage that a spreadsheet did to the file.
    #[must_use]
    pub fn damage(&self) -> &[Damage] {
        self.rows.damage.all()
    }

    /// The changes of the fixes. Those of dates are left out once a row rules out their order.
    #[must_use]
    pub fn fixed(&self) -> &[Fixed] {
        &self.rows.fixed
    }

    /// The order of the dates in the file.
    #[must_use]
    pub fn dates(&self) -> &Dates {
        &self.rows.dates
    }

    /// The customers of the valid rows of the last chunk, one per line, as JSON.
    pub fn customers(&mut self) -> &mut String {
        &mut self.rows.customers
    }

    /// The rows of the last chunk, with the bytes of all of them: UTF-8, without their line ends. Empty lines do not
    /// count.
    pub fn rows(&mut self) -> (&mut Vec<Written>, &mut Vec<u8>) {
        (&mut self.rows.written, &mut self.rows.bytes)
    }

    /// The dialect and the encoding. They are known after 64 KiB of the file, or all of it.
    #[must_use]
    pub fn dialect(&self) -> (&Dialect, Encoding) {
        (&self.dialect, self.encoding)
    }

    /// The number of bytes of the file in memory.
    #[must_use]
    pub fn held(&self) -> usize {
        match &self.reader {
            Some(reader) => reader.held.len(),
            None => self.scanner.held.len(),
        }
    }
}

/// The columns that are sent, in the order in which a customer has their fields.
fn order(ways: &[Way]) -> Vec<usize> {
    let mut order = Vec::new();
    for field in 0..NEW_CUSTOMER.len() {
        for (column, way) in ways.iter().enumerate() {
            if way.field == field {
                order.push(column);
            }
        }
    }
    order
}

impl Way {
    fn of((place, column): (usize, &Column)) -> Way {
        let (field, inner, kind) = match &column.target {
            Some(Target::Field(row)) => {
                let kind = NEW_CUSTOMER.get(*row).map(|field| field.kind);
                (*row, Inner::Nothing, kind)
            }
            Some(Target::Address(row)) => {
                let kind = COMPANY_ADDRESS.get(*row).map(|field| field.kind);
                (field_row("company_address"), Inner::Address(*row), kind)
            }
            Some(Target::Preference(id)) => (
                field_row("marketing_preferences"),
                Inner::Preference(id.clone()),
                Some(Kind::OptIn),
            ),
            Some(Target::FullName | Target::ReadOnly) | None => (usize::MAX, Inner::Nothing, None),
        };
        Way {
            rule: Rule::of(kind),
            kind,
            nature: Nature::of(column.target.as_ref()),
            field,
            inner,
            separator: Some(column.separator),
            column: place,
            half: 0,
        }
    }

    /// The way of one part of a full name, in the column of the full name.
    fn of_half(column: usize, half: u8, name: &str) -> Way {
        let field = field_row(name);
        let kind = NEW_CUSTOMER.get(field).map(|field| field.kind);
        Way {
            rule: Rule::of(kind),
            kind,
            nature: Nature::Name,
            field,
            inner: Inner::Nothing,
            separator: None,
            column,
            half,
        }
    }

    fn is_email(&self) -> bool {
        matches!(self.kind, Some(Kind::Email { .. }))
    }

    fn has_ids(&self) -> bool {
        matches!(self.kind, Some(Kind::Ids))
    }

    fn is_list(&self) -> bool {
        matches!(self.kind, Some(Kind::Ids | Kind::Texts))
    }

    /// Returns whether the cells are part of the customers.
    fn is_sent(&self) -> bool {
        self.field != usize::MAX
    }
}

impl Rule {
    fn of(kind: Option<Kind>) -> Rule {
        match kind {
            Some(Kind::Text { max } | Kind::Scalar { max }) => Rule::Counted(max as usize),
            Some(Kind::Date) => Rule::Date,
            Some(Kind::OptIn) => Rule::OptIn,
            // The items of lists have no limits, and empty ones do not count.
            Some(Kind::Ids | Kind::Texts) | None => Rule::Nothing,
            Some(_) => Rule::Core,
        }
    }
}

/// Returns whether a JSON list, written without blanks, has an empty string. Within a string a quote has a backslash.
fn has_empty_item(list: &[u8]) -> bool {
    list.windows(3)
        .any(|part| matches!(part, b"[\"\"" | b",\"\""))
}

fn field_row(name: &str) -> usize {
    row_of(NEW_CUSTOMER, name).unwrap_or(usize::MAX)
}

/// Reads a choice of a preference. A file has no booleans: these are the words that spreadsheets and people write.
fn opt_in(text: &[u8]) -> Option<bool> {
    let mut word = [0; 5];
    let word = word.get_mut(..text.len())?;
    word.copy_from_slice(text);
    word.make_ascii_lowercase();
    match &*word {
        b"true" | b"yes" | b"y" | b"1" => Some(true),
        b"false" | b"no" | b"n" | b"0" => Some(false),
        _ => None,
    }
}

impl Rows {
    /// Takes the columns of the dialect.
    fn go(&mut self, dialect: &Dialect) {
        self.width = dialect.columns.len();
        self.delimiter = dialect.delimiter;
        let mut columns = dialect.columns.iter();
        self.reason = columns.position(|column| column.name == columns::REASON);
        self.ways = dialect.columns.iter().enumerate().map(Way::of).collect();
        if dialect.json.is_some() {
            for way in &mut self.ways {
                way.separator = None;
            }
        }
        if self.fixes.has(Fix::SplitNames)
            && let Some(whole) = columns::splits(&dialect.columns)
        {
            self.ways.push(Way::of_half(whole, 1, "first_name"));
            self.ways.push(Way::of_half(whole, 2, "last_name"));
        }
        self.order = order(&self.ways);
    }

    /// Makes columns of new keys.
    fn learn(
        &mut self,
        names: &[String],
        dialect: &mut Dialect,
        firsts: &mut Firsts,
        mapping: &[(String, Option<Target>)],
    ) {
        if names.len() == self.width {
            return;
        }
        for name in names.iter().skip(self.width) {
            columns::add(&mut dialect.columns, firsts, name);
            let Some(column) = dialect.columns.last_mut() else {
                continue;
            };
            let mapped = mapping.iter().find(|(mapped, _)| *mapped == column.name);
            if let Some((_, target)) = mapped {
                column.go_to(target.as_ref());
            } else if column.target.is_some()
                && mapping.iter().any(|(_, target)| *target == column.target)
            {
                // The mapping gives the field to another key, which may come later.
                column.go_to(None);
            }
        }
        self.go(dialect);
    }

    #[inline]
    fn row(&mut self, row: Row<'_>, kind: RowKind) {
        if self.skip > 0 {
            self.skip -= 1;
            self.keep_written(row);
            return;
        }
        if kind == RowKind::Whole && row.cells.iter().all(|cell| is_blank(row.raw(*cell))) {
            return;
        }
        self.count += 1;
        self.lines = Lines::default();
        self.keep_written(row);
        let before = self.issue_count;
        let signs = Signs::of(row.text);
        if !signs.is_ascii && str::from_utf8(row.text).is_err() {
            let is_broken = |cell: &Cell| str::from_utf8(row.raw(*cell)).is_err();
            let place = row.cells.iter().position(is_broken);
            let fault = if self.is_utf16 {
                Fault::HalfPair
            } else {
                Fault::Encoding
            };
            self.fault(row, place.unwrap_or(0), fault);
            return;
        }
        if row.cells.len() != self.width || kind != RowKind::Whole {
            self.other_width(row, kind);
        }
        let ways = core::mem::take(&mut self.ways);
        if self.fixes.is_any() {
            let mut fixed = core::mem::take(&mut self.fixed_row);
            self.fix(row, &ways, &mut fixed);
            self.cells(row, fixed.row(row), &ways, signs, before);
            self.fixed_row = fixed;
        } else {
            self.cells(row, row, &ways, signs, before);
        }
        self.ways = ways;
    }

    /// Checks the cells of a row; `fixed` has them after all fixes. `before` is the number of issues before this row.
    #[inline]
    fn cells(&mut self, row: Row<'_>, fixed: Row<'_>, ways: &[Way], signs: Signs, before: u32) {
        for (cell, way) in fixed.cells.iter().zip(ways) {
            let raw = fixed.raw(*cell);
            if cell.odd() != 0 && !self.is_cell(row, *cell, way) {
                continue;
            }
            if raw.is_empty() {
                continue;
            }
            let is_sure = match way.rule {
                Rule::Nothing => true,
                Rule::Counted(max) => raw.len() <= max,
                Rule::Date => str::from_utf8(raw).is_ok_and(|text| instant::date(text).is_some()),
                Rule::OptIn => opt_in(raw).is_some(),
                Rule::Core => is_plain_email(raw),
            };
            if !is_sure {
                self.cell(row, fixed, *cell, way);
            }
            if let Some(seen) = damage::of(raw, way.nature, signs) {
                let lines = &mut self.lines;
                let line = || lines.line_of(row, way.column);
                self.damage.add(seen, way.column, self.count, line);
            }
        }
        if self.issue_count == before {
            self.valid += 1;
            if self.pending.is_row {
                self.pending.valid += 1;
            }
            if self.gives == Gives::Customers {
                self.write(fixed, ways);
            }
        }
        self.pending.is_row = false;
    }

    /// Reports the odd features of a cell. Returns whether it can be checked like any other.
    #[cold]
    fn is_cell(&mut self, row: Row<'_>, cell: Cell, way: &Way) -> bool {
        if cell.has(Cell::OPEN) {
            self.add(row, way, Said::File(Fault::OpenQuote));
        } else if cell.has(Cell::DAMAGED) {
            self.add(row, way, Said::File(Fault::AfterQuote));
        }
        // A cell that is not sent may have any form.
        if !way.is_sent() {
            return true;
        }
        if cell.has(Cell::TWICE) {
            self.add(row, way, Said::Rule(Sentence::Twice, [0; 3]));
        }
        if cell.has(Cell::BROKEN) {
            self.add(row, way, Said::Rule(Sentence::HalfCharacter, [0; 3]));
        }
        // Cells have no form for an empty item, but lists of JSON do.
        if cell.has(Cell::LIST) && way.has_ids() && has_empty_item(row.raw(cell)) {
            self.add(row, way, Said::Rule(Sentence::Empty, [0; 3]));
        }
        let is_nested = cell.has(Cell::NESTED) || (cell.has(Cell::LIST) && !way.is_list());
        if is_nested {
            self.add(row, way, Said::File(Fault::Nested));
        }
        !is_nested
    }

    /// Applies the chosen fixes to the cells of a row.
    fn fix(&mut self, row: Row<'_>, ways: &[Way], fixed: &mut FixedRow) {
        fixed.begin();
        for way in ways {
            let cell = row.cells.get(way.column).copied().unwrap_or_default();
            let content = if cell.has(Cell::LIST) {
                Cow::Borrowed(row.raw(cell))
            } else {
                content(row, cell, self.is_exported)
            };
            let text = str::from_utf8(&content).unwrap_or_default();
            if way.half > 0 {
                let halves = fix::split_name(text);
                let half = halves.get(usize::from(way.half) - 1);
                fixed.push(half.map_or("", |half| half).as_bytes(), 0);
                if way.half == 1 && !text.trim().is_empty() {
                    self.count_fix(Fix::SplitNames, way);
                }
                continue;
            }
            if !way.is_sent() || cell.has(Cell::LIST | Cell::NESTED) {
                fixed.push(text.as_bytes(), cell.odd());
                continue;
            }
            let mut now = Cow::Borrowed(text);
            if self.fixes.has(Fix::Trim) && !way.is_list() {
                let trimmed = Cow::Borrowed(text.trim());
                self.change(Fix::Trim, way, &mut now, trimmed);
            }
            if self.fixes.has(Fix::PhoneBlanks) && way.nature == Nature::Phone {
                let changed = fix::without_blanks(&now);
                self.change(Fix::PhoneBlanks, way, &mut now, Cow::Owned(changed));
            }
            if self.fixes.has(Fix::LowerCaseEmails) && way.is_email() {
                // The letters of other alphabets stay as they are.
                let changed = now.to_ascii_lowercase();
                self.change(Fix::LowerCaseEmails, way, &mut now, Cow::Owned(changed));
            }
            if way.rule == Rule::Date
                && let Some(order) = self.fixes.dates
                && instant::date(&now).is_none()
                && let Some(date) = self.date(row, way, &now, Some(order))
            {
                now = Cow::Owned(date);
            }
            fixed.push(now.as_bytes(), cell.odd());
        }
    }

    /// Puts what a fix made of a text into its place, and counts it if it is another one.
    fn change<'a>(&mut self, fix: Fix, way: &Way, text: &mut Cow<'a, str>, changed: Cow<'a, str>) {
        if changed != *text {
            self.count_fix(fix, way);
            *text = changed;
        }
    }

    fn count_fix(&mut self, fix: Fix, way: &Way) {
        fix::count(&mut self.fixed, fix, column_number(way));
    }

    /// Examines a cell that is not a date in the API's form. Returns the date that it is in the wanted order.
    #[cold]
    fn date(
        &mut self,
        row: Row<'_>,
        way: &Way,
        text: &str,
        wanted: Option<Order>,
    ) -> Option<String> {
        let line = self.lines.line_of(row, way.column);
        let place = Place {
            row: self.count,
            line,
        };
        let column = column_number(way);
        let was_refuted = wanted.is_some_and(|order| self.dates.is_refuted(order));
        let date = self.dates.see(text, column, wanted, || place);
        if !was_refuted && wanted.is_some_and(|order| self.dates.is_refuted(order)) {
            self.give_up_dates();
        }
        if date.is_some() {
            self.count_fix(Fix::Dates, way);
            let pending = &mut self.pending;
            pending.is_row = true;
            pending.count += 1;
            if pending.issues.len() < self.keep {
                pending.issues.push(Issue {
                    row: place.row,
                    line,
                    column,
                    half: 0,
                    said: Said::Rule(Sentence::NoDate, [0; 3]),
                });
            }
        }
        date
    }

    /// A row has ruled out the order of the dates: those that were converted become issues.
    fn give_up_dates(&mut self) {
        let pending = core::mem::take(&mut self.pending);
        self.fixed.retain(|fixed| fixed.fix != Fix::Dates);
        self.issue_count += pending.count;
        self.valid -= pending.valid;
        let room = self.keep.saturating_sub(self.issues.len());
        self.issues.extend(pending.issues.into_iter().take(room));
    }

    fn keep_written(&mut self, row: Row<'_>) {
        if self.gives != Gives::Rows {
            return;
        }
        let mut missing = usize::from(row.is_open);
        if row.below.is_some() {
            self.bytes.extend_from_slice(row.bytes);
        } else {
            // A title above the header has no such cell, in a row with too many nobody knows which one it is, and behind
            // a quote at the wrong place it may contain the rows that follow.
            let is_damaged = |cell: &Cell| cell.has(Cell::OPEN | Cell::DAMAGED);
            let is_regular = self.skip == 0
                && row.cells.len() <= self.width
                && !row.cells.iter().any(is_damaged);
            let reason = self.reason.filter(|_| is_regular);
            let [before, behind] = match reason {
                Some(place) => row.around(place, self.delimiter),
                None => [row.bytes, &[]],
            };
            self.bytes.extend_from_slice(before);
            self.bytes.extend_from_slice(behind);
            let has_reason = reason.is_some_and(|place| place < row.cells.len());
            let width = self.width - usize::from(self.reason.is_some());
            missing = width.saturating_sub(row.cells.len() - usize::from(has_reason));
        }
        let length = |length| u32::try_from(length).unwrap_or(u32::MAX);
        self.written.push(Written {
            row: self.count,
            end: length(self.bytes.len()),
            missing: length(missing),
        });
    }

    /// A row has another number of cells than the file has columns. Missing ones count as empty, because programs leave
    /// them out; extra cells that are not empty have no column.
    #[cold]
    fn other_width(&mut self, row: Row<'_>, kind: RowKind) {
        match kind {
            RowKind::Malformed => self.fault(row, 0, Fault::Malformed),
            RowKind::Partial => {
                let seen = damage::Seen::OtherKeys;
                self.damage.add(seen, 0, self.count, || row.line);
            }
            // A row of JSON need not have all keys.
            RowKind::Whole if row.below.is_some() => {}
            RowKind::Whole => {
                let width = self.width;
                let beyond = row.cells.iter().skip(width);
                if let Some(first) = beyond.clone().position(|cell| !is_blank(row.raw(*cell))) {
                    self.fault(row, width + first, Fault::ExtraCells);
                }
                if row.cells.len() < width {
                    let seen = damage::Seen::ShortRow;
                    self.damage.add(seen, 0, self.count, || row.line);
                }
            }
        }
    }

    #[cold]
    fn fault(&mut self, row: Row<'_>, column: usize, fault: Fault) {
        self.tell(row, column, 0, Said::File(fault));
    }

    fn add(&mut self, row: Row<'_>, way: &Way, said: Said) {
        self.tell(row, way.column, way.half, said);
    }

    fn tell(&mut self, row: Row<'_>, column: usize, half: u8, said: Said) {
        self.issue_count += 1;
        if self.issues.len() >= self.keep {
            return;
        }
        self.issues.push(Issue {
            row: self.count,
            line: self.lines.line_of(row, column),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            half,
            said,
        });
    }

    /// Checks a cell by the rules of the core.
    #[cold]
    fn cell(&mut self, row: Row<'_>, fixed: Row<'_>, cell: Cell, way: &Way) {
        let content = content(fixed, cell, self.is_exported);
        let Ok(text) = str::from_utf8(&content) else {
            return;
        };
        if way.rule == Rule::OptIn && opt_in(text.as_bytes()).is_some() {
            return;
        }
        // With a fix it was examined before.
        if way.rule == Rule::Date && self.fixes.dates.is_none() {
            self.date(row, way, text, None);
        }
        let Some(kind) = way.kind else {
            return;
        };
        let mut found = Found(Vec::new());
        if kind == Kind::OptIn {
            let parts = [Phrase::OptIn, Phrase::Text, Phrase::Nothing];
            found.issue(&[NONE; 2], Sentence::OtherType, &parts.map(Part::Phrase));
        } else {
            check::text(kind, text, &mut found);
        }
        for said in found.0 {
            self.add(row, way, said);
        }
    }

    /// Writes the customer of a valid row.
    fn write(&mut self, row: Row<'_>, ways: &[Way]) {
        let json = &mut self.customers;
        json.push('{');
        let mut last = usize::MAX;
        let mut is_inside = false;
        for place in &self.order {
            let (Some(cell), Some(way)) = (row.cells.get(*place), ways.get(*place)) else {
                continue;
            };
            let content = content(row, *cell, self.is_exported);
            let text = match str::from_utf8(&content) {
                Ok(text) if !text.is_empty() => text,
                _ => continue,
            };
            let is_new = way.field != last;
            if is_new && is_inside {
                json.push('}');
                is_inside = false;
            }
            if last != usize::MAX {
                json.push(',');
            }
            let name = NEW_CUSTOMER.get(way.field).map_or("", |field| field.name);
            if is_new {
                push_text(json, name);
                json.push(':');
            }
            last = way.field;
            let inner = match &way.inner {
                Inner::Nothing => None,
                Inner::Address(row) => COMPANY_ADDRESS.get(*row).map(|field| field.name),
                Inner::Preference(id) => Some(id.as_str()),
            };
            if let Some(inner) = inner {
                if is_new {
                    json.push('{');
                    is_inside = true;
                }
                push_text(json, inner);
                json.push(':');
            }
            if way.rule == Rule::OptIn {
                let is_in = opt_in(text.as_bytes()).unwrap_or_default();
                json.push_str(if is_in { "true" } else { "false" });
            } else if cell.has(Cell::LIST) {
                json.push_str(text);
            } else if way.is_list() && self.is_exported {
                guard::push_list(json, text);
            } else if way.is_list() {
                let separator = way.separator.unwrap_or_else(|| columns::separator_in(text));
                push_list(json, text, separator);
            } else {
                push_text(json, text);
            }
        }
        if is_inside {
            json.push('}');
        }
        json.push_str("}\n");
    }
}

fn column_number(way: &Way) -> u32 {
    u32::try_from(way.column).unwrap_or(u32::MAX)
}

/// The content of a cell.
fn content(row: Row<'_>, cell: Cell, is_exported: bool) -> Cow<'_, [u8]> {
    let content = row.content(cell);
    if is_exported && !cell.has(Cell::FINAL) {
        guard::undo(content)
    } else {
        content
    }
}

/// Writes the items of a cell as a JSON list.
fn push_list(json: &mut String, text: &str, separator: u8) {
    json.push('[');
    let items = pieces(text, separator).map(str::trim);
    for (place, item) in items.filter(|item| !item.is_empty()).enumerate() {
        if place > 0 {
            json.push(',');
        }
        push_text(json, item);
    }
    json.push(']');
}

fn is_blank(raw: &[u8]) -> bool {
    raw.iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// Returns whether a cell is an address of the simplest kind: letters, digits and dots, as most are. No rule refuses
/// one of these; the core checks all others.
fn is_plain_email(raw: &[u8]) -> bool {
    // Then neither a label nor the whole can be too long.
    if raw.len() > 63 {
        return false;
    }
    let mut ats = 0;
    let mut dots = 0;
    let mut is_edge = true;
    let mut last = b'.';
    for byte in raw {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => is_edge = false,
            b'.' | b'@' => {
                if is_edge {
                    return false;
                }
                is_edge = true;
                dots = if *byte == b'.' { dots + 1 } else { 0 };
                ats += u8::from(*byte == b'@');
                last = b'.';
                continue;
            }
            // Within the local part, and between the letters of a label.
            b'_' | b'+' | b'-' if !is_edge && ats == 0 => {}
            _ => return false,
        }
        if last == b'.' {
            last = *byte;
        }
    }
    // The last label begins with a letter.
    ats == 1 && dots > 0 && !is_edge && last.is_ascii_alphabetic()
}

/// The issues of one cell.
struct Found(Vec<Said>);

impl Report for Found {
    fn issue(&mut self, _: &Path, sentence: Sentence, parts: &Parts) {
        // Every part of a cell's issue is a number or a phrase, which fit.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let numbers = parts.map(|part| part.to_number() as u32);
        self.0.push(Said::Rule(sentence, numbers));
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use collins_customers::rules::email::is_email;
    use collins_customers::rules::new_customer;
    use proptest::prelude::*;

    const HEADER: &str =
        "email,phone,dob,city,labels,marketing_preferences.a,notes,custom_field_value\n";

    fn checked<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Checker {
        let mut checker = Checker::new(Options {
            keep: 1000,
            gives: Gives::Customers,
            ..Options::default()
        });
        for chunk in chunks {
            checker.push(chunk);
        }
        checker.end();
        checker
    }

    fn told(checker: &mut Checker) -> (Vec<Issue>, Vec<Damage>, (u32, u32), String, Dialect) {
        (
            checker.issues().to_vec(),
            checker.damage().to_vec(),
            checker.counts(),
            checker.customers().clone(),
            checker.dialect().0.clone(),
        )
    }

    #[test]
    fn the_sample_ends_at_its_size_for_any_chunks() {
        for size in [SAMPLE - 1, SAMPLE, SAMPLE + 1, 3 * SAMPLE] {
            let row = "ada@example.com,Ada,\"a\nb\"\n";
            let mut file = String::from("email,first_name,notes\n");
            file.extend(core::iter::repeat_n(row, size / row.len()));
            file.extend(core::iter::repeat_n("x", size - file.len().min(size)));
            let whole = told(&mut checked([file.as_bytes()]));
            for chunk in [1000, SAMPLE - 1, SAMPLE, SAMPLE + 1] {
                let found = told(&mut checked(file.as_bytes().chunks(chunk)));
                assert!(found == whole, "{size} by {chunk}");
            }
        }
    }

    #[test]
    fn an_empty_id_in_a_list_of_json_is_an_issue() {
        for (list, field, expected) in [
            (r#"["v","w"]"#, "associated_venues", 0),
            (r#"["",  "v"]"#, "associated_venues", 1),
            (r#"["v", ""]"#, "marketing_preference_ids", 1),
            (r#"["a,", "\",\"\"", ","]"#, "associated_venues", 0),
            (r#"["", "VIP"]"#, "labels", 0),
        ] {
            let file = format!("{{\"first_name\":\"Ada\",\"{field}\":{list}}}\n");
            let checker = checked([file.as_bytes()]);
            assert_eq!(checker.issue_count(), expected, "{file}");
        }
    }

    #[test]
    fn no_more_than_the_current_row_is_in_memory() {
        let mut checker = checked([]);
        for _ in 0..1000 {
            checker.push(b"some,cells\nand");
            assert!(checker.held() <= 20, "{}", checker.held());
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_an_issue_of_its_row() {
        let text = "email,notes\na@b.example,x\nc@d.example,?\ne@f.example,x\n";
        let units = text
            .encode_utf16()
            .map(|unit| match char::from_u32(u32::from(unit)) {
                Some('?') => 0xd83d,
                _ => unit,
            });
        let file: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        let checker = checked([file.as_slice()]);
        assert_eq!(checker.counts(), (3, 2));
        let expected = Issue {
            row: 2,
            line: 3,
            column: 1,
            half: 0,
            said: Said::File(Fault::HalfPair),
        };
        assert_eq!(checker.issues(), [expected]);
    }

    #[test]
    fn a_header_may_be_longer_than_the_sample() {
        for size in [SAMPLE, 3 * SAMPLE] {
            let wide = "x,".repeat(size / 2);
            let file = format!("a title\n{wide}email\n{wide}ada@example.com\n{wide}nobody\n");
            for chunk in [1000, file.len()] {
                let checker = checked(file.as_bytes().chunks(chunk));
                let (dialect, _) = checker.dialect();
                assert_eq!((dialect.preamble, dialect.has_header), (1, true));
                assert_eq!(checker.counts(), (2, 1));
            }
        }
    }

    /// The test would run for an hour if the cell were looked through again with each chunk.
    #[test]
    fn a_quote_that_never_closes_takes_no_more_time_than_any_other_cell() {
        let rest = "x,\"\"y\n".repeat(1 << 19);
        let file = format!("email,notes\n\na@b.example,\"{rest}");
        let checker = checked(file.as_bytes().chunks(32));
        assert_eq!(checker.counts(), (1, 0));
        let expected = Issue {
            row: 1,
            line: 3,
            column: 1,
            half: 0,
            said: Said::File(Fault::OpenQuote),
        };
        assert_eq!(checker.issues()[0], expected);
    }

    /// The test would run for hours if the time grew with the square of the width.
    #[test]
    fn a_row_may_have_a_million_cells() {
        let wide = ",".repeat(1 << 20);
        let file = format!("email{wide}\n{wide}\nnobody{wide},x\n");
        let checker = checked([file.as_bytes()]);
        assert_eq!((checker.counts(), checker.issue_count()), ((1, 0), 2));
        let twice = |place| format!("marketing_preferences.{place},marketing_preferences.{place},");
        let header: String = (0..50_000).map(twice).collect();
        let row = "maybe,,".repeat(50_000);
        let file = format!("{header}\n{row}\n");
        assert_eq!(checked([file.as_bytes()]).issue_count(), 50_000);
    }

    #[test]
    fn rows_are_returned_as_they_are_written() {
        let file = "sep=;\r\nemail;notes\r\n\r\n\"ada@example.com\" ;\"a\nb\"\r\n;\nnobody\nbob@example.com;b;c;\"d";
        let expected = [
            (0, 0, "sep=;"),
            (0, 0, "email;notes"),
            (1, 0, "\"ada@example.com\" ;\"a\nb\""),
            (2, 1, "nobody"),
            (3, 0, "bob@example.com;b;c;\"d"),
        ];
        for size in [1, 7, file.len()] {
            let mut checker = Checker::new(Options {
                gives: Gives::Rows,
                ..Options::default()
            });
            let mut found = Vec::new();
            let mut take = |checker: &mut Checker| {
                let (written, bytes) = checker.rows();
                let mut start = 0;
                for Written { row, end, missing } in written.drain(..) {
                    let text = str::from_utf8(&bytes[start..end as usize]).unwrap();
                    found.push((row, missing, String::from(text)));
                    start = end as usize;
                }
                bytes.clear();
            };
            for chunk in file.as_bytes().chunks(size) {
                checker.push(chunk);
                take(&mut checker);
            }
            checker.end();
            take(&mut checker);
            assert_eq!(checker.counts(), (3, 1));
            let expected = expected.map(|(row, missing, text)| (row, missing, text.into()));
            assert_eq!(found, expected, "{size}");
        }
    }

    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-c.@+_0-9-]{0,12}",
            "[a-c]{1,3}@[a-c0-9.-]{1,6}",
            "[\u{e9}a]{9,11}",
            "[0-9]{19,22}",
            "[0-9]{4}-[01][0-9]-[0-3][0-9]",
            "\u{e9}{49,51}",
            "(yes|no|TRUE|0|maybe)",
            "[ab;| \"]{0,8}",
        ]
    }

    proptest! {
        #[test]
        fn any_division_of_any_file_gives_the_same(
            rows in prop::collection::vec("[ab@.,;\"\r\n \u{e9}]{0,40}", 0..6),
            size in 1..50_usize,
        ) {
            let file = format!("{HEADER}{}", rows.concat());
            prop_assert_eq!(
                told(&mut checked(file.as_bytes().chunks(size))),
                told(&mut checked([file.as_bytes()]))
            );
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), size in 1..50_usize) {
            for encoding in [None, Some(Encoding::Windows1252), Some(Encoding::Utf16BigEndian)] {
                let options = Options { encoding, keep: 5, gives: Gives::Customers, ..Options::default() };
                let mut checker = Checker::new(options);
                for chunk in bytes.chunks(size) {
                    checker.push(chunk);
                }
                checker.end();
                prop_assert!(checker.issues().len() <= 5);
            }
        }

        #[test]
        fn what_is_valid_at_a_glance_is_valid(text in "[a-cA-C0-9._+@-]{0,14}") {
            prop_assert!(!is_plain_email(text.as_bytes()) || is_email(&text), "{}", text);
        }

        #[test]
        fn a_row_is_judged_as_its_customer_is(cells in prop::collection::vec(cell(), 8)) {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            writer.write_record(&cells).map_err(|error| TestCaseError::fail(format!("{error}")))?;
            let row = writer.into_inner().unwrap_or_default();
            let mut checker = checked([HEADER.as_bytes(), row.as_slice()]);
            // The same customer as JSON: a word that is neither yes nor no stays a string.
            let mut json = serde_json::Map::new();
            let names = HEADER.trim_end().split(',');
            for (name, text) in names.zip(&cells).filter(|(_, text)| !text.is_empty()) {
                match name {
                    "city" => { json.insert("company_address".into(), serde_json::json!({ "city": text })); }
                    "labels" => {}
                    "marketing_preferences.a" => {
                        let word = text.to_lowercase();
                        let value = match opt_in(word.as_bytes()) {
                            Some(is_in) => serde_json::json!(is_in),
                            None => serde_json::json!(text),
                        };
                        json.insert("marketing_preferences".into(), serde_json::json!({ "a": value }));
                    }
                    _ => { json.insert(name.into(), serde_json::json!(text)); }
                }
            }
            let expected = new_customer(&serde_json::Value::from(json.clone()).to_string());
            prop_assert_eq!(checker.issue_count() as usize, expected.len());
            if expected.is_empty() && checker.counts().0 == 1 {
                let written = checker.customers().clone();
                prop_assert_eq!(new_customer(&written), vec![]);
                let mut written: serde_json::Map<_, _> = serde_json::from_str(&written).unwrap();
                written.remove("labels");
                prop_assert_eq!(written, json);
            }
        }
    }
}
