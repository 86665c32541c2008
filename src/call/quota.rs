//! The rest of the hour's quota, from the headers of an answer.

use crate::call::headers::{Header, Headers};
use crate::instant::{self, Milliseconds};

/// The rate limit headers of one answer. The quota is per credential and per hour. \[doc\]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quota {
    /// The number of requests in an hour (`X-RateLimit-Limit`).
    pub limit: f64,
    /// The number of requests that are left (`X-RateLimit-Remaining`).
    pub remaining: f64,
    /// When the next hour begins (`X-RateLimit-Reset`): stock Laravel sends it with a 429 only. \[assumed\]
    pub reset_at: Option<Milliseconds>,
}

impl Quota {
    /// Reads the headers; `None` where they are missing, hidden by CORS or not numbers. `clock` is the
    /// client's: a reset in seconds from now is counted from the service's own `Date` where that can be read.
    #[must_use]
    pub fn read(headers: &Headers, clock: Milliseconds) -> Option<Quota> {
        Some(Quota {
            limit: figure(headers, Header::RateLimit)?,
            remaining: figure(headers, Header::RateLimitRemaining)?,
            reset_at: reset_at(headers, clock),
        })
    }

    /// The same for a caller who has read the service's `Date`: `now` is what it says, or else the client's clock.
    #[must_use]
    pub fn read_at(headers: &Headers, now: Milliseconds) -> Option<Quota> {
        Some(Quota {
            limit: figure(headers, Header::RateLimit)?,
            remaining: figure(headers, Header::RateLimitRemaining)?,
            reset_at: headers
                .get(Header::RateLimitReset)
                .and_then(|reset| instant::reset(reset, now)),
        })
    }
}

/// A header that is a number.
pub(crate) fn figure(headers: &Headers, header: Header) -> Option<f64> {
    instant::whole(headers.get(header)?)
}

/// The time of the service's clock: its `Date`, or else the client's clock.
pub(crate) fn now(headers: &Headers, clock: Milliseconds) -> Milliseconds {
    headers
        .get(Header::Date)
        .and_then(|date| instant::http_date(date, clock))
        .unwrap_or(clock)
}

/// The instant that `X-RateLimit-Reset` names. `clock` is the client's.
#[must_use]
pub fn reset_at(headers: &Headers, clock: Milliseconds) -> Option<Milliseconds> {
    instant::reset(headers.get(Header::RateLimitReset)?, now(headers, clock))
}

#[cfg(test)]
mod tests {
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
    fn garbage_is_no_quota() {
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
}
