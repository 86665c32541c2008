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
    /// Reads the headers; `None` if they are missing, hidden by CORS or not numbers. `clock` is the
    /// client's: a reset in seconds from now is counted from the service's own `Date` if that can be read.
    #[must_use]
    pub fn read(headers: &Headers, clock: Milliseconds) -> Option<Quota> {
        Some(Quota {
            limit: figure(headers, Header::RateLimit)?,
            remaining: figure(headers, Header::RateLimitRemaining)?,
            reset_at: reset_at(headers, clock),
        })
    }

    /// The same for a caller who has read the service's `Date`: `now` is that date, or else the client's clock.
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
mod tests;
