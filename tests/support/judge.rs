//! Judges JSON text with the crate, for tests in JavaScript (tests/support/judge.mjs).
//!
//! Reads lines of a kind (`create`, `update` or `list`), a tab and JSON text, and writes a line of JSON for each: the
//! issues, and the query string of filters that have none.

use std::io::{self, BufRead, BufWriter, Write};

use collins_customers::filter::query;
use collins_customers::rules::{self, Issue, Segment};
use serde_json::{Value, json};

fn shown(issue: &Issue) -> Value {
    let path = issue.path.iter().map(|segment| match segment {
        Segment::Name(name) => json!(name),
        Segment::Index(index) => json!(index),
    });
    json!({
        "path": path.collect::<Vec<_>>(),
        "code": issue.code.as_str(),
        "message": issue.message,
    })
}

fn main() -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (kind, text) = line.split_once('\t').unwrap_or_default();
        let (issues, query) = match kind {
            "create" => (rules::new_customer(text), None),
            "update" => (rules::customer_update(text), None),
            _ => match query::encode(text) {
                Ok(query) => (Vec::new(), Some(query)),
                Err(issues) => (issues, None),
            },
        };
        let issues: Vec<_> = issues.iter().map(shown).collect();
        writeln!(output, "{}", json!({ "issues": issues, "query": query }))?;
    }
    output.flush()
}
