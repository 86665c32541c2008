//! The fuzz targets: functions that take any bytes and fail if the core breaks one of its promises.
//!
//! They may panic only in their own assertions. `cargo xtask fuzz` runs them under libFuzzer; the crate's test `fuzz`
//! replays the corpus with them.

#![allow(missing_docs)]

use std::str;

use collins_customers::call::headers::{HEADERS, Headers};
use collins_customers::call::hint::Hint;
use collins_customers::call::numbers::{self, CALL, EVENTS, STEPS};
use collins_customers::call::operation::Operation;
use collins_customers::call::pagination::{self, Pagination};
use collins_customers::call::quota::Quota;
use collins_customers::contract::FILTERS;
use collins_customers::filter::{CustomerFilter, query as filters};
use collins_customers::instant;
use collins_customers::rules::check::{Check, Subject};
use collins_customers::rules::email::{is_email, is_padded};
use collins_customers::rules::json::{MAX_DEPTH, Scanner};
use collins_customers::rules::outline::Outline;
use collins_customers::rules::{self, Issue};
use serde::de::IgnoredAny;
use serde_json::Value as Json;

use tree::{Tree, Walk};

mod tree;

/// A function that accepts any bytes.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: [(&str, Target); 8] = [
    ("rules", rules),
    ("both_ways", both_ways),
    ("outline", outline),
    ("query", query),
    ("instants", instants),
    ("headers", headers),
    ("email", email),
    ("decisions", decisions),
];

/// 1 January 2026, 00:00:00 UTC.
const NOW: f64 = 1_767_225_600_000.0;

/// Takes a number of bytes from the beginning; zeros if none are left.
fn take<const N: usize>(data: &mut &[u8]) -> [u8; N] {
    let mut taken = [0; N];
    let length = data.len().min(N);
    let (begin, rest) = data.split_at(length);
    taken[..length].copy_from_slice(begin);
    *data = rest;
    taken
}

/// The scanner and the rules: any text is read to its end, and the scanner agrees with `serde_json` on what is JSON.
pub fn rules(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let mut scanner = Scanner::new(text);
    let read = scanner.value().and_then(|value| scanner.skip(value));
    let accepted = read.and_then(|()| scanner.end()).is_ok();
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    let brackets = text.bytes().filter(|byte| matches!(byte, b'[' | b'{'));
    // The two have different limits of depth.
    if brackets.count() <= MAX_DEPTH as usize {
        assert_eq!(accepted, is_json, "{text:?}");
    } else {
        assert!(!accepted || is_json, "{text:?}");
    }
    for issues in [
        rules::new_customer(text),
        rules::customer_update(text),
        rules::list_filter(text),
    ] {
        if !accepted {
            assert_eq!(issues.len(), 1, "{text:?}");
        }
        assert_sound(&issues);
    }
    let issues = rules::customer_id(text);
    assert!(issues.is_empty() || issues.len() == 1);
    if issues.is_empty() {
        // It stays one segment of a path for every reader.
        assert!(!text.is_empty() && text != "." && text != "..");
        assert!(!text.contains(['/', '\\', '?', '#', '%', '\0', '\n', '\r']));
    }
}

const SUBJECTS: [Subject; 3] = [
    Subject::NewCustomer,
    Subject::CustomerUpdate,
    Subject::ListFilter,
];

/// A value in memory and its JSON text have the same issues.
pub fn both_ways(data: &[u8]) {
    let Ok(json) = serde_json::from_slice::<Json>(data) else {
        return;
    };
    let text = json.to_string();
    let tree = Tree::from(&json);
    for subject in SUBJECTS {
        let (mut of_text, mut of_value) = (Vec::new(), Vec::new());
        Check::new(Scanner::new(&text), subject, &mut of_text).run();
        Check::new(Walk::new(&tree), subject, &mut of_value).run();
        assert_eq!(of_text, of_value, "{subject:?} of {text}");
    }
}

/// The outline of a JavaScript value: any numbers and texts are read to their end. The first byte is the count of the
/// numbers, each of four bytes; the texts follow.
pub fn outline(mut data: &[u8]) {
    let [count] = take(&mut data);
    let entries: Vec<u32> = (0..count)
        .map(|_| u32::from_le_bytes(take(&mut data)))
        .collect();
    let Ok(texts) = str::from_utf8(data) else {
        return;
    };
    for subject in SUBJECTS {
        let mut issues = Vec::new();
        Check::new(Outline::new(&entries, texts), subject, &mut issues).run();
        assert_sound(&issues);
    }
}

/// Asserts that issues have messages for people, of limited length.
fn assert_sound(issues: &[Issue]) {
    for issue in issues {
        assert!(!issue.message.is_empty());
        assert!(issue.message.len() < 1000, "{}", issue.message);
        assert!(issue.path.len() <= 2);
    }
}

/// The query codec: a query that can be read is written so that it reads as the same filter, with the same issues.
pub fn query(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    match CustomerFilter::parse(text) {
        Ok(filter) => {
            let written = filter.to_query_string().expect("what was read is valid");
            assert!(written.is_ascii() && !written.contains([' ', '#', '?']));
            let again = CustomerFilter::parse(&written).expect("what was written is read");
            for field in FILTERS {
                assert_eq!(again.get(field.name), filter.get(field.name), "{text:?}");
            }
            assert_eq!(again.to_query_string().as_ref(), Ok(&written));
        }
        Err(issues) => {
            assert!(!issues.is_empty());
            assert_sound(&issues);
        }
    }
    if let Ok(written) = filters::encode(text) {
        let filter = CustomerFilter::parse(&written).expect("what was written is read");
        assert_eq!(filter.to_query_string(), Ok(written));
    }
}

/// Dates and instants, beside those of jiff.
pub fn instants(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Some((year, month, day)) = instant::date(text) {
        let other: jiff::civil::Date = text.parse().expect("jiff knows the day");
        let other = (
            other.year().into(),
            other.month().into(),
            other.day().into(),
        );
        assert_eq!((i64::from(year), i64::from(month), i64::from(day)), other);
    }
    if let Some(at) = instant::date_time(text) {
        assert!(at.is_finite() && at.abs() < 1e15, "{text:?} is {at}");
    }
    for at in [instant::http_date(text, NOW), instant::reset(text, NOW)]
        .into_iter()
        .flatten()
    {
        assert!(at.is_finite() && at.abs() <= 1e16, "{text:?} is {at}");
    }
}

/// The headers of an answer: two bytes for the status, then a line for each header that the core reads.
pub fn headers(mut data: &[u8]) {
    let status = u16::from_le_bytes(take(&mut data)) % 600;
    let Ok(lines) = str::from_utf8(data) else {
        return;
    };
    let headers = Headers::from_lines(lines);
    let pairs = HEADERS.into_iter().zip(lines.split('\n'));
    assert_eq!(Headers::from_pairs(pairs), headers);
    let hint = Hint::read(&headers, status, NOW);
    assert!(hint.wait >= 0.0 && hint.wait.is_finite(), "{hint:?}");
    if let Some(quota) = Quota::read(&headers, NOW) {
        assert!(quota.limit >= 0.0 && quota.remaining >= 0.0, "{quota:?}");
    }
    let pagination = Pagination::read(&headers);
    for (page, count) in [(1, 30), (1, 0), (u32::MAX, 30)] {
        let next = pagination::next(pagination, page, count, 30);
        assert!(next.is_none_or(|next| next - 1 == page && count > 0));
    }
}

/// Email addresses: accepted ones are sound, and the verdict does not depend on the case.
pub fn email(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let valid = is_email(text);
    if valid {
        assert!(!is_padded(text), "{text:?}");
        assert!(!text.contains(|character: char| character.is_control() && character.is_ascii()));
        let (local, domain) = text.rsplit_once('@').expect("an address has an @");
        assert!(!local.is_empty() && !domain.is_empty());
        for around in [format!(" {text}"), format!("{text}\n")] {
            assert!(!is_email(&around) && is_padded(&around), "{around:?}");
        }
        assert!(!is_email(&format!("{text}@")));
        assert!(!is_email(domain), "{text:?}");
    }
    assert_eq!(is_email(&text.to_ascii_uppercase()), valid, "{text:?}");
    assert_eq!(is_email(&text.to_ascii_lowercase()), valid, "{text:?}");
}

/// The number of a call at the place of this name.
fn at(call: &[f64], name: &str) -> f64 {
    call[CALL.iter().position(|known| *known == name).expect(name)]
}

/// The number of an event.
fn event(name: &str) -> f64 {
    let mut numbers = (0_u8..).zip(EVENTS);
    numbers
        .find(|(_, known)| *known == name)
        .expect(name)
        .0
        .into()
}

/// The name of the step of a call.
fn step(call: &[f64]) -> &'static str {
    let is_at = |number: u8| (f64::from(number) - at(call, "STEP")).abs() < 0.5;
    let mut numbers = (0_u8..).zip(STEPS);
    numbers
        .find(|(number, _)| is_at(*number))
        .expect("a known step")
        .1
}

/// Passes an event to a call, new or under way.
fn tell(call: &[f64], event: &[f64], lines: &str) -> Vec<f64> {
    let mut numbers = event.to_vec();
    numbers.resize(9, 0.0);
    numbers.extend(call);
    numbers::on(&numbers, lines).to_vec()
}

/// One call with any events. Between two events it is a list of numbers, as in JavaScript.
pub fn decisions(mut data: &[u8]) {
    let [operation, retries, options, total] = take(&mut data);
    let (renewable, idempotent) = (options & 1 != 0, options & 2 != 0);
    let operation = Operation::ALL[usize::from(operation) % 5];
    let total = f64::from(total) * 1000.0;
    let begun = [
        f64::from(operation as u32),
        30_000.0,
        total,
        retries.into(),
        60_000.0,
        renewable.into(),
        idempotent.into(),
    ];
    let mut elapsed = 0.0;
    let mut sent = 0;
    let mut call = tell(&begun, &[event("BEGUN")], "");
    loop {
        let [kind, low, high, retry_after, took, random] = take(&mut data);
        let (took, random) = (f64::from(took) * 100.0, f64::from(random) / 256.0);
        let within = at(&call, "WITHIN");
        let is_open = at(&call, "MAY_HAVE_SUCCEEDED") != 0.0;
        assert_eq!(call[..begun.len()], begun);
        let mut lines = String::new();
        let mut told = vec![0.0, 0.0, random];
        match step(&call) {
            "TOKEN" => {
                assert!(renewable && within > 0.0 && elapsed + within <= total);
                elapsed += within.min(took);
                told[0] = event("TOKEN_GIVEN");
            }
            "SEND" => {
                assert!(within > 0.0 && elapsed + within <= total);
                sent += 1;
                let counted = at(&call, "REQUESTS");
                assert!((counted - f64::from(sent)).abs() < 0.5, "{counted}");
                assert!(sent <= u32::from(retries) + 2, "it goes on and on");
                assert!(sent == 1 || retries > 0);
                // A customer must not be created twice.
                assert!(operation != Operation::Create || idempotent || !is_open);
                elapsed += within.min(took);
                if kind < 128 {
                    told = vec![event("ANSWERED"), 0.0, random, NOW];
                    let status = 100 + u16::from_le_bytes([low, high]) % 500;
                    let is_expected = kind < 16 && (200..300).contains(&status);
                    told.extend([f64::from(status), is_expected.into()]);
                    if retry_after % 2 == 0 {
                        lines = format!("\n{retry_after}");
                    }
                } else {
                    let kinds = ["LOST", "LATE", "NOT_SENT", "NOT_A_RESPONSE"];
                    told[0] = event(kinds[usize::from(kind) % 4]);
                }
            }
            "WAIT" => {
                assert!(within > 0.0 && elapsed + within < total, "waits {within}");
                // Timers may be late.
                elapsed += within + took;
                told[0] = event("WAITED");
            }
            end => {
                assert!(end != "OUT_OF_TIME" || elapsed >= total);
                return;
            }
        }
        told[1] = elapsed;
        call = tell(&call, &told, &lines);
    }
}
