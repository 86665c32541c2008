//! `src/js/contract.js` contains the contract's tables for the modules beside it, generated from the tables in
//! Rust by `cargo xtask generate`.

use std::fmt::Write;
use std::{env, fs};

use collins_customers::call::Policy;
use collins_customers::call::headers::HEADERS;
use collins_customers::call::numbers;
use collins_customers::call::operation::Operation;
use collins_customers::contract::{
    COMPANY_ADDRESS, CUSTOMER_UPDATE, DEFAULT_LIMIT, FILTERS, Field, Kind, MAX_BODY,
    MAX_ERROR_BODY, MAX_ISSUES, MAX_ITEMS, MAX_RESPONSE_BYTES, NEW_CUSTOMER, PLAYPEN, PREFERENCE,
    PRODUCTION, READ_ONLY, UNLIMITED, UPDATE_ONLY,
};
use collins_customers::rules::issue::{PHRASES, SENTENCES, Sentence};
use collins_customers::rules::json::MAX_DEPTH;
use collins_customers::rules::outline::{self, Place};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/js/contract.js");

const HEAD: &str = "\
// The contract's tables for the modules of this folder. Generated from src/contract.rs by
// `cargo xtask generate`. Do not edit it: a test compares the two.

// biome-ignore-all format: one row is one line.
";

/// The name of a kind in JavaScript, with its minimum and maximum.
fn kind(kind: Kind) -> (&'static str, u32, u32) {
    match kind {
        Kind::Text { max } => ("text", 0, max),
        Kind::Email { max } => ("email", 0, max),
        Kind::Scalar { max } => ("scalar", 0, max),
        Kind::Integer { min, max } => ("integer", min, max),
        Kind::Integers { min, max } => ("integers", min, max),
        Kind::Page => ("page", 1, u32::MAX),
        Kind::Date => ("date", 0, UNLIMITED),
        Kind::DateTime => ("dateTime", 0, UNLIMITED),
        Kind::CustomerId => ("customerId", 0, UNLIMITED),
        Kind::Ids => ("ids", 0, UNLIMITED),
        Kind::Texts => ("texts", 0, UNLIMITED),
        Kind::Emails => ("emails", 0, UNLIMITED),
        Kind::Preferences => ("preferences", 0, UNLIMITED),
        Kind::OptIn => ("optIn", 0, UNLIMITED),
        Kind::Address => ("address", 0, UNLIMITED),
        Kind::Search => ("search", 0, UNLIMITED),
    }
}

fn row(field: &Field) -> String {
    let (kind, min, max) = kind(field.kind);
    let mut cells = vec![format!("{:?}", field.name), format!("{kind:?}")];
    if !field.requires.is_empty() {
        cells.push(format!("{:?}", field.requires));
    } else if min > 0 {
        cells.extend([max.to_string(), min.to_string()]);
    } else if max < UNLIMITED {
        cells.push(max.to_string());
    }
    format!("[{}]", cells.join(", "))
}

/// The section for outlines.
fn of_outlines() -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    text += "\n// The numbers of an outline: see src/rules/outline.rs.\n";
    for (name, number) in [
        ("END", outline::END),
        ("NULL", outline::NULL),
        ("BOOLEAN", outline::BOOLEAN),
        ("NUMBER", outline::NUMBER),
        ("TEXT", outline::TEXT),
        ("ITEMS", outline::ITEMS),
        ("ENTRIES", outline::ENTRIES),
        ("FOREIGN", outline::FOREIGN),
        ("HERE", outline::HERE),
        ("BROKEN", outline::BROKEN),
        ("NAMED", outline::NAMED),
        ("ROW", outline::ROW),
        ("ANY", outline::ANY),
        ("FIGURE", outline::FIGURE),
        ("MAX_FIGURE", outline::MAX_FIGURE),
        ("LEVELS", outline::LEVELS),
        ("MAX_NAME", outline::MAX_NAME),
    ] {
        writeln!(text, "export const {name} = {number};")?;
    }
    text += "
// The places of each table, in the order of its rows: `[limit, isCounted, members, items]`, as far as a place has
// them. Up to `limit` characters the letters of a text are not needed, and if it `isCounted` not even its length.
// `members` and `items` are the table and the places of an object, and of the objects in a list.
";
    for (name, fields, is_filter) in [
        ("ADDRESS_PLACES", COMPANY_ADDRESS, false),
        ("PREFERENCE_PLACES", PREFERENCE, false),
        ("CUSTOMER_PLACES", CUSTOMER_UPDATE, false),
        ("FILTER_PLACES", FILTERS, true),
    ] {
        let places: Vec<_> = fields
            .iter()
            .map(|field| place(&Place::of(field.kind, is_filter)))
            .collect();
        writeln!(text, "export const {name} = [{}];", places.join(", "))?;
    }
    Ok(text)
}

/// A place of an outline.
fn place(place: &Place) -> String {
    let table = |fields: &[Field]| match fields {
        [] => None,
        _ if fields == COMPANY_ADDRESS => Some("[COMPANY_ADDRESS, ADDRESS_PLACES]".to_owned()),
        _ => Some("[PREFERENCE, PREFERENCE_PLACES]".to_owned()),
    };
    let mut cells = vec![
        Some(place.limit.to_string()),
        place.is_counted.then(|| "true".to_owned()),
        table(place.members),
        table(place.items),
    ];
    while matches!(cells.last(), Some(None)) {
        cells.pop();
    }
    let cells: Vec<_> = cells
        .into_iter()
        .map(|cell| cell.unwrap_or_else(|| "undefined".to_owned()))
        .collect();
    format!("[{}]", cells.join(", "))
}

/// The section for calls.
fn of_calls() -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for (comment, names) in [
        (
            "The indexes of a call's numbers: see src/call/numbers.rs.",
            &numbers::CALL[..],
        ),
        ("The steps: the driver's next action.", &numbers::STEPS),
        ("The events that the driver reports.", &numbers::EVENTS),
    ] {
        writeln!(text, "\n// {comment}")?;
        for (number, name) in names.iter().enumerate() {
            writeln!(text, "export const {name} = {number};")?;
        }
    }
    Ok(text)
}

/// The section for the messages of issues.
fn of_issues() -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    text += "\n/** The messages of issues: the code, the text with a `$` for each part, and the names of the parts that are params. */\nexport const SENTENCES = [\n";
    for (code, sentence, params) in SENTENCES {
        let mut cells = vec![format!("{:?}", code.as_str()), format!("{sentence:?}")];
        cells.extend(params.iter().map(|name| format!("{name:?}")));
        writeln!(text, "  [{}],", cells.join(", "))?;
    }
    text += "];\n";
    for (name, sentence) in [
        ("NOT_JSON", Sentence::NotJson),
        ("NOT_ENCODED", Sentence::NotEncoded),
        ("TWICE", Sentence::Twice),
        ("TOO_LARGE", Sentence::TooLarge),
        ("HALF_CHARACTER", Sentence::HalfCharacter),
        ("MORE", Sentence::More),
        ("IS_READ_ONLY", Sentence::ReadOnly),
    ] {
        writeln!(text, "export const {name} = {};", sentence as u32)?;
    }
    writeln!(
        text,
        "\n/** The parts that are phrases. */\nexport const PHRASES = {PHRASES:#?};"
    )?;
    Ok(text)
}

fn written() -> Result<String, std::fmt::Error> {
    let mut text = String::from(HEAD);
    writeln!(text, "\nexport const PRODUCTION = {PRODUCTION:?};")?;
    writeln!(text, "export const PLAYPEN = {PLAYPEN:?};")?;
    writeln!(text, "export const DEFAULT_LIMIT = {DEFAULT_LIMIT};")?;
    writeln!(text, "export const MAX_ERROR_BODY = {MAX_ERROR_BODY};")?;
    writeln!(
        text,
        "export const MAX_RESPONSE_BYTES = {MAX_RESPONSE_BYTES};"
    )?;
    writeln!(text, "export const MAX_BODY = {MAX_BODY};")?;
    writeln!(text, "export const MAX_ITEMS = {MAX_ITEMS};")?;
    writeln!(text, "export const MAX_ISSUES = {MAX_ISSUES};")?;
    writeln!(text, "export const MAX_DEPTH = {MAX_DEPTH};")?;

    writeln!(
        text,
        "\n/** The headers that the core reads. */\nexport const HEADERS = {HEADERS:#?};"
    )?;

    let policy = Policy::default();
    writeln!(
        text,
        "\n/** The default limits of a call; times are in milliseconds. */\nexport const policy = {{\n  timeout: {},\n  totalTimeout: {},\n  maxRetries: {},\n  maxRetryAfter: {},\n}};",
        policy.timeout, policy.total_timeout, policy.max_retries, policy.max_retry_after
    )?;

    text += "\n/** Method, route and envelope, in the order of their numbers in core.rs. */\nexport const operations = [\n";
    for operation in Operation::ALL {
        let (method, route) = (operation.method(), operation.route());
        writeln!(
            text,
            "  [{method:?}, {route:?}, {:?}],",
            operation.envelope()
        )?;
    }
    text += "];\n";
    text += "export const [LIST, CREATE, GET, UPDATE, DELETE] = [0, 1, 2, 3, 4];\n";

    text += &of_calls()?;

    text += "\n// A row is `[name, kind]`, `[name, kind, max]`, `[name, kind, max, min]` or `[name, kind, required parameter]`.\n";
    for (name, fields) in [
        ("NEW_CUSTOMER", NEW_CUSTOMER),
        ("UPDATE_ONLY", UPDATE_ONLY),
        ("COMPANY_ADDRESS", COMPANY_ADDRESS),
        ("PREFERENCE", PREFERENCE),
        ("FILTERS", FILTERS),
    ] {
        writeln!(text, "\nexport const {name} = [")?;
        for field in fields {
            writeln!(text, "  {},", row(field))?;
        }
        text += "];\n";
        if name == "UPDATE_ONLY" {
            text += "\nexport const CUSTOMER_UPDATE = [...NEW_CUSTOMER, ...UPDATE_ONLY];\n";
        }
    }
    text += &of_issues()?;
    writeln!(text, "\nexport const READ_ONLY = {READ_ONLY:?};")?;

    text += &of_outlines()?;
    Ok(text)
}

#[test]
fn the_tables_for_javascript_are_those_of_the_contract() -> Result<(), Box<dyn std::error::Error>> {
    let written = written()?;
    if env::var_os("UPDATE").is_some() {
        fs::write(FILE, &written)?;
    }
    assert_eq!(fs::read_to_string(FILE)?, written);
    Ok(())
}
