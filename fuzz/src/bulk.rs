//! The fuzz target of bulk: any bytes as a file of customers. `bulk/tests/fuzz.rs` replays the corpus with the same
//! function.

use bulk::check::{Checker, Gives, Options};
use bulk::encoding::Encoding;
use bulk::fix::{Fixes, ORDERS};

/// The complete contents of a report.
#[derive(Debug, PartialEq)]
struct Said {
    counts: (u32, u32, u32),
    issues: Vec<bulk::check::Issue>,
    damage: Vec<bulk::damage::Damage>,
    customers: String,
}

const KEPT: usize = 1000;

/// How many bytes more than the longest row may be held: the sample in which the dialect is detected, which grows by
/// doubling.
const SAMPLE: usize = 2 * 64 * 1024;

/// Any file is read to its end, and its report is the same wherever the file is divided. The first two bytes are the
/// options and the size of the chunks.
///
/// # Panics
/// If a promise is broken.
pub fn bulk(data: &[u8]) {
    let [options, size, file @ ..] = data else {
        return;
    };
    let encodings = [
        None,
        None,
        Some(Encoding::Windows1252),
        Some(Encoding::Utf16LittleEndian),
    ];
    let options = Options {
        encoding: encodings[usize::from(options & 3)],
        fixes: Fixes {
            bits: u32::from(options >> 2 & 15),
            dates: ORDERS.get(usize::from(options >> 6)).copied(),
        },
        keep: KEPT,
        gives: Gives::Customers,
        ..Options::default()
    };
    let whole = said(&options, [file]);
    let chunks = said(&options, file.chunks(usize::from(*size).max(1)));
    assert_eq!(whole, chunks);
    let (rows, valid, issues) = whole.counts;
    assert!(valid <= rows && (valid == rows) == (issues == 0));
    assert!(whole.issues.len() == KEPT.min(issues as usize));
    // A later date can refute the order that the fix names. Then the customers so far count as invalid, and a caller
    // reads the file again without it (see dates in js/check.js).
    let written = whole.customers.lines().count();
    assert!(
        written == valid as usize || (written > valid as usize && options.fixes.dates.is_some())
    );
    for line in whole.customers.lines() {
        let issues = collins_customers::rules::new_customer(line);
        assert!(issues.is_empty(), "{issues:?} of {line}");
    }
}

fn said<'a>(options: &Options, chunks: impl IntoIterator<Item = &'a [u8]>) -> Said {
    let mut checker = Checker::new(options.clone());
    let mut size = 0;
    for chunk in chunks {
        checker.push(chunk);
        size += chunk.len();
        // UTF-8 may take three bytes for two of UTF-16, or for one of Windows-1252.
        assert!(checker.held() <= 3 * size + SAMPLE);
    }
    checker.end();
    let (rows, valid) = checker.counts();
    let mut issues = checker.issues().to_vec();
    issues.sort_by_key(|issue| issue.row);
    Said {
        counts: (rows, valid, checker.issue_count()),
        issues,
        damage: checker.damage().to_vec(),
        customers: checker.customers().clone(),
    }
}
