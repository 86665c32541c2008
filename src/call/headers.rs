//! The headers of an answer: [`crate::call::pagination`], [`crate::call::quota`] and
//! [`crate::call::hint`] read them here.

use crate::text::pieces;

/// The headers that the core reads. \[doc\] but for `retry-after-ms`, `Retry-After` and `Date` \[assumed\]
pub const HEADERS: [&str; 10] = [
    "retry-after-ms",
    "Retry-After",
    "Date",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Pagination-Page",
    "X-Pagination-Per-Page",
    "X-Pagination-Total-Pages",
    "X-Pagination-Total-Results",
];

/// One of [`HEADERS`], by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Header {
    RetryAfterMs,
    RetryAfter,
    Date,
    RateLimit,
    RateLimitRemaining,
    RateLimitReset,
    Page,
    PerPage,
    TotalPages,
    TotalResults,
}

/// The values of [`HEADERS`] in one answer. An empty one counts as missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headers<'h> {
    values: [&'h str; HEADERS.len()],
}

impl<'h> Headers<'h> {
    /// From a text with one value a line, in the order of [`HEADERS`].
    #[must_use]
    pub fn from_lines(lines: &'h str) -> Self {
        let mut headers = Headers::default();
        let mut lines = pieces(lines, b'\n');
        for value in &mut headers.values {
            *value = lines.next().unwrap_or("");
        }
        headers
    }

    /// From all headers of an answer, by name in any case.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (&'h str, &'h str)>) -> Self {
        let mut headers = Headers::default();
        for (name, text) in pairs {
            let mut known = HEADERS.iter().zip(headers.values.iter_mut());
            if let Some((_, value)) = known.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
                *value = text;
            }
        }
        headers
    }

    // Called in a dozen places of a module that must be small.
    #[inline(never)]
    pub(crate) fn get(&self, header: Header) -> Option<&'h str> {
        let value = self.values.get(header as usize).copied();
        value.filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_by_line_and_by_name() {
        let names =
            Headers::from_lines("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nmore lines than there are headers");
        let pairs = HEADERS.into_iter().zip(names.values);
        assert_eq!(Headers::from_pairs(pairs), names);
        for (header, value) in [
            (Header::RetryAfterMs, "a"),
            (Header::RetryAfter, "b"),
            (Header::Date, "c"),
            (Header::RateLimit, "d"),
            (Header::RateLimitRemaining, "e"),
            (Header::RateLimitReset, "f"),
            (Header::Page, "g"),
            (Header::PerPage, "h"),
            (Header::TotalPages, "i"),
            (Header::TotalResults, "j"),
        ] {
            assert_eq!(names.get(header), Some(value));
        }
        let other = Headers::from_pairs([("RETRY-AFTER", "5"), ("x-other", "6"), ("Date", "")]);
        assert_eq!(other.get(Header::RetryAfter), Some("5"));
        assert_eq!(other.get(Header::Date), None);
        assert_eq!(Headers::from_lines("").get(Header::RetryAfterMs), None);
    }
}
