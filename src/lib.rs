//! The client for the Customers API of the Collins booking platform, used by bars and restaurants to
//! keep the people who book with them.
//!
//! The crate is two things. Its **core** knows the API and does no I/O: what a value may be, what a
//! filter looks like in a URL, what an answer means, when a request may be sent again. Everything that
//! touches a network is a thin seat around it: the npm package `collins-customers` (`js`, built for
//! WebAssembly only), the sandbox server, a worker at the edge. They run the same rules because there is
//! only one of each.
//!
//! | to find | look into |
//! |---|---|
//! | the API's fields, filters, limits and codes, as data | [`contract`] |
//! | what is wrong with a value | [`validate`] (with [`email`] and [`instant`]) |
//! | how it is said | [`issue`] |
//! | the filters of a list | [`filter`] (the builder), [`query`] (their text) |
//! | what to send | [`request`] |
//! | what the headers of an answer say | [`response`], [`page`], [`quota`] |
//! | whether to try again, and when | [`retry`] |
//! | the types of a customer, for Rust | [`customer`] |
//! | how JSON text is read and written | [`json`] |
//! | what the rules read | [`source`] |

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

extern crate alloc;

pub mod contract;
#[cfg(not(target_arch = "wasm32"))]
pub mod customer;
pub mod email;
pub mod filter;
pub mod instant;
pub mod issue;
#[cfg(target_arch = "wasm32")]
mod js;
pub mod json;
#[cfg(any(target_arch = "wasm32", test))]
mod outline;
pub mod page;
pub mod query;
pub mod quota;
pub mod request;
pub mod response;
pub mod retry;
pub mod source;
pub mod validate;
