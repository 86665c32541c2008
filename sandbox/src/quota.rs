//! The quota: so many requests an hour, counted per credential (there is one).

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::Sandbox;
use crate::answer::Refusal;

const WINDOW_SECONDS: i64 = 3600;

pub const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
pub const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
pub const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// What is left of the hour.
pub struct Quota {
    limit: u32,
    window: Mutex<Window>,
}

struct Window {
    /// In unix seconds, the form in which it has no fraction.
    ends: i64,
    used: u32,
}

/// Where a request found the quota.
struct Standing {
    allowed: bool,
    remaining: u32,
    resets_at: i64,
}

impl Quota {
    /// A quota of so many requests an hour; the first hour begins with the first request.
    pub fn new(limit: u32) -> Self {
        Self {
            limit,
            window: Mutex::new(Window {
                ends: i64::MIN,
                used: 0,
            }),
        }
    }

    fn take(&self, now: i64) -> Standing {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if now >= window.ends {
            *window = Window {
                ends: now + WINDOW_SECONDS,
                used: 0,
            };
        }
        let allowed = window.used < self.limit;
        if allowed {
            window.used += 1;
        }
        Standing {
            allowed,
            remaining: self.limit - window.used,
            resets_at: window.ends,
        }
    }

    fn describe(&self, standing: &Standing, headers: &mut HeaderMap) {
        headers.insert(LIMIT, self.limit.into());
        headers.insert(REMAINING, standing.remaining.into());
        let reset = Timestamp::from_second(standing.resets_at)
            .ok()
            .and_then(|at| HeaderValue::from_str(&at.to_string()).ok());
        if let Some(reset) = reset {
            headers.insert(RESET, reset);
        }
    }
}

/// Counts a request, and refuses it where the hour is used up.
pub async fn count(State(sandbox): State<Arc<Sandbox>>, request: Request, next: Next) -> Response {
    let standing = sandbox.quota.take(Timestamp::now().as_second());
    let mut response = if standing.allowed {
        next.run(request).await
    } else {
        Refusal::Status(StatusCode::TOO_MANY_REQUESTS).into_response()
    };
    sandbox.quota.describe(&standing, response.headers_mut());
    response
}

#[cfg(test)]
mod tests {
    use super::{Quota, WINDOW_SECONDS};

    #[test]
    fn the_hour_ends_when_it_was_said_to() {
        let quota = Quota::new(2);
        let now = 1_700_000_000;
        assert_eq!(quota.take(now).remaining, 1);
        assert_eq!(quota.take(now + 10).remaining, 0);
        let refused = quota.take(now + WINDOW_SECONDS - 1);
        assert!(!refused.allowed);
        assert_eq!(refused.resets_at, now + WINDOW_SECONDS);
        let renewed = quota.take(now + WINDOW_SECONDS);
        assert!(renewed.allowed);
        assert_eq!(renewed.remaining, 1);
    }
}
