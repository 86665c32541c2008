//! Whether a request may be sent again, and when.
//!
//! A pure decision: what happened, how often it was tried, what the clock and the dice say. The rim
//! carries it out. A create is sent again only where the service has surely not written it: a customer
//! must not be doubled.

use alloc::string::String;

use crate::instant::{self, Milliseconds};
use crate::quota;
use crate::request::Operation;

/// How long a call may take and how often it is tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// For each attempt, its body included.
    pub timeout: Milliseconds,
    /// For all attempts and the waits between them.
    pub total_timeout: Milliseconds,
    /// How often a request is sent again.
    pub max_retries: u32,
    /// The longest wait that the service may ask for.
    pub max_retry_after: Milliseconds,
}

impl Default for Policy {
    fn default() -> Self {
        Policy { timeout: 30_000.0, total_timeout: 120_000.0, max_retries: 2, max_retry_after: 60_000.0 }
    }
}

/// How one attempt ended, where it did not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// There is no whole answer: no connection, no answer in time, or a body that broke off.
    NoAnswer,
    /// The service answered with a status that is no success.
    Status(u16),
    /// A success whose body is not what the operation returns.
    Unexpected,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Send the request again after a wait.
    Retry(Milliseconds),
    /// Ask for a new token and send the request again at once.
    Reauthenticate,
    /// The customer is gone: an earlier attempt has deleted it.
    Deleted,
    /// Give up.
    Stop,
}

/// What the service says about when to come back.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hint {
    /// How long to wait; more than zero.
    pub wait: Option<Milliseconds>,
    /// The instant that `X-RateLimit-Reset` names.
    pub reset_at: Option<Milliseconds>,
    /// Whether `Retry-After` could be read, whatever it said.
    pub retry_after: bool,
}

/// After an instant that the service named: its clock and ours may differ by this much.
const MARGIN: Milliseconds = 250.0;
/// After an instant that the service named: so that not all clients come at once.
const JITTER: Milliseconds = 1000.0;

impl Hint {
    /// Reads the first of `retry-after-ms`, `Retry-After` and `X-RateLimit-Reset` that parses. `now` is the
    /// client's clock; the service's own `Date` is taken where it can be read.
    #[must_use]
    pub fn read(
        header: impl Fn(&str) -> Option<String>,
        status: u16,
        now: Milliseconds,
        random: f64,
    ) -> Hint {
        let now = header("Date").and_then(|date| instant::http_date(&date, now)).unwrap_or(now);
        // A wait of nothing stays nothing, so that it can be told from a short one.
        let until = |instant: Milliseconds| {
            if instant > now { instant - now + MARGIN + JITTER * random } else { 0.0 }
        };
        let retry_after = header("Retry-After").and_then(|text| {
            let seconds = instant::whole(&text).map(|seconds| seconds * 1000.0);
            seconds.or_else(|| instant::http_date(&text, now).map(until))
        });
        let reset_at = quota::reset_at(&header, now);
        let used_up = || status == 429 || header("X-RateLimit-Remaining").as_deref() == Some("0");
        let wait = header("retry-after-ms")
            .and_then(|text| fraction(&text))
            .or(retry_after)
            .or_else(|| reset_at.filter(|_| used_up()).map(until));
        Hint { wait: wait.filter(|wait| *wait > 0.0), reset_at, retry_after: retry_after.is_some() }
    }
}

/// A number of milliseconds, with or without a fraction, which is too small to matter.
fn fraction(text: &str) -> Option<Milliseconds> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    instant::whole(fraction)?;
    instant::whole(whole)
}

/// How far a call has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// How many have ended.
    pub ended: u32,
    /// How many of them count as retries: all after the first but the one with a new token.
    retries: u32,
    /// Whether a write may have succeeded although its answer says otherwise.
    may_have_succeeded: bool,
    /// Whether a new token was asked for.
    reauthenticated: bool,
}

/// What the decision depends on beyond how the attempts ended.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// How long, and how often.
    pub policy: Policy,
    /// Whether the token comes from a function, which can give a new one.
    pub renewable: bool,
    /// How long the call has taken so far.
    pub elapsed: Milliseconds,
    /// From 0 to 1, without 1.
    pub random: f64,
}

impl Attempts {
    /// Whether a write may have succeeded although the call fails. A read changes nothing.
    #[must_use]
    pub fn may_have_succeeded(&self) -> bool {
        self.may_have_succeeded
    }

    /// Notes how an attempt ended and decides what comes next.
    pub fn decide(
        &mut self,
        operation: Operation,
        ending: Ending,
        hint: Hint,
        circumstances: &Circumstances,
    ) -> Decision {
        let earlier = self.may_have_succeeded;
        self.ended += 1;
        let is_read = matches!(operation, Operation::List | Operation::Get);
        // Either the service did not get it, or it did and the answer was lost.
        let ambiguous = match ending {
            Ending::NoAnswer | Ending::Unexpected => true,
            Ending::Status(status) => matches!(status, 408 | 500 | 502 | 504),
        };
        self.may_have_succeeded |= ambiguous && !is_read;

        let policy = &circumstances.policy;
        let Circumstances { renewable, elapsed, random, .. } = *circumstances;
        match ending {
            Ending::Status(404) if operation == Operation::Delete && earlier => return Decision::Deleted,
            Ending::Status(401) if renewable && !self.reauthenticated && policy.max_retries > 0 => {
                self.reauthenticated = true;
                return Decision::Reauthenticate;
            }
            _ => {}
        }
        let repeatable = match ending {
            Ending::NoAnswer | Ending::Status(408 | 500 | 502 | 504) => operation != Operation::Create,
            Ending::Status(503) => operation != Operation::Create || hint.retry_after,
            // The limiter answers before anything is written.
            Ending::Status(425 | 429) => true,
            Ending::Status(_) | Ending::Unexpected => false,
        };
        if !repeatable || self.retries >= policy.max_retries {
            return Decision::Stop;
        }
        let wait = hint.wait.unwrap_or_else(|| backoff(ending, self.retries, random));
        let too_long = hint.wait.is_some_and(|wait| wait > policy.max_retry_after);
        if too_long || elapsed + wait >= policy.total_timeout {
            return Decision::Stop;
        }
        self.retries += 1;
        Decision::Retry(wait)
    }
}

/// The wait before retry `n`, from 0, where the service names none.
fn backoff(ending: Ending, n: u32, random: f64) -> Milliseconds {
    let doubled = f64::from(1_u32 << n.min(8));
    if ending == Ending::Status(429) {
        (1000.0 * doubled).min(20_000.0) * random
    } else {
        (500.0 * doubled).min(8000.0) * (1.0 - 0.25 * random)
    }
}
