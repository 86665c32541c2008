//! The position of a page among the others, and the page that follows.

use crate::call::headers::{Header, Headers};
use crate::text::whole;

/// The pagination headers of a list. \[doc\]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// This page, from 1.
    pub page: u32,
    /// The number of customers on a page.
    pub per_page: u32,
    /// The number of pages.
    pub total_pages: u32,
    /// The number of customers.
    pub total_results: u32,
}

impl Pagination {
    /// Reads the headers; `None` if one is missing, hidden by CORS or not a number.
    #[must_use]
    pub fn read(headers: &Headers) -> Option<Pagination> {
        Some(Pagination {
            page: number(headers, Header::Page)?,
            per_page: number(headers, Header::PerPage)?,
            total_pages: number(headers, Header::TotalPages)?,
            total_results: number(headers, Header::TotalResults)?,
        })
    }
}

/// A header that is a whole number.
// Called four times in a module that must be small.
#[inline(never)]
fn number(headers: &Headers, header: Header) -> Option<u32> {
    whole(headers.get(header)?)
}

/// The page after `page`, the requested one, which came with `count` of `limit` customers: according to the headers,
/// or, if they cannot be read, according to whether the page was full.
///
/// A page that is shorter than the headers say is not the last: customers may have been deleted while it was read. An
/// empty page always is the last, whatever the headers say.
#[must_use]
pub fn next(pagination: Option<Pagination>, page: u32, count: u32, limit: u32) -> Option<u32> {
    let more =
        count > 0 && pagination.map_or(count >= limit, |pagination| page < pagination.total_pages);
    if more { page.checked_add(1) } else { None }
}

#[cfg(test)]
mod tests;
