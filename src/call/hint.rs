//! Reads when to try again from the headers of a refusal.

use crate::call::headers::{Header, Headers};
use crate::call::quota;
use crate::instant::{self, Milliseconds};
use crate::text::split_at_byte;

/// The service's hint about when to come back. \[assumed\] but for `X-RateLimit-Reset`
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hint {
    /// The wait that it asks for, or 0. A wait of nothing, or until an instant that has passed, is not a hint: the
    /// client then waits by its own rule, which grows with each retry.
    pub wait: Milliseconds,
    /// True if `Retry-After` could be read, whatever its value.
    pub(super) has_retry_after: bool,
    /// True if the wait ends at an instant, which is the same for all clients of the service.
    until_instant: bool,
}

/// Added to an instant that the service named: its clock and ours may differ by this much.
const MARGIN: Milliseconds = 250.0;
/// The largest random time added to such an instant, so that not all clients come at once.
const JITTER: Milliseconds = 1000.0;

impl Hint {
    /// Reads the first of `retry-after-ms`, `Retry-After` and, on a 429 or if the quota is used up,
    /// `X-RateLimit-Reset` that parses. `clock` is the client's; the service's own `Date` is used instead if it can
    /// be read, so that a wrong clock does not matter.
    #[must_use]
    pub fn read(headers: &Headers, status: u16, clock: Milliseconds) -> Hint {
        let now = quota::now(headers, clock);
        let mut hint = Hint::default();
        let mut wait = headers.get(Header::RetryAfterMs).and_then(milliseconds);
        if let Some(text) = headers.get(Header::RetryAfter) {
            let seconds = seconds(text);
            let at = instant::http_date(text, now);
            hint.has_retry_after = seconds.is_some() || at.is_some();
            if wait.is_none() {
                wait = seconds.map(|seconds| seconds * 1000.0);
                if let Some(at) = at {
                    hint.until_instant = true;
                    wait = Some(at - now);
                }
            }
        }
        if let (None, Some(at)) = (wait, quota::reset_at(headers, clock))
            && (status == 429 || quota::figure(headers, Header::RateLimitRemaining) == Some(0.0))
        {
            hint.until_instant = true;
            wait = Some(at - now);
        }
        hint.wait = wait.unwrap_or(0.0).max(0.0);
        hint
    }

    /// The wait, with the margin and jitter of one that ends at an instant.
    pub(super) fn with_margin(self, random: f64) -> Milliseconds {
        if self.until_instant {
            self.wait + MARGIN + JITTER * random
        } else {
            self.wait
        }
    }
}

/// A number of milliseconds. A fraction is too small to matter.
fn milliseconds(text: &str) -> Option<Milliseconds> {
    let (whole, _) = whole_and_fraction(text)?;
    Some(whole)
}

/// A number of seconds; a fraction is rounded up, because a request that comes too early is refused again.
fn seconds(text: &str) -> Option<f64> {
    let (whole, fraction) = whole_and_fraction(text)?;
    Some(if fraction > 0.0 { whole + 1.0 } else { whole })
}

/// The digits before a point and those after it, as two numbers.
fn whole_and_fraction(text: &str) -> Option<(f64, f64)> {
    let (whole, fraction) = split_at_byte(text, b'.').unwrap_or((text, "0"));
    Some((instant::whole(whole)?, instant::whole(fraction)?))
}

#[cfg(test)]
mod tests;
