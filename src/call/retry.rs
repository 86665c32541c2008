//! Whether a request may be sent again, and when.
//!
//! A create is sent again only where the service has surely not written it: a customer must not be doubled.
//! \[safety\]
//!
//! Where the table of the documentation is silent: a status that is neither a success nor named there (a redirect, a
//! 501, a gateway's 520) is not tried again. Whether a write may have succeeded is decided by the same rule that
//! forbids to repeat it: only a 4xx, or a 503 with `Retry-After`, says that the service has turned the request away; a
//! 408 does not, because the service may have acted on what it had. Once a request leaves it open, no later answer
//! settles it, except the 404 of a delete.

use super::hint::Hint;
use super::operation::Operation;
use super::{Call, Step};
use crate::instant::{self, Milliseconds};

/// How a request ended that did not end well.
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
    /// Whether the service has surely not acted on the request.
    fn is_turned_away(self, hint: Hint) -> bool {
        match self {
            Ending::Status(503) => hint.has_retry_after,
            Ending::Status(status) => (400..500).contains(&status) && status != 408,
            Ending::NotSent => true,
            Ending::NoAnswer | Ending::Unexpected => false,
        }
    }

    /// Whether the same request may end better the next time.
    fn may_pass(self) -> bool {
        matches!(
            self,
            Ending::NoAnswer
                | Ending::NotSent
                | Ending::Status(408 | 425 | 429 | 500 | 502 | 503 | 504)
        )
    }
}

impl Call {
    /// Decides what follows a request that did not end well.
    pub(super) fn after(
        &mut self,
        ending: Ending,
        hint: Hint,
        elapsed: Milliseconds,
        random: f64,
    ) -> Step {
        let operation = self.terms.operation;
        let policy = self.terms.policy;
        let turned_away = ending.is_turned_away(hint);
        let earlier = self.may_have_succeeded;
        self.may_have_succeeded |=
            !turned_away && !matches!(operation, Operation::List | Operation::Get);

        if ending == Ending::Status(404) && operation == Operation::Delete && earlier {
            return Step::Done;
        }
        let can_renew = self.terms.renewable && !self.reauthenticated && policy.max_retries > 0;
        if ending == Ending::Status(401) && can_renew && elapsed < policy.total_timeout {
            self.reauthenticated = true;
            return self.attempt(elapsed, false);
        }
        let allowed = turned_away || operation != Operation::Create || self.terms.idempotent;
        // All requests after the first, except the one with a new token.
        let retries = self
            .requests
            .saturating_sub(1 + u32::from(self.reauthenticated));
        let wait = if hint.wait > 0.0 {
            hint.with_margin(random)
        } else {
            backoff(ending, retries, random)
        };
        if ending.may_pass()
            && allowed
            && retries < policy.max_retries
            // No sleeping, no early retry: the caller learns at once how long it would take.
            && hint.wait <= policy.max_retry_after
            && elapsed + wait < policy.total_timeout
        {
            Step::Wait { wait }
        } else {
            Step::Failed {
                retry_after: hint.wait,
            }
        }
    }
}

/// The wait before retry `n`, from 0, if the service names none.
///
/// Dice that show 0 give the longest wait in both forms: as they never show 1, no wait is zero.
fn backoff(ending: Ending, n: u32, random: f64) -> Milliseconds {
    let doubled = f64::from(1_u32 << n.min(5));
    if ending == Ending::Status(429) {
        instant::shorter(1000.0 * doubled, 20_000.0) * (1.0 - random)
    } else {
        instant::shorter(500.0 * doubled, 8000.0) * (1.0 - 0.25 * random)
    }
}
