//! The functions for JavaScript. They return numbers; strings and lists are read from the memory.

use core::cell::RefCell;

use collins_customers::contract::{COMPANY_ADDRESS, NEW_CUSTOMER};
use collins_customers::text::{push_number, push_text};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::check::{Checker, Gives, Options, Said, Written};
use crate::columns::{Certainty, Column, Target, target_named};
use crate::encoding::{self, Encoding};
use crate::fix::{EXAMPLES, Fix, Fixes, ORDERS};
use crate::json::Form;

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

/// The encodings by their numbers in js/check.js.
const ENCODINGS: [(Encoding, &str); 4] = [
    (Encoding::Utf8, "utf-8"),
    (Encoding::Utf16LittleEndian, "utf-16le"),
    (Encoding::Utf16BigEndian, "utf-16be"),
    (Encoding::Windows1252, "windows-1252"),
];

struct State {
    options: Options,
    checker: Option<Box<Checker>>,
    out: Out,
}

/// What JavaScript reads.
struct Out {
    numbers: Vec<f64>,
    text: String,
    bytes: Vec<u8>,
}

thread_local! {
    static STATE: RefCell<State> = const {
        RefCell::new(State {
            options: Options::new(),
            checker: None,
            out: Out {
                numbers: Vec::new(),
                text: String::new(),
                bytes: Vec::new(),
            },
        })
    };
}

/// Runs code with the current check, for all exports.
fn with<T>(code: impl FnOnce(&mut Out, &mut Checker) -> T) -> T {
    STATE.with_borrow_mut(|state| {
        let (out, checker) = parts(state);
        code(out, checker)
    })
}

#[inline(never)]
fn parts(state: &mut State) -> (&mut Out, &mut Checker) {
    let options = &mut state.options;
    let new = || Box::new(Checker::new(core::mem::take(options)));
    (&mut state.out, state.checker.get_or_insert_with(new))
}

/// The address of a slice in the memory.
fn place<T>(slice: &[T]) -> u32 {
    u32::try_from(slice.as_ptr().addr()).unwrap_or_default()
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Begins a check with its options; numbers below 0 mean that something is detected. `fixes` has a bit for each fix,
/// and above them the order of dates, from 1. It is called before any chunk.
#[wasm_bindgen]
pub fn begin_check(encoding: i32, delimiter: i32, header: i32, keep: u32, fixes: u32, gives: u32) {
    STATE.with_borrow_mut(|state| {
        let options = &mut state.options;
        let encoding = usize::try_from(encoding).ok();
        options.encoding =
            encoding.and_then(|row| ENCODINGS.get(row).map(|(encoding, _)| *encoding));
        options.dialect.delimiter = u8::try_from(delimiter).ok();
        options.dialect.has_header = (header >= 0).then_some(header == 1);
        options.keep = keep as usize;
        let order = (fixes >> Fix::Dates as u32).checked_sub(1);
        options.fixes = Fixes {
            bits: fixes & ((1 << Fix::Dates as u32) - 1),
            dates: order.and_then(|order| ORDERS.get(order as usize).copied()),
        };
        options.gives = match gives {
            1 => Gives::Customers,
            2 => Gives::Rows,
            _ => Gives::Nothing,
        };
    });
}

/// Maps a column to a field, or to none if that is empty. Returns false if there is no such field.
#[wasm_bindgen]
pub fn map_column(name: &str, path: &str) -> bool {
    let target = target_named(path);
    let is_known = path.is_empty() || target.is_some();
    if is_known {
        STATE.with_borrow_mut(|state| state.options.mapping.push((name.into(), target)));
    }
    is_known
}

/// Room for the next bytes of the file.
#[wasm_bindgen]
pub fn room_for(size: u32) -> u32 {
    with(|_, checker| place(checker.room(size as usize)))
}

/// Checks the bytes in the room.
#[wasm_bindgen]
pub fn check_chunk() {
    with(|_, checker| checker.check());
}

/// Checks the rest: the file has ended.
#[wasm_bindgen]
pub fn end_check() {
    with(|_, checker| checker.end());
}

/// The number of customers, of valid ones, and of issues.
#[wasm_bindgen]
pub fn read_counts() -> u32 {
    with(|out, checker| {
        let (rows, valid) = checker.counts();
        let issues = checker.issue_count();
        out.numbers.clear();
        let counts = [rows, valid, issues];
        out.numbers.extend(counts.map(f64::from));
        place(&out.numbers)
    })
}

/// The number of issues kept since the last call: see [`read_issues`].
#[wasm_bindgen]
pub fn kept_issues() -> u32 {
    with(|_, checker| size(checker.issues().len()))
}

/// The issues kept since the last call, eight numbers each.
#[wasm_bindgen]
pub fn read_issues() -> u32 {
    with(|out, checker| {
        out.numbers.clear();
        for issue in checker.issues() {
            // Faults of the file are below 0.
            let (said, parts) = match issue.said {
                Said::Rule(sentence, parts) => (f64::from(sentence as u32), parts),
                Said::File(fault) => (-1.0 - f64::from(fault as u32), [0; 3]),
            };
            let half = u32::from(issue.half);
            let place = [issue.row, issue.line, issue.column, half];
            out.numbers.extend(place.map(f64::from));
            out.numbers.push(said);
            out.numbers.extend(parts.map(f64::from));
        }
        checker.forget_issues();
        place(&out.numbers)
    })
}

/// The number of kinds of damage: see [`read_damage`].
#[wasm_bindgen]
pub fn count_damage() -> u32 {
    with(|_, checker| size(checker.damage().len()))
}

/// The damage, five numbers each.
#[wasm_bindgen]
pub fn read_damage() -> u32 {
    with(|out, checker| {
        out.numbers.clear();
        for damage in checker.damage() {
            let seen = damage.seen as u32;
            let numbers = [seen, damage.column, damage.rows, damage.row, damage.line];
            out.numbers.extend(numbers.map(f64::from));
        }
        place(&out.numbers)
    })
}

/// The number of kinds of changes by fixes: see [`read_fixed`].
#[wasm_bindgen]
pub fn count_fixed() -> u32 {
    with(|_, checker| size(checker.fixed().len()))
}

/// The changes of the fixes, three numbers each.
#[wasm_bindgen]
pub fn read_fixed() -> u32 {
    with(|out, checker| {
        out.numbers.clear();
        for fixed in checker.fixed() {
            let numbers = [fixed.fix as u32, fixed.column, fixed.rows];
            out.numbers.extend(numbers.map(f64::from));
        }
        place(&out.numbers)
    })
}

/// The order of the dates: the column, the number of rows, and the row and the line of the first one that rules out
/// each order and of the examples of two possible dates; 0 for none.
#[wasm_bindgen]
pub fn read_dates() -> u32 {
    with(|out, checker| {
        let dates = checker.dates();
        let numbers = &mut out.numbers;
        numbers.clear();
        numbers.extend([dates.column, dates.rows].map(f64::from));
        let against = dates.against.iter().map(|place| place.unwrap_or_default());
        let either = (0..EXAMPLES).map(|at| dates.either.get(at).copied().unwrap_or_default());
        for place in against.chain(either) {
            numbers.extend([place.row, place.line].map(f64::from));
        }
        place(numbers)
    })
}

/// Writes the dialect and the columns as JSON. Returns the length of the text: see [`read_text`].
#[wasm_bindgen]
pub fn describe_dialect() -> u32 {
    with(|out, checker| {
        let (dialect, encoding) = checker.dialect();
        let json = &mut out.text;
        json.clear();
        let name = ENCODINGS.iter().find(|(it, _)| *it == encoding);
        json.extend([
            "{\"encoding\":\"",
            name.map_or("", |(_, name)| name),
            "\",\"format\":\"",
            match dialect.json {
                None => "csv",
                Some(Form::Lines) => "ndjson",
                Some(Form::List) => "json",
            },
            "\",\"header\":",
            boolean(dialect.has_header),
            ",\"delimiter\":",
        ]);
        push_character(json, dialect.delimiter);
        json.push_str(",\"preamble\":");
        push_number(json, dialect.preamble);
        json.push_str(",\"columns\":[");
        for (place, column) in dialect.columns.iter().enumerate() {
            if place > 0 {
                json.push(',');
            }
            push_column(json, column);
        }
        json.push_str("]}");
        size(json.len())
    })
}

/// Writes the customers of the valid rows since the last call, one per line, as JSON. Returns the length.
#[wasm_bindgen]
pub fn take_customers() -> u32 {
    with(|out, checker| {
        out.text.clear();
        core::mem::swap(&mut out.text, checker.customers());
        size(out.text.len())
    })
}

/// Writes the rows since the last call, as they are in the file. Returns their number.
#[wasm_bindgen]
pub fn take_rows() -> u32 {
    with(|out, checker| {
        let (rows, bytes) = checker.rows();
        out.numbers.clear();
        for Written { row, end, missing } in rows.iter() {
            out.numbers.extend([*row, *end, *missing].map(f64::from));
        }
        let count = rows.len();
        rows.clear();
        out.bytes.clear();
        core::mem::swap(&mut out.bytes, bytes);
        size(count)
    })
}

/// The rows, three numbers each: the customer, the end of the row in the bytes, and the number of missing cells.
#[wasm_bindgen]
pub fn read_rows() -> u32 {
    with(|out, _| place(&out.numbers))
}

/// Writes a text, or what [`take_rows`] gave of one, in the encoding of the file. The length in bytes comes back: see
/// [`read_bytes`].
#[wasm_bindgen]
pub fn encode_text(text: &[u8]) -> u32 {
    with(|out, checker| {
        let (_, encoding) = checker.dialect();
        out.bytes.clear();
        encoding::encode(encoding, text, &mut out.bytes);
        size(out.bytes.len())
    })
}

/// The address of the bytes that were written last: those of rows, or of a text.
#[wasm_bindgen]
pub fn read_bytes() -> u32 {
    with(|out, _| place(&out.bytes))
}

/// The address of the text that was written last.
#[wasm_bindgen]
pub fn read_text() -> u32 {
    with(|out, _| place(out.text.as_bytes()))
}

fn push_column(json: &mut String, column: &Column) {
    json.push_str("{\"name\":");
    push_text(json, &column.name);
    if let Some(target) = &column.target {
        json.push_str(",\"field\":\"");
        let (prefix, name) = match target {
            Target::Field(row) => ("", NEW_CUSTOMER.get(*row).map_or("", |field| field.name)),
            Target::Address(row) => (
                "company_address.",
                COMPANY_ADDRESS.get(*row).map_or("", |field| field.name),
            ),
            Target::Preference(id) => ("marketing_preferences.", id.as_str()),
            Target::FullName => ("", "full_name"),
            Target::ReadOnly => ("", column.name.as_str()),
        };
        json.push_str(prefix);
        collins_customers::text::push_escaped(json, name);
        let is_sent = !matches!(target, Target::FullName | Target::ReadOnly);
        json.extend(["\",\"sent\":", boolean(is_sent)]);
    }
    if let Some(certainty) = column.certainty {
        let name = match certainty {
            Certainty::Exact => "exact",
            Certainty::Usual => "usual",
        };
        json.extend([",\"certainty\":\"", name, "\""]);
    }
    if let Some(other) = column.repeats {
        json.push_str(",\"repeats\":");
        push_number(json, size(other));
    }
    json.push_str(",\"separator\":");
    push_character(json, column.separator);
    json.push('}');
}

const fn boolean(is_true: bool) -> &'static str {
    if is_true { "true" } else { "false" }
}

fn push_character(json: &mut String, byte: u8) {
    push_text(json, char::from(byte).encode_utf8(&mut [0; 4]));
}
