//! One call: its requests, the headers of their answers, and the next step.
//!
//! | to find | look into |
//! |---|---|
//! | the next step: the call as a value | [`Call`] |
//! | the operations, their methods and routes | [`operation`] |
//! | the headers that are read | [`headers`] |
//! | the pages of a list | [`pagination`] |
//! | the quota of the hour | [`quota`] |
//! | the wait that the service asks for | [`hint`] |
//! | the ways in which a request fails, and what each of them allows | `retry` |
//! | a call as numbers, for a driver in another language | [`numbers`] |
//!
//! A [`Call`] does no I/O and has neither a clock nor random numbers. It takes an event and returns the next step; a
//! driver carries that out, and drops the value when it is done:
//!
//! ```
//! use collins_customers::call::headers::Headers;
//! use collins_customers::call::operation::Operation;
//! use collins_customers::call::{Answer, Call, Event, Policy, Step, Terms};
//!
//! let mut call = Call::new(Terms {
//!     operation: Operation::Get,
//!     policy: Policy::default(),
//!     renewable: false,
//!     idempotent: false,
//! });
//! assert_eq!(call.on(Event::Begun, 0.0, 0.0), Step::Send { within: 30_000.0 });
//!
//! // The request was sent, and 200 ms later it was answered.
//! let headers = Headers::from_pairs([("Retry-After", "2")]);
//! let answer = Answer { status: 503, headers: &headers, is_expected: false, clock: 1_767_225_600_000.0 };
//! assert_eq!(call.on(Event::Answered(answer), 200.0, 0.5), Step::Wait { wait: 2000.0 });
//! assert_eq!(call.on(Event::Waited, 2200.0, 0.0), Step::Send { within: 30_000.0 });
//! ```
//!
//! An abort by the caller ends a call without an event, and so does a failure to get a token. The error then takes its
//! facts from [`Call::requests`] and [`Call::may_have_succeeded`].

pub mod headers;
pub mod hint;
pub mod numbers;
pub mod operation;
pub mod pagination;
pub mod quota;
mod retry;
#[cfg(test)]
mod tests;

use crate::instant::{self, Milliseconds};
use headers::Headers;
use hint::Hint;
use operation::Operation;
use retry::{Ending, backoff};

/// The limits of a call: its time and its number of retries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// The time for each request, including the body of its answer, and for each request of a token.
    pub timeout: Milliseconds,
    /// The time for all requests and the waits between them.
    pub total_timeout: Milliseconds,
    /// The number of times that a request may be sent again.
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

/// The settings of a call before it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// The operation of the call.
    pub operation: Operation,
    /// Its time limits and retries.
    pub policy: Policy,
    /// True if the token comes from a function, which is called for every request and can return a new one.
    pub renewable: bool,
    /// True if the server recognises the requests of one create by a key, and carries them out once.
    pub idempotent: bool,
}

/// An event that the driver reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event<'h> {
    /// The call begins.
    Begun,
    /// There is a token for the next request.
    TokenGiven,
    /// The wait is over.
    Waited,
    /// The request was not sent yet, and time has passed: a hook or a logger of the user's may have taken long.
    Delayed,
    /// The request was answered.
    Answered(Answer<'h>),
    /// The request was not answered: the connection failed, or the response was cut off.
    Lost,
    /// The request was not answered in time.
    Late,
    /// There was no connection, so nothing was sent: the runtime reports that by a documented code.
    NotSent,
    /// `fetch` resolved to something that is not a response.
    NotAResponse,
}

/// A complete response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer<'h> {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the core reads.
    pub headers: &'h Headers<'h>,
    /// True if it is a success that contains what the operation returns.
    pub is_expected: bool,
    /// The time of day, by the client's clock.
    pub clock: Milliseconds,
}

/// The driver's next action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Ask for a token, then report [`Event::TokenGiven`].
    Token {
        /// The time that this may take.
        within: Milliseconds,
    },
    /// Send the request, then report how it ended.
    Send {
        /// The time that this may take, including the body of the answer.
        within: Milliseconds,
    },
    /// Wait, then report [`Event::Waited`].
    Wait {
        /// The length of the wait.
        wait: Milliseconds,
    },
    /// Return the content of the answer; nothing for a delete, whatever its answer.
    Done,
    /// Give up, because of how the last request ended.
    Failed {
        /// The wait that the service asks for before the next request; 0 if it does not.
        retry_after: Milliseconds,
    },
    /// Give up, because the total time was over before the next request could begin.
    OutOfTime,
}

/// One call: its progress and its limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    terms: Terms,
    /// The number of requests sent.
    requests: u32,
    /// True if a new token was asked for after a 401.
    reauthenticated: bool,
    /// True if a write may have succeeded although its answer says otherwise.
    may_have_succeeded: bool,
}

impl Call {
    /// A call that has not begun.
    #[must_use]
    pub fn new(terms: Terms) -> Self {
        Call {
            terms,
            requests: 0,
            reauthenticated: false,
            may_have_succeeded: false,
        }
    }

    /// The number of requests that were sent.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// Returns whether a write may have succeeded although the call fails. A read changes nothing.
    #[must_use]
    pub fn may_have_succeeded(&self) -> bool {
        self.may_have_succeeded
    }

    /// Takes an event and returns the next step. `elapsed` is the time since the call began. `random` is from 0 to
    /// below 1; it is used only after a request.
    pub fn on(&mut self, event: Event, elapsed: Milliseconds, random: f64) -> Step {
        let (ending, hint) = match event {
            Event::Begun | Event::Waited | Event::TokenGiven => {
                let has_token = event == Event::TokenGiven || !self.terms.renewable;
                return self.attempt(elapsed, has_token);
            }
            Event::Delayed => {
                self.requests = self.requests.saturating_sub(1);
                return self.attempt(elapsed, true);
            }
            Event::Answered(answer) if answer.is_expected => return Step::Done,
            Event::Answered(Answer {
                status: 200..=299, ..
            })
            | Event::NotAResponse => (Ending::Unexpected, Hint::default()),
            Event::Answered(Answer {
                status,
                headers,
                clock,
                ..
            }) => (Ending::Status(status), Hint::read(headers, status, clock)),
            Event::NotSent => (Ending::NotSent, Hint::default()),
            Event::Lost | Event::Late => (Ending::NoAnswer, Hint::default()),
        };
        self.after(ending, hint, elapsed, random)
    }

    /// Decides the next step after a request that failed.
    fn after(&mut self, ending: Ending, hint: Hint, elapsed: Milliseconds, random: f64) -> Step {
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

    /// The next request, or the token for it. Neither begins when the time of the call is over.
    fn attempt(&mut self, elapsed: Milliseconds, has_token: bool) -> Step {
        let left = self.terms.policy.total_timeout - elapsed;
        if left <= 0.0 {
            return Step::OutOfTime;
        }
        let within = instant::shorter(left, self.terms.policy.timeout);
        if !has_token {
            return Step::Token { within };
        }
        self.requests = self.requests.saturating_add(1);
        Step::Send { within }
    }
}
