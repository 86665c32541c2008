use super::*;
use proptest::prelude::*;

fn read(limit: &str, remaining: &str, reset: &str) -> Option<Quota> {
    let headers = Headers::from_pairs([
        ("X-RateLimit-Limit", limit),
        ("X-RateLimit-Remaining", remaining),
        ("X-RateLimit-Reset", reset),
    ]);
    Quota::read(&headers, 1_000_000.0)
}

#[test]
fn the_headers_of_an_answer_are_read() {
    let quota = |reset_at| {
        Some(Quota {
            limit: 500.0,
            remaining: 0.0,
            reset_at,
        })
    };
    for (reset, reset_at) in [
        ("2019-03-06T17:00:00Z", Some(1_551_891_600_000.0)),
        ("2019-03-06 17:00:00", Some(1_551_891_600_000.0)),
        ("1551891600", Some(1_551_891_600_000.0)),
        ("1551891600000", Some(1_551_891_600_000.0)),
        ("60", Some(1_060_000.0)),
        ("soon", None),
        ("", None),
    ] {
        assert_eq!(read("500", "0", reset), quota(reset_at), "{reset}");
    }
}

#[test]
fn garbage_is_not_a_quota() {
    for (limit, remaining) in [
        ("", "1"),
        ("1", ""),
        ("-1", "1"),
        ("1", "1.5"),
        ("many", "few"),
        ("\u{9e7}", "1"),
    ] {
        assert_eq!(read(limit, remaining, "60"), None, "{limit} {remaining}");
    }
}

#[test]
fn a_reset_in_seconds_from_now_is_counted_from_the_date_of_the_service() {
    for (date, now) in [
        ("Wed, 06 Mar 2019 17:00:00 GMT", 1_551_891_600_000.0),
        ("soon", 1_000_000.0),
    ] {
        let others = [
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
        ];
        let pairs = others.into_iter().map(|name| (name, "60"));
        let headers = Headers::from_pairs(pairs.chain([("Date", date)]));
        let quota = Quota::read(&headers, 1_000_000.0);
        let reset_at = quota.and_then(|quota| quota.reset_at);
        assert_eq!(reset_at, Some(now + 60_000.0), "{date}");
        assert_eq!(Quota::read_at(&headers, now), quota, "{date}");
    }
}

proptest! {
    #[test]
    fn no_header_panics(limit in any::<String>(), remaining in any::<String>(), reset in any::<String>()) {
        let _ = read(&limit, &remaining, &reset);
    }
}
