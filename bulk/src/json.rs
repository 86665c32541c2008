//! Reads JSON as rows and cells: one customer per line (NDJSON), or a list of customers.
//!
//! A file of JSON is read as if it were a table, so that one report, one mapping and one set of fixes serve both: each
//! key is a column, `company_address.city` is the `city` in the `company_address`, and a value is the text that a cell
//! would have. `null` is an empty cell, and a number is its text as written. The preferences of an exported customer, a
//! list of `{id, opted_in}`, are columns, too.
//!
//! Like [`crate::scan::Scanner`] it takes the file in chunks that may end anywhere, and keeps only the current row in
//! memory. A JSON string never contains a raw line end, so an unclosed string damages only its own line.

use std::borrow::Cow;

use collins_customers::rules::json::Scanner;
use collins_customers::rules::source::{Malformed, Source, Text, Value};
use collins_customers::text::push_text;

use crate::columns::{REASON, target_of};
use crate::scan::{Cell, Held, Row};

/// The maximum numbers of columns for unknown keys, and for all keys. A file with endless new keys must not fill the
/// memory.
pub const MAX_COLUMNS: usize = 1000;
const MAX_FIELDS: usize = 2 * MAX_COLUMNS;

/// The form of the customers in a JSON file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each on its own line.
    Lines,
    /// All in one list.
    List,
}

impl Form {
    /// The form of a file with this beginning; none if it is not JSON. No row of cells begins with `{"` or `[{`.
    #[must_use]
    pub fn of(beginning: &[u8]) -> Option<Form> {
        let mut visible = beginning.iter().filter(|byte| !is_blank(**byte));
        match (visible.next(), visible.next()) {
            (Some(b'{'), Some(b'"' | b'}')) => Some(Form::Lines),
            (Some(b'['), Some(b'{' | b']') | None) => Some(Form::List),
            _ => None,
        }
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The kind of a row of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object whose keys are all columns.
    Whole,
    /// An object with keys beyond [`MAX_COLUMNS`], which are left out.
    Partial,
    /// Not an object, or not JSON.
    Malformed,
}

/// The place in a list of customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Before its bracket.
    Before,
    /// Inside, where an item begins or continues.
    Inside,
    /// After its closing bracket.
    Behind,
}

/// The place in a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Not in a string.
    Plain,
    /// In a string.
    Text,
    /// In a string, after a backslash.
    Escape,
}

/// Takes one row after the other, with the names of all columns so far.
pub type Give<'a> = &'a mut dyn FnMut(Row<'_>, Kind, &[String]);

/// Divides a JSON file into rows and cells.
#[derive(Debug)]
pub struct Reader {
    form: Form,
    /// The bytes that are being read.
    pub held: Held,
    place: Place,
    /// The number of open brackets within the item.
    depth: u32,
    part: Part,
    /// True if the item has anything but blanks so far.
    is_begun: bool,
    /// The line on which the row begins, and the one that is being read, from 1.
    row_line: u32,
    line: u32,
    after_return: bool,
    row: Record,
}

/// The cells of the last row, and the columns of all rows.
#[derive(Debug, Default)]
struct Record {
    names: Vec<String>,
    /// The places of the names, in alphabetical order.
    sorted: Vec<usize>,
    text: Vec<u8>,
    cells: Vec<Cell>,
    below: Vec<u32>,
    has_more: bool,
    /// Where the last key begins if it is [`REASON`].
    reason: Option<usize>,
    /// The place of the previous key: most rows have their keys in the same order.
    last: usize,
    /// The name that is being looked for.
    name: String,
}

impl Reader {
    /// Begins at the start of a file.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Reader {
            form,
            held: Held::default(),
            place: Place::Before,
            depth: 0,
            part: Part::Plain,
            is_begun: false,
            row_line: 1,
            line: 1,
            after_return: false,
            row: Record::default(),
        }
    }

    /// Passes on the complete rows, and drops them.
    pub fn rows(&mut self, give: Give<'_>) {
        let mut bytes = core::mem::take(&mut self.held.bytes);
        let mut begin = 0;
        for (at, byte) in bytes.iter().enumerate().skip(self.held.at) {
            if self.ends(*byte) {
                self.give(bytes.get(begin..at).unwrap_or_default(), give);
            }
            self.count_line(*byte);
            if !self.is_begun {
                begin = at + 1;
                self.row_line = self.line;
            }
        }
        bytes.drain(..begin);
        let at = bytes.len();
        self.held = Held { bytes, at };
    }

    /// Passes on the rest when the file has ended.
    pub fn end(&mut self, give: Give<'_>) {
        let rest = core::mem::take(&mut self.held.bytes);
        // A list that does not close was cut off, perhaps between two customers.
        let is_cut = self.form == Form::List && self.place != Place::Behind;
        if self.is_begun || is_cut {
            self.give(&rest, give);
        }
    }

    fn count_line(&mut self, byte: u8) {
        self.line += u32::from(byte == b'\r' || (byte == b'\n' && !self.after_return));
        self.after_return = byte == b'\r';
    }

    /// Takes one byte. Returns whether a row ends before it.
    fn ends(&mut self, byte: u8) -> bool {
        let is_line_end = matches!(byte, b'\n' | b'\r');
        match (self.form, self.place) {
            (Form::Lines, _) | (_, Place::Behind) => {
                let ends = is_line_end && self.is_begun;
                self.is_begun = !is_line_end && (self.is_begun || !is_blank(byte));
                ends
            }
            (_, Place::Before) => {
                if byte == b'[' {
                    self.place = Place::Inside;
                }
                false
            }
            (_, Place::Inside) => self.ends_item(byte),
        }
    }

    fn ends_item(&mut self, byte: u8) -> bool {
        if self.part != Part::Plain {
            self.part = match (self.part, byte) {
                (Part::Text, b'"') | (_, b'\n' | b'\r') => Part::Plain,
                (Part::Text, b'\\') => Part::Escape,
                _ => Part::Text,
            };
            return false;
        }
        match byte {
            b',' if self.depth == 0 => {
                self.is_begun = false;
                return true;
            }
            b']' if self.depth == 0 => {
                self.place = Place::Behind;
                return core::mem::take(&mut self.is_begun);
            }
            b'"' => self.part = Part::Text,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.is_begun |= !is_blank(byte);
        false
    }

    fn give(&mut self, bytes: &[u8], give: Give<'_>) {
        self.depth = 0;
        self.part = Part::Plain;
        let row = &mut self.row;
        row.begin();
        let is_object = str::from_utf8(bytes).map(|text| row.read(text));
        let (kind, text) = match is_object {
            Ok(Ok(())) if row.has_more => (Kind::Partial, row.text.as_slice()),
            Ok(Ok(())) => (Kind::Whole, row.text.as_slice()),
            Ok(Err(Malformed)) => (Kind::Malformed, &[][..]),
            // The row is reported like any other that is not valid text.
            Err(_) => {
                row.begin();
                row.cells.push(Cell::new(0, bytes.len(), 0));
                (Kind::Whole, bytes)
            }
        };
        let is_open = matches!(is_object, Ok(Ok(())));
        let names = &row.names;
        let row = Row {
            bytes: if is_open {
                row.inside(bytes)
            } else {
                bytes.trim_ascii_end()
            },
            text,
            cells: &row.cells,
            line: self.row_line,
            below: Some(&row.below),
            is_open,
        };
        give(row, kind, names);
    }
}

impl Record {
    fn begin(&mut self) {
        self.text.clear();
        self.cells.clear();
        self.below.clear();
        self.has_more = false;
        self.reason = None;
        self.last = usize::MAX;
    }

    /// The object that was read without its closing bracket, and without the reason that an import put at its end.
    fn inside<'a>(&self, object: &'a [u8]) -> &'a [u8] {
        let mut inside = match self.reason {
            // Before the key are its quote and a comma.
            Some(key) => object.get(..key - 1).unwrap_or_default(),
            None => object
                .trim_ascii_end()
                .strip_suffix(b"}")
                .unwrap_or_default(),
        };
        while let [rest @ .., b' ' | b'\t' | b'\r' | b'\n' | b','] = inside {
            inside = rest;
        }
        inside
    }

    fn read(&mut self, json: &str) -> Result<(), Malformed> {
        let mut lines = LinesBelow {
            json,
            at: 0,
            ends: 0,
            after_return: false,
        };
        let mut scanner = Scanner::new(json);
        if scanner.value()? != Value::Object {
            return Err(Malformed);
        }
        let mut first = true;
        while scanner.key(&mut first)? {
            let key = scanner.last();
            let below = lines.at(key.raw);
            let name = Scanner::read(key);
            self.reason = (name == REASON).then_some(lines.at);
            match scanner.value()? {
                Value::Object => self.object(&name, &mut scanner, &mut lines)?,
                Value::Array if name == "marketing_preferences" => {
                    self.preferences(&mut scanner, below)?;
                }
                // The parts have columns, not the whole, whose name could be mistaken for one of them.
                value @ (Value::Null | Value::Text)
                    if matches!(&*name, "company_address" | "marketing_preferences")
                        && (value == Value::Null || scanner.last().raw.is_empty()) => {}
                value => {
                    let place = self.place([&name]);
                    self.value(place, value, &mut scanner, below)?;
                }
            }
        }
        scanner.end()
    }

    /// Reads the parts of an object as columns, named by its name and theirs.
    fn object(
        &mut self,
        outer: &str,
        scanner: &mut Scanner<'_>,
        lines: &mut LinesBelow<'_>,
    ) -> Result<(), Malformed> {
        let mut first = true;
        while scanner.key(&mut first)? {
            let key = scanner.last();
            let below = lines.at(key.raw);
            let place = self.place([outer, ".", &Scanner::read(key)]);
            let value = scanner.value()?;
            self.value(place, value, scanner, below)?;
        }
        Ok(())
    }

    /// Reads the preferences in the form that the API returns.
    fn preferences(&mut self, scanner: &mut Scanner<'_>, below: u32) -> Result<(), Malformed> {
        let mut first = true;
        while scanner.item(&mut first)? {
            let item = scanner.value()?;
            if item != Value::Object {
                let place = self.place(["marketing_preferences"]);
                self.put(place, "[]", Cell::NESTED, below);
                scanner.skip(item)?;
                continue;
            }
            let (mut id, mut choice) = (Cow::Borrowed(""), Text::default());
            let mut first = true;
            while scanner.key(&mut first)? {
                let key = Scanner::read(scanner.last());
                let value = scanner.value()?;
                match (&*key, value) {
                    ("id", Value::Text | Value::Number) => id = Scanner::read(scanner.last()),
                    ("opted_in", Value::Boolean | Value::Text | Value::Number) => {
                        choice = scanner.last();
                    }
                    _ => scanner.skip(value)?,
                }
            }
            let place = self.place(["marketing_preferences.", &id]);
            self.put(place, &Scanner::read(choice), 0, below);
        }
        Ok(())
    }

    /// Writes a value to its cell.
    fn value(
        &mut self,
        place: Option<usize>,
        value: Value,
        scanner: &mut Scanner<'_>,
        below: u32,
    ) -> Result<(), Malformed> {
        match value {
            // It is an empty cell.
            Value::Null => self.put(place, "", 0, below),
            Value::Array => {
                let mut list = String::from("[");
                let is_flat = push_items(&mut list, scanner)?;
                list.push(']');
                let kind = if is_flat { Cell::LIST } else { Cell::NESTED };
                self.put(place, &list, kind, below);
            }
            Value::Object => {
                scanner.skip(value)?;
                self.put(place, "{}", Cell::NESTED, below);
            }
            _ => {
                let text = scanner.last();
                let flags = if text.broken { Cell::BROKEN } else { 0 };
                self.put(place, &Scanner::read(text), flags, below);
            }
        }
        Ok(())
    }

    /// The column of a name, given in pieces; none if there are too many columns.
    fn place<const N: usize>(&mut self, pieces: [&str; N]) -> Option<usize> {
        let mut name = core::mem::take(&mut self.name);
        name.clear();
        name.extend(pieces);
        let next = self.last.wrapping_add(1);
        let place = if self.names.get(next) == Some(&name) {
            Some(next)
        } else {
            let names = &self.names;
            let found = self
                .sorted
                .binary_search_by(|place| names.get(*place).cmp(&Some(&name)));
            match found {
                Ok(at) => self.sorted.get(at).copied(),
                Err(at) => self.add(&name, at),
            }
        };
        self.last = place.unwrap_or(self.last);
        self.name = name;
        place
    }

    /// Adds a column for a name, which has this rank among the others; none if there are too many.
    fn add(&mut self, name: &str, rank: usize) -> Option<usize> {
        let place = self.names.len();
        if place < MAX_COLUMNS || (place < MAX_FIELDS && target_of(name).is_some()) {
            self.names.push(name.into());
            self.sorted.insert(rank, place);
            Some(place)
        } else {
            self.has_more = true;
            None
        }
    }

    fn put(&mut self, place: Option<usize>, content: &str, flags: u16, below: u32) {
        let Some(place) = place else {
            return;
        };
        if self.cells.len() <= place {
            self.cells.resize(place + 1, Cell::default());
            self.below.resize(place + 1, 0);
        }
        let start = self.text.len();
        self.text.extend_from_slice(content.as_bytes());
        if let (Some(cell), Some(line)) = (self.cells.get_mut(place), self.below.get_mut(place)) {
            let is_there = cell.has(Cell::FINAL);
            let twice = if is_there { Cell::TWICE } else { 0 };
            *cell = Cell::new(start, self.text.len(), flags | twice | Cell::FINAL);
            *line = below;
        }
    }
}

/// Writes the items of a list as strings. Returns false if one of them is nested.
fn push_items(list: &mut String, scanner: &mut Scanner<'_>) -> Result<bool, Malformed> {
    let mut first = true;
    let mut is_flat = true;
    while scanner.item(&mut first)? {
        match scanner.value()? {
            Value::Null => {}
            value @ (Value::Array | Value::Object) => {
                scanner.skip(value)?;
                is_flat = false;
            }
            _ => {
                if list.len() > 1 {
                    list.push(',');
                }
                let text = scanner.last();
                is_flat &= !text.broken;
                push_text(list, &Scanner::read(text));
            }
        }
    }
    Ok(is_flat)
}

/// Counts the lines within a row, for one key after the other.
struct LinesBelow<'a> {
    json: &'a str,
    at: usize,
    ends: u32,
    after_return: bool,
}

impl LinesBelow<'_> {
    /// The number of lines between the beginning of the row and a part of it.
    fn at(&mut self, part: &str) -> u32 {
        let start = part
            .as_ptr()
            .addr()
            .saturating_sub(self.json.as_ptr().addr());
        for byte in self.json.as_bytes().get(self.at..start).unwrap_or_default() {
            self.ends += u32::from(*byte == b'\r' || (*byte == b'\n' && !self.after_return));
            self.after_return = *byte == b'\r';
        }
        self.at = start;
        self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The rows: the line, and the content of each column; "?" for a row that is not an object.
    fn rows(form: Form, chunks: &[&[u8]]) -> (Vec<String>, Vec<(u32, String)>) {
        let mut reader = Reader::new(form);
        let mut found = Vec::new();
        let mut all = Vec::new();
        let mut take = |row: Row<'_>, kind, names: &[String]| {
            all = names.to_vec();
            let cells = row.cells.iter();
            let texts = cells.map(|cell| String::from_utf8_lossy(row.raw(*cell)).into_owned());
            let text = match kind {
                Kind::Malformed => "?".into(),
                _ => texts.collect::<Vec<_>>().join("|"),
            };
            found.push((row.line, text));
        };
        for chunk in chunks {
            reader.held.room(chunk.len()).copy_from_slice(chunk);
            reader.rows(&mut take);
        }
        reader.end(&mut take);
        (all, found)
    }

    fn texts(form: Form, file: &str) -> Vec<(u32, String)> {
        rows(form, &[file.as_bytes()]).1
    }

    #[test]
    fn the_form_of_a_json_file_is_recognised() {
        for (beginning, form) in [
            ("{\"email\":1}", Some(Form::Lines)),
            ("\r\n {}", Some(Form::Lines)),
            ("[{", Some(Form::List)),
            (" [\n ]", Some(Form::List)),
            ("[", Some(Form::List)),
            ("{name},email", None),
            ("[email],[name]", None),
            ("email,name", None),
            ("\"email\"", None),
            ("", None),
        ] {
            assert_eq!(Form::of(beginning.as_bytes()), form, "{beginning}");
        }
    }

    #[test]
    fn a_line_is_a_row() {
        let file =
            "{\"a\":1,\"b\":\"x\"}\r\n\n  \r{\"b\":true,\"c\":null}\n{\"a\":\n7\n\"\n{\"a\":2}";
        assert_eq!(
            rows(Form::Lines, &[file.as_bytes()]),
            (
                ["a", "b", "c"].map(String::from).to_vec(),
                [
                    (1, "1|x"),
                    (4, "|true|"),
                    (5, "?"),
                    (6, "?"),
                    (7, "?"),
                    (8, "2")
                ]
                .map(|(line, text)| (line, text.into()))
                .to_vec()
            )
        );
    }

    #[test]
    fn an_item_of_the_list_is_a_row() {
        for (file, expected) in [
            ("[]", vec![]),
            (
                "[\n{\"a\":\"]\\\",[\"},\r\n {\"a\":[1,\"x\",null]}\n]\n",
                vec![(2, "]\",["), (3, "[\"1\",\"x\"]")],
            ),
            (
                "[{\"a\":{\"b\":1}} , 5,\n,{\"a\":1}]",
                vec![(1, "1"), (1, "?"), (2, "?"), (2, "|1")],
            ),
            // Cut off within a customer, and between two.
            ("[{\"a\":1},{\"a\":2", vec![(1, "1"), (1, "?")]),
            ("[{\"a\":1},\n", vec![(1, "1"), (2, "?")]),
            ("[{\"a\":1}]\nmore", vec![(1, "1"), (2, "?")]),
            // A string that is not closed ends with its line.
            ("[{\"a\":\"1},\n{\"a\":2}]", vec![(1, "?")]),
            ("[{\"a\":\"1\n},{\"a\":2}]", vec![(1, "?"), (2, "2")]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(line, text): (u32, &str)| (line, text.into()))
                .collect();
            assert_eq!(texts(Form::List, file), expected, "{file}");
        }
    }

    #[test]
    fn objects_and_exported_preferences_are_columns() {
        let file = r#"{"company_address":{"city":"Rye","x":{"y":1}},"marketing_preferences":[{"id":"p","opted_in":true,"opt_in_date":null},{"id":7,"opted_in":false},5]}"#;
        let (names, found) = rows(Form::Lines, &[file.as_bytes()]);
        assert_eq!(
            names,
            [
                "company_address.city",
                "company_address.x",
                "marketing_preferences.p",
                "marketing_preferences.7",
                "marketing_preferences"
            ]
        );
        assert_eq!(found, [(1, "Rye|{}|true|false|[]".into())]);
    }

    #[test]
    fn an_empty_address_is_not_a_column() {
        let lines = "{\"company_address\":\"\"}\n{\"company_address\":null,\"marketing_preferences\":null}\n\
            {\"company_address\":{\"street\":\"1 Quay\"}}\n";
        let (names, found) = rows(Form::Lines, &[lines.as_bytes()]);
        assert_eq!(names, ["company_address.street"]);
        assert_eq!(
            found,
            [(1, String::new()), (2, String::new()), (3, "1 Quay".into())]
        );
    }

    #[test]
    fn cells_have_flags_for_odd_values_and_their_lines() {
        let file = b"[\r\n{\"a\":1,\r\n\"\\u0061\":2,\n\n\"b\":\"\\ud800\",\"c\":[[]],\"d\":[\"\\udc00\"]}]";
        let mut reader = Reader::new(Form::List);
        reader.held.room(file.len()).copy_from_slice(file);
        let mut found = Vec::new();
        reader.rows(&mut |row, kind, _| {
            assert_eq!((kind, row.line), (Kind::Whole, 2));
            let below = row.below.unwrap().iter().copied();
            found = row.cells.iter().map(|cell| cell.odd()).zip(below).collect();
        });
        let nested = Cell::NESTED;
        assert_eq!(
            found,
            [
                (Cell::TWICE, 1),
                (Cell::BROKEN, 3),
                (nested, 3),
                (nested, 3)
            ]
        );
    }

    #[test]
    fn the_number_of_columns_is_limited() {
        let unknown = |key| format!("\"k{key}\":1");
        let known = |key| format!("\"marketing_preferences.k{key}\":1");
        for (others, fields, kind, width) in [
            (1000, 0, Kind::Whole, 1000),
            (1001, 0, Kind::Partial, 1000),
            (1000, 1000, Kind::Whole, 2000),
            (1000, 1001, Kind::Partial, 2000),
        ] {
            let keys: Vec<_> = (0..others)
                .map(unknown)
                .chain((0..fields).map(known))
                .collect();
            let file = format!("{{{}}}\n", keys.join(","));
            let mut reader = Reader::new(Form::Lines);
            reader
                .held
                .room(file.len())
                .copy_from_slice(file.as_bytes());
            let mut found = None;
            reader.rows(&mut |row, kind, names| found = Some((kind, row.cells.len(), names.len())));
            assert_eq!(found, Some((kind, width, width)));
        }
    }

    #[test]
    fn no_more_than_the_current_row_is_in_memory() {
        for form in [Form::Lines, Form::List] {
            let mut reader = Reader::new(form);
            reader.held.room(1).copy_from_slice(b"[");
            reader.rows(&mut |_, _, _| {});
            for _ in 0..1000 {
                reader.held.room(13).copy_from_slice(b"{\"a\":12345},\n");
                reader.rows(&mut |_, _, _| {});
                assert!(reader.held.len() <= 13, "{}", reader.held.len());
            }
        }
    }

    proptest! {
        #[test]
        fn chunks_may_end_anywhere(text in r#"[\[\]{}",:\\n1a \r\n]{0,60}"#, size in 1..20_usize) {
            for form in [Form::Lines, Form::List] {
                let chunks: Vec<_> = text.as_bytes().chunks(size).collect();
                prop_assert_eq!(rows(form, &chunks), rows(form, &[text.as_bytes()]));
            }
        }

        #[test]
        fn every_customer_of_a_list_is_one_of_the_lines(
            values in prop::collection::vec(prop::collection::btree_map("[a-c]", "[a-z\"\\\\\\[\\]{},\n]{0,6}", 0..4), 0..6),
        ) {
            let lines: Vec<_> = values.iter().map(|value| serde_json::to_string(value).unwrap()).collect();
            let only = |rows: Vec<(u32, String)>| rows.into_iter().map(|(_, text)| text).collect::<Vec<_>>();
            let list = only(texts(Form::List, &serde_json::to_string_pretty(&values).unwrap()));
            prop_assert_eq!(list, only(texts(Form::Lines, &lines.join("\n"))));
        }
    }
}
