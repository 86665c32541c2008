//! The error of the client.

use std::fmt;

use crate::call::Call;
use crate::call::headers::Headers;
use crate::call::operation::Operation;
use crate::call::quota;
use crate::client::ended::Ended;
use crate::instant::Milliseconds;
use crate::rules::Issue;

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot work as it is configured.
    Configuration,
    /// A value has issues. Nothing was sent.
    Validation,
    /// The service responded with an error status: see [`Error::status`].
    Api,
    /// There was no response, or it was cut off.
    Connection,
    /// There was no complete response, or no token, in time.
    Timeout,
    /// The service responded with a success status, but the body is not what the operation returns.
    UnexpectedResponse,
}

/// The reason why a call failed.
///
/// Neither its message nor its `Debug` form contains the token, a value, or what the service sent.
#[derive(Clone)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    issues: Vec<Issue>,
    status: Option<u16>,
    body: String,
    requests: u32,
    may_have_succeeded: bool,
    retry_after: Option<Milliseconds>,
    reset_at: Option<Milliseconds>,
}

impl Error {
    fn new(kind: ErrorKind, message: String) -> Self {
        Error {
            kind,
            message,
            issues: Vec::new(),
            status: None,
            body: String::new(),
            requests: 0,
            may_have_succeeded: false,
            retry_after: None,
            reset_at: None,
        }
    }

    pub(super) fn configuration(message: &str) -> Self {
        Self::new(ErrorKind::Configuration, message.into())
    }

    pub(super) fn timeout(message: &str) -> Self {
        Self::new(ErrorKind::Timeout, message.into())
    }

    pub(super) fn validation(issues: Vec<Issue>) -> Self {
        let count = issues.len();
        let message = match issues.first() {
            Some(issue) if count == 1 => format!("The value has an issue: {}", issue.code.as_str()),
            Some(issue) => format!(
                "The value has {count} issues; the first is {}",
                issue.code.as_str()
            ),
            None => "The value is not valid".into(),
        };
        Error {
            issues,
            ..Self::new(ErrorKind::Validation, message)
        }
    }

    /// Adds the facts of the call.
    pub(super) fn of(self, operation: Operation, call: &Call) -> Self {
        Error {
            message: format!(
                "{} {}: {}",
                operation.method(),
                operation.route(),
                self.message
            ),
            requests: call.requests(),
            may_have_succeeded: call.may_have_succeeded(),
            ..self
        }
    }

    /// The error of a call whose last request ended like this.
    pub(super) fn ended(
        operation: Operation,
        call: &Call,
        ended: Ended,
        retry_after: Milliseconds,
        clock: Milliseconds,
    ) -> Self {
        let error = match ended {
            Ended::Late => Self::timeout("no complete response in time"),
            Ended::NotAResponse => Self::new(
                ErrorKind::UnexpectedResponse,
                "fetch resolved to something that is not a Response".into(),
            ),
            Ended::Lost => Self::new(
                ErrorKind::Connection,
                "the connection failed or the response was cut off; in a page, check CORS as well"
                    .into(),
            ),
            Ended::Answered(answer) => {
                let is_success = (200..300).contains(&answer.status);
                let (kind, message) = if is_success {
                    let found = if answer.is_too_large {
                        "a body that is too large: see max_response_bytes"
                    } else {
                        "a body that is not what the operation returns: check base_url"
                    };
                    (
                        ErrorKind::UnexpectedResponse,
                        format!("{} with {found}", answer.status),
                    )
                } else if answer.status == 0 {
                    (
                        ErrorKind::Api,
                        "a redirect, which is not followed: check base_url".into(),
                    )
                } else {
                    (ErrorKind::Api, format!("status {}", answer.status))
                };
                Error {
                    status: Some(answer.status),
                    retry_after: (retry_after > 0.0).then_some(retry_after),
                    reset_at: quota::reset_at(&Headers::from_lines(&answer.headers), clock),
                    body: answer.text,
                    ..Self::new(kind, message)
                }
            }
        };
        error.of(operation, call)
    }

    /// The kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The issues of the value, for [`ErrorKind::Validation`].
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The HTTP status; `None` if there was no response. 0 if a browser hides the status of a redirect.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The body of the response, at most 64 KB of an error's. It may contain personal data, so do not log it.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The number of requests sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.requests
    }

    /// Returns whether a create, an update or a delete may have succeeded in spite of the error.
    #[must_use]
    pub fn may_have_succeeded(&self) -> bool {
        self.may_have_succeeded
    }

    /// The time to wait before the next request, in milliseconds, if the service says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Milliseconds> {
        self.retry_after
    }

    /// When the quota resets, in milliseconds since 1970, if the service says so.
    #[must_use]
    pub fn reset_at(&self) -> Option<Milliseconds> {
        self.reset_at
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("status", &self.status)
            .field("attempts", &self.requests)
            .field("may_have_succeeded", &self.may_have_succeeded)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
