//! The quota: the requests allowed per hour, counted per credential (there is one).

use crate::clock::{self, Instant};
use crate::http::Answer;

const WINDOW: Instant = 3_600_000;

/// The quota headers: the limit, the remaining requests, and the end of the hour.
pub const HEADERS: [&str; 3] = [
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
];

/// The state of the quota.
pub struct Quota {
    limit: u32,
    /// The end of the hour, in whole seconds: the written form has no fraction.
    pub ends: Instant,
    /// The number of requests in this hour.
    pub used: u32,
}

/// The quota as a request found it.
#[derive(Clone, Copy)]
pub struct Standing {
    /// True if the request may be carried out.
    pub allowed: bool,
    limit: u32,
    remaining: u32,
    resets_at: Instant,
}

impl Quota {
    /// A quota of this many requests an hour; the first hour begins with the first request.
    #[must_use]
    pub fn new(limit: u32) -> Self {
        Self {
            limit,
            ends: Instant::MIN,
            used: 0,
        }
    }

    /// Counts a request.
    pub fn take(&mut self, now: Instant) -> Standing {
        let now = now - now.rem_euclid(1000);
        if now >= self.ends {
            self.ends = now + WINDOW;
            self.used = 0;
        }
        let allowed = self.used < self.limit;
        if allowed {
            self.used += 1;
        }
        Standing {
            allowed,
            limit: self.limit,
            remaining: self.limit.saturating_sub(self.used),
            resets_at: self.ends,
        }
    }
}

impl Standing {
    /// Writes the quota headers.
    pub fn describe(&self, answer: &mut Answer) {
        let [limit, remaining, reset] = HEADERS;
        answer.set_number(limit, self.limit);
        answer.set_number(remaining, self.remaining);
        answer.set(reset, &clock::iso(self.resets_at));
    }
}

#[cfg(test)]
mod tests {
    use super::{Quota, WINDOW};

    #[test]
    fn the_hour_ends_at_the_announced_time() {
        let mut quota = Quota::new(2);
        let now = 1_700_000_000_000;
        assert_eq!(quota.take(now + 999).remaining, 1);
        assert_eq!(quota.take(now + 10_000).remaining, 0);
        let refused = quota.take(now + WINDOW - 1);
        assert!(!refused.allowed);
        assert_eq!(refused.resets_at, now + WINDOW);
        let renewed = quota.take(now + WINDOW);
        assert!(renewed.allowed);
        assert_eq!(renewed.remaining, 1);
    }
}
