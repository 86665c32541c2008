use super::*;
use crate::call::Step;
use crate::call::operation::Operation;
use crate::call::tests::{NOW, first, terms};
use proptest::prelude::*;

fn hint(status: u16, headers: &[(&str, &str)]) -> Hint {
    Hint::read(&Headers::from_pairs(headers.iter().copied()), status, NOW)
}

/// The wait that a hint asks for, if it does.
fn asked(hint: Hint) -> Option<Milliseconds> {
    Some(hint.wait).filter(|wait| *wait > 0.0)
}

#[test]
fn each_hint_is_read_strictly() {
    let soon = Hint::default();
    for (name, text, expected) in [
        ("retry-after-ms", "1500", Some(1500.0)),
        ("retry-after-ms", "1500.75", Some(1500.0)),
        ("retry-after-ms", "1", Some(1.0)),
        (
            "retry-after-ms",
            "99999999999999999999",
            Some(instant::LAST),
        ),
        ("retry-after-ms", "0", None),
        ("retry-after-ms", "0.0", None),
        ("retry-after-ms", "-1", None),
        ("retry-after-ms", "+1", None),
        ("retry-after-ms", ".5", None),
        ("retry-after-ms", "5.", None),
        ("retry-after-ms", "1.5.5", None),
        ("retry-after-ms", "1e3", None),
        ("retry-after-ms", "0x10", None),
        ("retry-after-ms", "Infinity", None),
        ("retry-after-ms", "NaN", None),
        ("retry-after-ms", "", None),
        ("retry-after-ms", "١٥٠٠", None),
        ("Retry-After", "2", Some(2000.0)),
        ("Retry-After", "002", Some(2000.0)),
        ("Retry-After", "0", None),
        ("Retry-After", "-2", None),
        ("Retry-After", "2.5", Some(3000.0)),
        ("Retry-After", "29.997", Some(30_000.0)),
        ("Retry-After", "2.000", Some(2000.0)),
        ("Retry-After", "1.001", Some(2000.0)),
        ("Retry-After", "0.0", None),
        ("Retry-After", ".5", None),
        ("Retry-After", "5.", None),
        ("Retry-After", "1.5.5", None),
        ("Retry-After", "2s", None),
        ("Retry-After", " 2", None),
        ("Retry-After", "2, 2", None),
        ("Retry-After", "٢", None),
        ("Retry-After", "", None),
        ("Retry-After", "Thu, 01 Jan 2026 00:00:02 GMT", Some(2000.0)),
        (
            "Retry-After",
            "Thursday, 01-Jan-26 00:00:02 GMT",
            Some(2000.0),
        ),
        ("Retry-After", "Thu Jan  1 00:00:02 2026", Some(2000.0)),
        ("Retry-After", "Thu, 01 Jan 2026 00:00:00 GMT", None),
        ("Retry-After", "Wed, 31 Dec 2025 23:59:59 GMT", None),
        ("Retry-After", "2026-01-01T00:00:02Z", None),
        ("Retry-After", "Thu, 1 Jan 2026 00:00:02 GMT", None),
        ("X-RateLimit-Reset", "2026-01-01T00:00:02Z", Some(2000.0)),
        (
            "X-RateLimit-Reset",
            "2026-01-01T01:00:02+01:00",
            Some(2000.0),
        ),
        ("X-RateLimit-Reset", "2026-01-01 00:00:02", Some(2000.0)),
        ("X-RateLimit-Reset", "1767225602000", Some(2000.0)),
        ("X-RateLimit-Reset", "1767225602", Some(2000.0)),
        ("X-RateLimit-Reset", "2", Some(2000.0)),
        ("X-RateLimit-Reset", "0", None),
        ("X-RateLimit-Reset", "1767225600", None),
        ("X-RateLimit-Reset", "2025-12-31T23:59:59Z", None),
        ("X-RateLimit-Reset", "-2", None),
        ("X-RateLimit-Reset", "2.5", None),
        ("X-RateLimit-Reset", "99999999999999999999", None),
    ] {
        let read = hint(429, &[(name, text)]);
        assert_eq!(asked(read), expected, "{name}: {text}");
        assert_eq!(
            first(429, &[(name, text)], terms(Operation::Get)) == Step::Wait { wait: 1000.0 },
            expected.is_none(),
            "{name}: {text}"
        );
    }
    assert_eq!(hint(429, &[]), soon);
}

#[test]
fn a_reset_counts_on_a_429_or_where_nothing_remains() {
    let reset = ("X-RateLimit-Reset", "2026-01-01T00:00:02Z");
    for (status, remaining, expected) in [
        (429, None, Some(2000.0)),
        (429, Some("7"), Some(2000.0)),
        (425, None, None),
        (503, None, None),
        (503, Some("7"), None),
        (503, Some("00"), Some(2000.0)),
        (503, Some("0"), Some(2000.0)),
        (503, Some("-0"), None),
        (503, Some("none"), None),
    ] {
        let remaining = remaining.map(|remaining| ("X-RateLimit-Remaining", remaining));
        let headers: Vec<_> = [Some(reset), remaining].into_iter().flatten().collect();
        let hint = hint(status, &headers);
        assert_eq!(asked(hint), expected, "{status} {remaining:?}");
        let reset_at = quota::reset_at(&Headers::from_pairs(headers), NOW);
        assert_eq!(reset_at, Some(NOW + 2000.0));
    }
}

#[test]
fn the_clock_of_the_service_is_the_one_that_counts() {
    let ahead = ("Date", "Thu, 01 Jan 2026 01:00:00 GMT");
    let behind = ("Date", "Wed, 31 Dec 2025 23:00:00 GMT");
    for (date, name, text, expected) in [
        (
            ahead,
            "X-RateLimit-Reset",
            "2026-01-01T01:00:02Z",
            Some(2000.0),
        ),
        (ahead, "X-RateLimit-Reset", "1767229202", Some(2000.0)),
        (ahead, "X-RateLimit-Reset", "2", Some(2000.0)),
        (ahead, "X-RateLimit-Reset", "2026-01-01T00:00:02Z", None),
        (
            ahead,
            "Retry-After",
            "Thu, 01 Jan 2026 01:00:02 GMT",
            Some(2000.0),
        ),
        (ahead, "Retry-After", "2", Some(2000.0)),
        (
            behind,
            "X-RateLimit-Reset",
            "2025-12-31T23:00:02Z",
            Some(2000.0),
        ),
        (
            behind,
            "Retry-After",
            "Wed, 31 Dec 2025 23:00:02 GMT",
            Some(2000.0),
        ),
        (
            ("Date", "yesterday"),
            "X-RateLimit-Reset",
            "1767225602",
            Some(2000.0),
        ),
    ] {
        assert_eq!(
            asked(hint(429, &[date, (name, text)])),
            expected,
            "{date:?} {name}: {text}"
        );
    }
}

proptest! {
    #[test]
    fn no_header_panics(texts in prop::collection::vec(any::<String>(), 5), status in any::<u16>(), clock in any::<f64>()) {
        let names = ["Date", "retry-after-ms", "Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Reset"];
        let headers: Vec<_> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
        let hint = Hint::read(&Headers::from_pairs(headers), status, clock);
        prop_assert!(hint.wait >= 0.0);
    }
}
