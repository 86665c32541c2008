//! A call as a list of numbers, for a driver in another language.
//!
//! The list is passed in with every event and comes back as it is afterwards, so nothing of a call stays in the memory
//! of a WebAssembly module: the module may be thrown away between two events, and nothing has to be freed. Each number
//! has one meaning, and its place a name, which `cargo xtask generate` writes for JavaScript.

use super::headers::Headers;
use super::operation::Operation;
use super::pagination::{self, Pagination};
use super::quota::{self, Quota};
use super::{Answer, Call, Event, Policy, Step, Terms};

/// The names of the numbers, in order. A call begins with the first seven; missing numbers are 0.
pub const CALL: [&str; 21] = [
    // Terms.
    "OPERATION",
    "TIMEOUT",
    "TOTAL_TIMEOUT",
    "MAX_RETRIES",
    "MAX_RETRY_AFTER",
    "RENEWABLE",
    "IDEMPOTENT",
    // Progress.
    "REQUESTS",
    "REAUTHENTICATED",
    "MAY_HAVE_SUCCEEDED",
    // The next step, and its time limit; the wait that the service asks for, or 0.
    "STEP",
    "WITHIN",
    "RETRY_AFTER",
    // Values of the headers; NaN for one that is missing.
    "QUOTA_LIMIT",
    "QUOTA_REMAINING",
    "QUOTA_RESET_AT",
    "NEXT_PAGE",
    "PAGE",
    "PER_PAGE",
    "TOTAL_PAGES",
    "TOTAL_RESULTS",
];

/// The steps by their numbers.
pub const STEPS: [&str; 6] = ["TOKEN", "SEND", "WAIT", "DONE", "FAILED", "OUT_OF_TIME"];

/// The events by their numbers.
pub const EVENTS: [&str; 9] = [
    "BEGUN",
    "TOKEN_GIVEN",
    "WAITED",
    "ANSWERED",
    "LOST",
    "LATE",
    "NOT_SENT",
    "NOT_A_RESPONSE",
    "DELAYED",
];

/// Takes an event and a call, in one list, and returns the call as it is afterwards.
///
/// The event is nine numbers: its own; the time since the call began; a random one; for an answer the time of day, the
/// status and 1 if it is expected; for a list the requested page, its limit and the number of customers received. The
/// headers are one per line. Numbers that an event does not use may be NaN. The page is the requested one, whatever the
/// headers say: a service that always names the first page must not be asked for the second one forever.
#[must_use]
pub fn on(numbers: &[f64], headers: &str) -> [f64; CALL.len()] {
    let [
        number,
        elapsed,
        random,
        clock,
        status,
        is_expected,
        page,
        limit,
        count,
        operation,
        timeout,
        total_timeout,
        max_retries,
        max_retry_after,
        renewable,
        idempotent,
        requests,
        reauthenticated,
        may_have_succeeded,
    ] = take(numbers);
    let known = Operation::ALL.get(whole(operation) as usize);
    let mut call = Call {
        terms: Terms {
            operation: *known.unwrap_or(&Operation::Create),
            policy: Policy {
                timeout,
                total_timeout,
                max_retries: whole(max_retries),
                max_retry_after,
            },
            renewable: renewable > 0.0,
            idempotent: idempotent > 0.0,
        },
        requests: whole(requests),
        reauthenticated: reauthenticated > 0.0,
        may_have_succeeded: may_have_succeeded > 0.0,
    };

    let headers = &Headers::from_lines(headers);
    let event = match whole(number) {
        0 => Event::Begun,
        1 => Event::TokenGiven,
        2 => Event::Waited,
        3 => Event::Answered(Answer {
            status: u16::try_from(whole(status)).unwrap_or(u16::MAX),
            headers,
            is_expected: is_expected > 0.0,
            clock,
        }),
        5 => Event::Late,
        6 => Event::NotSent,
        7 => Event::NotAResponse,
        8 => Event::Delayed,
        _ => Event::Lost,
    };
    let (step, within, retry_after): (u8, _, _) = match call.on(event, elapsed, random) {
        Step::Token { within } => (0, within, 0.0),
        Step::Send { within } => (1, within, 0.0),
        Step::Wait { wait } => (2, wait, 0.0),
        Step::Done => (3, 0.0, 0.0),
        Step::Failed { retry_after } => (4, 0.0, retry_after),
        Step::OutOfTime => (5, 0.0, 0.0),
    };

    let quota = Quota::read(headers, clock);
    // A 429 may have it without the others.
    let reset_at = quota::reset_at(headers, clock);
    let pagination = Pagination::read(headers);
    let next = pagination::next(pagination, whole(page), whole(count), whole(limit));
    let [page, per_page, total_pages, total_results] = pagination.map_or([f64::NAN; 4], |of| {
        [of.page, of.per_page, of.total_pages, of.total_results].map(f64::from)
    });
    [
        operation,
        timeout,
        total_timeout,
        max_retries,
        max_retry_after,
        renewable,
        idempotent,
        f64::from(call.requests),
        f64::from(call.reauthenticated),
        f64::from(call.may_have_succeeded),
        f64::from(step),
        within,
        retry_after,
        quota.map_or(f64::NAN, |quota| quota.limit),
        quota.map_or(f64::NAN, |quota| quota.remaining),
        reset_at.unwrap_or(f64::NAN),
        next.map_or(f64::NAN, f64::from),
        page,
        per_page,
        total_pages,
        total_results,
    ]
}

/// The first numbers of a list; 0 for those that are missing.
fn take<const N: usize>(list: &[f64]) -> [f64; N] {
    let mut taken = [0.0; N];
    for (taken, number) in taken.iter_mut().zip(list) {
        *taken = *number;
    }
    taken
}

/// Converts a number to a count: the nearest one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, as is said"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests;
