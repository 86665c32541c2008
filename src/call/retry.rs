//! Whether a request may be sent again, and when.
//!
//! A pure decision: what happened, how often it was tried, what the clock and the dice say. The rim
//! carries it out. A create is sent again only where the service has surely not written it: a customer
//! must not be doubled. \[safety\]
//!
//! One call is one [`Attempts`]. After each attempt that did not end well, the rim reads the [`Hint`] of
//! the answer and asks [`Attempts::decide`]. An abort by the caller ends the call without a decision.

use crate::call::headers::{Header, Headers};
use crate::call::operation::Operation;
use crate::call::quota;
use crate::instant::{self, Milliseconds};
use crate::text::split_at_byte;

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
        Policy {
            timeout: 30_000.0,
            total_timeout: 120_000.0,
            max_retries: 2,
            max_retry_after: 60_000.0,
        }
    }
}

/// How one attempt ended, where it did not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// There is no whole answer: no connection, no answer in time, or a body that broke off.
    NoAnswer,
    /// There was no connection, so nothing was sent: the runtime says so by a documented code.
    NotSent,
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

/// What the service says about when to come back. \[assumed\] but for `X-RateLimit-Reset`
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hint {
    /// How long it asks to wait, or 0. A wait of nothing, or until an instant that has passed, is no hint: the
    /// client then waits by its own rule, which grows with each retry.
    pub wait: Milliseconds,
    /// The instant that `X-RateLimit-Reset` names.
    pub reset_at: Option<Milliseconds>,
    /// Whether `Retry-After` could be read, whatever it said.
    pub retry_after: bool,
    /// Whether the wait ends at an instant, which all clients of the service have in common.
    until_instant: bool,
}

/// Waited beyond an instant that the service named: its clock and ours may differ by this much.
const MARGIN: Milliseconds = 250.0;
/// Waited beyond such an instant, at most: so that not all clients come at once.
const JITTER: Milliseconds = 1000.0;

impl Hint {
    /// Reads the first of `retry-after-ms`, `Retry-After` and, on a 429 or where the quota is used up,
    /// `X-RateLimit-Reset` that parses. `clock` is the client's; the service's own `Date` is taken for it
    /// where it can be read, so that a clock that is wrong does not matter.
    #[must_use]
    pub fn read(headers: &Headers, status: u16, clock: Milliseconds) -> Hint {
        let now = quota::now(headers, clock);
        let mut hint = Hint {
            reset_at: quota::reset_at(headers, now),
            ..Hint::default()
        };
        let mut wait = headers.get(Header::RetryAfterMs).and_then(milliseconds);
        if let Some(text) = headers.get(Header::RetryAfter) {
            let seconds = seconds(text);
            let at = instant::http_date(text, now);
            hint.retry_after = seconds.is_some() || at.is_some();
            if wait.is_none() {
                wait = seconds.map(|seconds| seconds * 1000.0);
                if let Some(at) = at {
                    hint.until_instant = true;
                    wait = Some(at - now);
                }
            }
        }
        if let (None, Some(at)) = (wait, hint.reset_at) {
            let remaining = headers.get(Header::RateLimitRemaining);
            if status == 429 || remaining.and_then(instant::whole) == Some(0.0) {
                hint.until_instant = true;
                wait = Some(at - now);
            }
        }
        hint.wait = wait.unwrap_or(0.0).max(0.0);
        hint
    }
}

/// A number of milliseconds, with or without a fraction, which is too small to matter.
fn milliseconds(text: &str) -> Option<Milliseconds> {
    let (whole, _) = whole_and_fraction(text)?;
    Some(whole)
}

/// A number of seconds; a fraction is rounded up, because to come back too early is refused once more.
fn seconds(text: &str) -> Option<f64> {
    let (whole, fraction) = whole_and_fraction(text)?;
    Some(if fraction > 0.0 { whole + 1.0 } else { whole })
}

/// The digits before a point and those after it, as two numbers.
fn whole_and_fraction(text: &str) -> Option<(f64, f64)> {
    let (whole, fraction) = split_at_byte(text, b'.').unwrap_or((text, "0"));
    Some((instant::whole(whole)?, instant::whole(fraction)?))
}

/// How far a call has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
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
    /// Whether the server knows the attempts of one create by a key, and carries them out once.
    pub idempotent: bool,
    /// How long the call has taken so far.
    pub elapsed: Milliseconds,
    /// From 0 to 1, without 1.
    pub random: f64,
}

impl Attempts {
    /// As one number, which is odd where a write may have succeeded: so that a call holds nothing that has
    /// to be freed.
    #[must_use]
    pub fn to_bits(self) -> u32 {
        self.retries << 2
            | u32::from(self.reauthenticated) << 1
            | u32::from(self.may_have_succeeded)
    }

    /// What [`Attempts::to_bits`] made a number of.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        Attempts {
            retries: bits >> 2,
            reauthenticated: bits & 2 != 0,
            may_have_succeeded: bits & 1 != 0,
        }
    }

    /// Whether a write may have succeeded although the call fails. A read changes nothing.
    #[must_use]
    pub fn may_have_succeeded(&self) -> bool {
        self.may_have_succeeded
    }

    /// Notes how an attempt ended and decides what comes next.
    ///
    /// Where the table of the documentation is silent: a status that is neither a success nor named there
    /// (a redirect, a 501, a gateway's 520) is not tried again. Whether a write may have succeeded is told
    /// by the same rule that forbids to repeat it: only a 4xx, or a 503 with `Retry-After`, says that the
    /// service has turned the request away; a 408 does not, because the service may have acted on what it
    /// had. Once an attempt leaves it open, no later answer settles it, but for the 404 of a delete.
    pub fn decide(
        &mut self,
        operation: Operation,
        ending: Ending,
        hint: Hint,
        circumstances: &Circumstances,
    ) -> Decision {
        let Circumstances {
            policy,
            renewable,
            idempotent,
            elapsed,
            random,
        } = circumstances;
        let turned_away = match ending {
            Ending::Status(503) => hint.retry_after,
            Ending::Status(status) => (400..500).contains(&status) && status != 408,
            Ending::NotSent => true,
            Ending::NoAnswer | Ending::Unexpected => false,
        };
        let earlier = self.may_have_succeeded;
        self.may_have_succeeded |=
            !turned_away && !matches!(operation, Operation::List | Operation::Get);

        let worth_it = match ending {
            Ending::Status(404) if operation == Operation::Delete && earlier => {
                return Decision::Deleted;
            }
            Ending::Status(401)
                if *renewable
                    && !self.reauthenticated
                    && policy.max_retries > 0
                    && *elapsed < policy.total_timeout =>
            {
                self.reauthenticated = true;
                return Decision::Reauthenticate;
            }
            Ending::NoAnswer
            | Ending::NotSent
            | Ending::Status(408 | 425 | 429 | 500 | 502 | 503 | 504) => true,
            Ending::Status(_) | Ending::Unexpected => false,
        };
        let allowed = turned_away || operation != Operation::Create || *idempotent;
        if !worth_it || !allowed || self.retries >= policy.max_retries {
            return Decision::Stop;
        }
        // No sleeping, no early retry: the caller learns at once how long it would take.
        if hint.wait > policy.max_retry_after {
            return Decision::Stop;
        }
        let mut wait = hint.wait;
        if wait == 0.0 {
            wait = backoff(ending, self.retries, *random);
        } else if hint.until_instant {
            wait += MARGIN + JITTER * random;
        }
        if elapsed + wait >= policy.total_timeout {
            return Decision::Stop;
        }
        self.retries += 1;
        Decision::Retry(wait)
    }
}

/// The wait before retry `n`, from 0, where the service names none.
///
/// Dice that show 0 give the longest wait in both forms: as they never show 1, no wait is zero.
fn backoff(ending: Ending, n: u32, random: f64) -> Milliseconds {
    let doubled = f64::from(1_u32 << n.min(5));
    if ending == Ending::Status(429) {
        (1000.0 * doubled).min(20_000.0) * (1.0 - random)
    } else {
        (500.0 * doubled).min(8000.0) * (1.0 - 0.25 * random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    const OPERATIONS: [Operation; 5] = [
        Operation::List,
        Operation::Get,
        Operation::Update,
        Operation::Delete,
        Operation::Create,
    ];

    /// The largest number that `Math.random` can give.
    const ALMOST_1: f64 = 1.0 - f64::EPSILON / 2.0;

    /// 1 January 2026, 00:00:00 UTC, a Thursday.
    const NOW: Milliseconds = 1_767_225_600_000.0;

    fn hint(status: u16, headers: &[(&str, &str)]) -> Hint {
        Hint::read(&Headers::from_pairs(headers.iter().copied()), status, NOW)
    }

    /// How long a hint asks to wait, if it does.
    fn asked(hint: Hint) -> Option<Milliseconds> {
        Some(hint.wait).filter(|wait| *wait > 0.0)
    }

    fn retry_after(seconds: &str) -> Hint {
        hint(503, &[("Retry-After", seconds)])
    }

    fn circumstances() -> Circumstances {
        Circumstances {
            policy: Policy::default(),
            renewable: true,
            idempotent: false,
            elapsed: 0.0,
            random: 0.0,
        }
    }

    fn with_retries(max_retries: u32) -> Circumstances {
        let mut circumstances = circumstances();
        circumstances.policy.max_retries = max_retries;
        circumstances
    }

    /// The first decision about a get that ended with a status and these headers.
    fn first(status: u16, headers: &[(&str, &str)], circumstances: &Circumstances) -> Decision {
        let hint = hint(status, headers);
        Attempts::default().decide(Operation::Get, Ending::Status(status), hint, circumstances)
    }

    /// The waits before the first retries of a get, without a hint.
    fn waits(ending: Ending, count: u32, random: f64) -> Vec<Milliseconds> {
        let mut attempts = Attempts::default();
        let mut circumstances = with_retries(count);
        circumstances.random = random;
        let mut waits = Vec::new();
        while let Decision::Retry(wait) =
            attempts.decide(Operation::Get, ending, Hint::default(), &circumstances)
        {
            waits.push(wait);
        }
        waits
    }

    #[test]
    fn the_defaults_are_the_documented_ones() {
        let policy = Policy {
            timeout: 30_000.0,
            total_timeout: 120_000.0,
            max_retries: 2,
            max_retry_after: 60_000.0,
        };
        assert_eq!(Policy::default(), policy);
    }

    #[test]
    fn the_table() {
        const RETRY: (&str, bool) = ("retry", false);
        // A write that is tried again may already have succeeded.
        const AGAIN: (&str, bool) = ("retry", true);
        const TOKEN: (&str, bool) = ("token", false);
        const STOP: (&str, bool) = ("stop", false);
        const MAYBE: (&str, bool) = ("stop", true);
        let none = Hint::default();
        let statuses = |statuses: &[u16]| statuses.iter().copied().map(Ending::Status).collect();
        let rows: [(Vec<Ending>, Hint, _, _, _); 10] = [
            // what happened, hint, get and list, update and delete, create
            ([Ending::NoAnswer].into(), none, RETRY, AGAIN, MAYBE),
            ([Ending::NotSent].into(), none, RETRY, RETRY, RETRY),
            (statuses(&[408, 500, 502, 504]), none, RETRY, AGAIN, MAYBE),
            (statuses(&[503]), none, RETRY, AGAIN, MAYBE),
            (statuses(&[503]), retry_after("1"), RETRY, RETRY, RETRY),
            (statuses(&[425, 429]), none, RETRY, RETRY, RETRY),
            (statuses(&[401]), none, TOKEN, TOKEN, TOKEN),
            (
                statuses(&[
                    400, 402, 403, 404, 405, 407, 409, 410, 413, 418, 422, 424, 426, 428, 499,
                ]),
                none,
                STOP,
                STOP,
                STOP,
            ),
            ([Ending::Unexpected].into(), none, STOP, MAYBE, MAYBE),
            // Not in the documentation's table.
            (
                statuses(&[
                    0, 301, 302, 303, 304, 307, 308, 501, 505, 507, 511, 520, 524, 599,
                ]),
                retry_after("1"),
                STOP,
                MAYBE,
                MAYBE,
            ),
        ];
        for (endings, hint, reads, writes, create) in rows {
            for ending in endings {
                for operation in OPERATIONS {
                    let expected = match operation {
                        Operation::List | Operation::Get => reads,
                        Operation::Update | Operation::Delete => writes,
                        Operation::Create => create,
                    };
                    let mut attempts = Attempts::default();
                    let decision = match attempts.decide(operation, ending, hint, &circumstances())
                    {
                        Decision::Retry(_) => "retry",
                        Decision::Reauthenticate => "token",
                        Decision::Deleted => "deleted",
                        Decision::Stop => "stop",
                    };
                    let found = (decision, attempts.may_have_succeeded());
                    assert_eq!(found, expected, "{operation:?} {ending:?} {hint:?}");
                }
            }
        }
    }

    #[test]
    fn a_create_that_met_503_is_sent_again_only_with_a_retry_after_that_can_be_read() {
        let decide = |hint| {
            let mut attempts = Attempts::default();
            attempts.decide(
                Operation::Create,
                Ending::Status(503),
                hint,
                &circumstances(),
            )
        };
        assert_eq!(decide(retry_after("2")), Decision::Retry(2000.0));
        let date = retry_after("Thu, 01 Jan 2026 00:00:02 GMT");
        assert_eq!(decide(date), Decision::Retry(2250.0));
        // It was turned away, though it may come at once: then after the ordinary wait.
        assert_eq!(decide(retry_after("0")), Decision::Retry(500.0));
        assert_eq!(decide(retry_after("soon")), Decision::Stop);
        assert_eq!(
            decide(hint(503, &[("retry-after-ms", "2000")])),
            Decision::Stop
        );
        let reset = [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "2")];
        assert_eq!(decide(hint(503, &reset)), Decision::Stop);
    }

    #[test]
    fn a_create_that_the_server_knows_by_a_key_is_sent_again_as_a_read_is() {
        let known = Circumstances {
            idempotent: true,
            ..circumstances()
        };
        let none = Hint::default();
        for (ending, again, open) in [
            (Ending::NoAnswer, true, true),
            (Ending::Status(408), true, true),
            (Ending::Status(500), true, true),
            (Ending::Status(503), true, true),
            (Ending::Status(429), true, false),
            (Ending::Status(501), false, true),
            (Ending::Status(422), false, false),
            (Ending::Unexpected, false, true),
        ] {
            let mut attempts = Attempts::default();
            let decision = attempts.decide(Operation::Create, ending, none, &known);
            assert_eq!(decision != Decision::Stop, again, "{ending:?}");
            assert_eq!(attempts.may_have_succeeded(), open, "{ending:?}");
        }
    }

    #[test]
    fn max_retries_counts_what_follows_the_first_request() {
        for max_retries in [0, 1, 2, 5] {
            for ending in [Ending::NoAnswer, Ending::Status(500), Ending::Status(429)] {
                let waits = waits(ending, max_retries, 0.5);
                assert_eq!(waits.len(), max_retries as usize, "{ending:?}");
            }
        }
    }

    #[test]
    fn a_new_token_is_asked_for_once_outside_the_budget_of_retries() {
        let unauthenticated = Ending::Status(401);
        let none = Hint::default();
        let mut attempts = Attempts::default();
        let mut decide = |ending| attempts.decide(Operation::Get, ending, none, &with_retries(1));
        assert_eq!(decide(unauthenticated), Decision::Reauthenticate);
        assert_eq!(decide(Ending::Status(500)), Decision::Retry(500.0));
        assert_eq!(decide(unauthenticated), Decision::Stop);

        let mut attempts = Attempts::default();
        let mut decide =
            |ending| attempts.decide(Operation::Create, ending, none, &with_retries(1));
        assert_eq!(decide(Ending::Status(429)), Decision::Retry(1000.0));
        assert_eq!(decide(unauthenticated), Decision::Reauthenticate);
        assert_eq!(decide(Ending::Status(429)), Decision::Stop);
        assert!(!attempts.may_have_succeeded());
    }

    #[test]
    fn a_new_token_is_not_asked_for_where_there_is_none_or_no_retry_or_no_time() {
        let fixed = Circumstances {
            renewable: false,
            ..circumstances()
        };
        let late = |elapsed| Circumstances {
            elapsed,
            ..circumstances()
        };
        assert_eq!(first(401, &[], &fixed), Decision::Stop);
        assert_eq!(first(401, &[], &with_retries(0)), Decision::Stop);
        assert_eq!(first(401, &[], &late(119_999.0)), Decision::Reauthenticate);
        assert_eq!(first(401, &[], &late(120_000.0)), Decision::Stop);
    }

    #[test]
    fn a_404_ends_a_delete_well_if_an_earlier_attempt_may_have_deleted() {
        let gone = Ending::Status(404);
        for (earlier, expected) in [
            (&[][..], Decision::Stop),
            (&[Ending::NoAnswer], Decision::Deleted),
            (&[Ending::Status(408)], Decision::Deleted),
            (&[Ending::Status(500)], Decision::Deleted),
            (&[Ending::Status(502)], Decision::Deleted),
            (&[Ending::Status(503)], Decision::Deleted),
            (&[Ending::Status(504)], Decision::Deleted),
            (&[Ending::Status(425)], Decision::Stop),
            (&[Ending::Status(429)], Decision::Stop),
            (&[Ending::Status(401)], Decision::Stop),
            (&[Ending::Status(429), Ending::NoAnswer], Decision::Deleted),
            (&[Ending::NoAnswer, Ending::Status(429)], Decision::Deleted),
            (&[Ending::NoAnswer, Ending::Status(401)], Decision::Deleted),
        ] {
            for operation in [Operation::Delete, Operation::Update] {
                let mut attempts = Attempts::default();
                for ending in earlier {
                    let decision =
                        attempts.decide(operation, *ending, Hint::default(), &circumstances());
                    assert_ne!(decision, Decision::Stop);
                }
                let decision = attempts.decide(operation, gone, Hint::default(), &circumstances());
                let expected = match operation {
                    Operation::Delete => expected,
                    _ => Decision::Stop,
                };
                assert_eq!(decision, expected, "{operation:?} {earlier:?}");
            }
        }
        // The delete was turned away before: somebody else has deleted the customer, or it never was.
        let mut attempts = Attempts::default();
        let away = Ending::Status(503);
        attempts.decide(Operation::Delete, away, retry_after("1"), &circumstances());
        let decision = attempts.decide(Operation::Delete, gone, Hint::default(), &circumstances());
        assert_eq!(decision, Decision::Stop);
    }

    #[test]
    fn what_an_attempt_leaves_open_no_later_answer_settles() {
        for operation in OPERATIONS {
            let mut attempts = Attempts::default();
            for ending in [Ending::NoAnswer, Ending::Status(429), Ending::Status(422)] {
                attempts.decide(operation, ending, Hint::default(), &circumstances());
            }
            let is_write = !matches!(operation, Operation::List | Operation::Get);
            assert_eq!(attempts.may_have_succeeded(), is_write, "{operation:?}");
        }
    }

    #[test]
    fn waits_without_a_hint_double_up_to_their_limit() {
        let longest = [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0];
        for ending in [
            Ending::NoAnswer,
            Ending::Status(500),
            Ending::Status(503),
            Ending::Status(425),
        ] {
            assert_eq!(waits(ending, 7, 0.0), longest);
            assert_eq!(waits(ending, 7, 0.5), longest.map(|wait| wait * 0.875));
            for (wait, longest) in waits(ending, 7, ALMOST_1).into_iter().zip(longest) {
                assert!(
                    (wait - longest * 0.75).abs() < 0.001 && wait >= longest * 0.75,
                    "{wait}"
                );
            }
        }
        let longest = [1000.0, 2000.0, 4000.0, 8000.0, 16_000.0, 20_000.0, 20_000.0];
        let limited = Ending::Status(429);
        assert_eq!(waits(limited, 7, 0.0), longest);
        assert_eq!(waits(limited, 7, 0.5), longest.map(|wait| wait * 0.5));
        for wait in waits(limited, 7, ALMOST_1) {
            assert!(wait > 0.0 && wait < 0.001, "{wait}");
        }
        // Nothing overflows, however often.
        assert_eq!(waits(limited, 1000, 0.0).last(), Some(&20_000.0));
    }

    #[test]
    fn the_first_hint_that_parses_wins() {
        let all = [
            ("retry-after-ms", "1500"),
            ("Retry-After", "2"),
            ("X-RateLimit-Reset", "2026-01-01T00:00:03Z"),
        ];
        for (garbage, expected) in [
            (&[][..], Decision::Retry(1500.0)),
            (&[0], Decision::Retry(2000.0)),
            (&[0, 1], Decision::Retry(3250.0)),
            (&[0, 1, 2], Decision::Retry(1000.0)),
        ] {
            let mut headers = all;
            for index in garbage {
                headers[*index].1 = "soon";
            }
            assert_eq!(
                first(429, &headers, &circumstances()),
                expected,
                "{headers:?}"
            );
            let left: Vec<_> = (0..3)
                .filter(|index| !garbage.contains(index))
                .map(|index| all[index])
                .collect();
            assert_eq!(first(429, &left, &circumstances()), expected, "{left:?}");
        }
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
                first(429, &[(name, text)], &circumstances()) == Decision::Retry(1000.0),
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
            assert_eq!(hint.reset_at, Some(NOW + 2000.0));
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

    #[test]
    fn only_an_instant_gets_a_margin_and_jitter() {
        let mut circumstances = circumstances();
        let date = [("Retry-After", "Thu, 01 Jan 2026 00:00:02 GMT")];
        let reset = [("X-RateLimit-Reset", "2")];
        let seconds = [("Retry-After", "2")];
        let milliseconds = [("retry-after-ms", "2000")];
        for (random, wait) in [(0.0, 2250.0), (0.5, 2750.0)] {
            circumstances.random = random;
            assert_eq!(first(429, &date, &circumstances), Decision::Retry(wait));
            assert_eq!(first(429, &reset, &circumstances), Decision::Retry(wait));
            assert_eq!(
                first(429, &seconds, &circumstances),
                Decision::Retry(2000.0)
            );
            assert_eq!(
                first(429, &milliseconds, &circumstances),
                Decision::Retry(2000.0)
            );
        }
        circumstances.random = ALMOST_1;
        let Decision::Retry(wait) = first(429, &reset, &circumstances) else {
            panic!("expected a retry");
        };
        assert!(wait > 3249.999 && wait <= 3250.0, "{wait}");
    }

    #[test]
    fn a_wait_beyond_what_is_allowed_stops_at_once() {
        let mut circumstances = circumstances();
        circumstances.random = ALMOST_1;
        for (name, allowed, beyond) in [
            ("retry-after-ms", "60000", "60001"),
            ("Retry-After", "60", "61"),
            (
                "Retry-After",
                "Thu, 01 Jan 2026 00:01:00 GMT",
                "Thu, 01 Jan 2026 00:01:01 GMT",
            ),
            ("Retry-After", "60", "99999999999999999999999"),
            (
                "X-RateLimit-Reset",
                "2026-01-01 00:01:00",
                "2026-01-01 00:01:00.001",
            ),
            ("X-RateLimit-Reset", "1767225660000", "1767225660001"),
            ("X-RateLimit-Reset", "60", "3600"),
        ] {
            for status in [425, 429, 503] {
                let remaining = ("X-RateLimit-Remaining", "0");
                let decision = first(status, &[(name, allowed), remaining], &circumstances);
                assert!(
                    matches!(decision, Decision::Retry(60_000.0..=61_250.0)),
                    "{allowed} {decision:?}"
                );
                let decision = first(status, &[(name, beyond), remaining], &circumstances);
                assert_eq!(decision, Decision::Stop, "{beyond}");
            }
        }
        // What the caller is told is what the service asked for, not what the dice made of it.
        assert_eq!(
            asked(hint(429, &[("X-RateLimit-Reset", "3600")])),
            Some(3_600_000.0)
        );
    }

    #[test]
    fn a_wait_that_leaves_no_time_for_a_request_stops_at_once() {
        for (headers, wait) in [
            (&[][..], 1000.0),
            (&[("Retry-After", "3")], 3000.0),
            (&[("X-RateLimit-Reset", "3")], 3250.0),
        ] {
            let late = |elapsed| Circumstances {
                elapsed,
                ..circumstances()
            };
            let last = 120_000.0 - wait;
            assert_eq!(
                first(429, headers, &late(last - 1.0)),
                Decision::Retry(wait)
            );
            assert_eq!(first(429, headers, &late(last)), Decision::Stop);
            assert_eq!(first(429, headers, &late(1_000_000.0)), Decision::Stop);
        }
    }

    fn endings() -> impl Strategy<Value = Ending> {
        prop_oneof![
            Just(Ending::NoAnswer),
            Just(Ending::NotSent),
            Just(Ending::Unexpected),
            prop::sample::select(alloc::vec![
                401, 404, 408, 422, 425, 429, 500, 502, 503, 504
            ])
            .prop_map(Ending::Status),
            any::<u16>().prop_map(Ending::Status),
        ]
    }

    proptest! {
        #[test]
        fn every_call_ends_and_no_wait_is_zero_or_too_long(
            operation in prop::sample::select(OPERATIONS.to_vec()),
            steps in prop::collection::vec((endings(), "[0-9]{0,14}|[ -~]{0,30}", 0.0..1.0, 0.0..60_000.0), 8),
            max_retries in 0..4_u32,
            renewable in any::<bool>(),
            idempotent in any::<bool>(),
        ) {
            let mut circumstances = Circumstances { renewable, idempotent, ..with_retries(max_retries) };
            let mut attempts = Attempts::default();
            let mut open = false;
            for (ended, (ending, text, random, took)) in (1..).zip(steps) {
                circumstances.elapsed += took;
                circumstances.random = random;
                let status = if let Ending::Status(status) = ending { status } else { 200 };
                let hint = hint(status, &[("Retry-After", &text), ("X-RateLimit-Reset", &text)]);
                match attempts.decide(operation, ending, hint, &circumstances) {
                    Decision::Retry(wait) => {
                        prop_assert!(wait > 0.0 && wait <= 61_250.0, "{}", wait);
                        circumstances.elapsed += wait;
                        prop_assert!(circumstances.elapsed < 120_000.0);
                    }
                    Decision::Reauthenticate => prop_assert!(renewable && max_retries > 0),
                    Decision::Deleted => {
                        prop_assert!(operation == Operation::Delete && open);
                        return Ok(());
                    }
                    Decision::Stop => return Ok(()),
                }
                prop_assert!(ended <= max_retries + 1);
                prop_assert_eq!(Attempts::from_bits(attempts.to_bits()), attempts);
                open = attempts.may_have_succeeded();
                prop_assert!(!open || idempotent || operation != Operation::Create, "an open create was sent again");
            }
            prop_assert!(false, "the call did not end");
        }

        #[test]
        fn no_header_panics(texts in prop::collection::vec(any::<String>(), 5), status in any::<u16>(), clock in any::<f64>()) {
            let names = ["Date", "retry-after-ms", "Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Reset"];
            let headers: Vec<_> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
            let hint = Hint::read(&Headers::from_pairs(headers), status, clock);
            prop_assert!(hint.wait >= 0.0);
        }
    }
}
