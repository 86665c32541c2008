//! The ways in which a request fails, and what each of them allows.
//!
//! A create is sent again only if the service has certainly not written it: a customer must not be created twice.
//! \[safety\]
//!
//! Cases that the table of the documentation does not cover: a status that is neither a success nor named there (a
//! redirect, a 501, a gateway's 520) is not retried. The rule that forbids to repeat a write also decides whether it
//! may have succeeded: only a 4xx, or a 503 with `Retry-After`, means that the service has turned the request away; a
//! 408 does not, because the service may have acted on the part that it had. Once that is uncertain, no later answer
//! resolves it, except the 404 of a delete.

use super::hint::Hint;
use crate::instant::{self, Milliseconds};

/// The failure of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// There is no complete response: no connection, no answer in time, or a body that was cut off.
    NoAnswer,
    /// There was no connection, so nothing was sent.
    NotSent,
    /// The service answered with a status that is not a success.
    Status(u16),
    /// A success whose body is not what the operation returns.
    Unexpected,
}

impl Ending {
    /// Returns whether the service has certainly not acted on the request.
    pub(super) fn is_turned_away(self, hint: Hint) -> bool {
        match self {
            Ending::Status(503) => hint.has_retry_after,
            Ending::Status(status) => (400..500).contains(&status) && status != 408,
            Ending::NotSent => true,
            Ending::NoAnswer | Ending::Unexpected => false,
        }
    }

    /// Returns whether the same request may succeed the next time.
    pub(super) fn may_pass(self) -> bool {
        matches!(
            self,
            Ending::NoAnswer
                | Ending::NotSent
                | Ending::Status(408 | 425 | 429 | 500 | 502 | 503 | 504)
        )
    }
}

/// The wait before retry `n`, from 0, if the service does not ask for one.
///
/// A random number of 0 gives the longest wait in both forms: it is never 1, so no wait is zero.
pub(super) fn backoff(ending: Ending, n: u32, random: f64) -> Milliseconds {
    let doubled = f64::from(1_u32 << n.min(5));
    if ending == Ending::Status(429) {
        instant::shorter(1000.0 * doubled, 20_000.0) * (1.0 - random)
    } else {
        instant::shorter(500.0 * doubled, 8000.0) * (1.0 - 0.25 * random)
    }
}
