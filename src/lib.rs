//! The client for the Customers API of the Collins booking platform, in which bars and restaurants store the people who
//! book with them.
//!
//! Its **core** knows the API and does no I/O: the rules for a value, the form of a filter in a URL, the meaning of a
//! response, and when a request may be sent again. Everything that touches a network is a thin seat around it: the
//! npm package `collins-customers` (`js`, built for WebAssembly only), the sandbox server, a worker at the edge. They
//! run the same rules because there is only one of each.
//!
//! | to find | look into |
//! |---|---|
//! | the API's fields, filters, limits and codes, as data | [`contract`] |
//! | the check of a value, and its issues | [`rules`] |
//! | the filters of a list: the builder, and their text | [`filter`] |
//! | one call: its requests, their answers, its retries | [`call`] |
//! | the types of a customer, for Rust | [`customer`] |
//! | the client for Rust in browsers and workers (feature `client`) | `client` |
//! | strings that name a day or an instant | [`instant`] |
//! | pieces of text, escapes, percent-encoding | [`text`] |
//!
//! ```
//! use collins_customers::filter::CustomerFilter;
//! use collins_customers::rules::new_customer;
//!
//! // The body of a create, checked as it is.
//! let issues = new_customer(r#"{"email":"ada@example.com","phone":"000000000000000000000"}"#);
//! assert_eq!(issues[0].message, "Must have at most 20 characters, but has 21");
//!
//! // The query of a list.
//! let vips = CustomerFilter::new().labels(["VIP"]).limit(10);
//! assert_eq!(vips.to_query_string().unwrap(), "labels=VIP&limit=10");
//! ```

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

pub mod call;
#[cfg(all(target_arch = "wasm32", feature = "client"))]
pub mod client;
pub mod contract;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
pub mod customer;
pub mod filter;
pub mod instant;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
mod js;
pub mod rules;
pub mod text;
