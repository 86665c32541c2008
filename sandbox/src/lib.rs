//! The Customers API as a service for development and tests: it behaves as the documentation says, is filled with
//! fictional customers, and fails on request.
//!
//! Users of `collins-customers` have no test account on the first day, and tests need a service that fails in every
//! possible way. The service itself uses no sockets, no clock and no database: [`service::Service`] takes a request and
//! an instant and returns a response. Two adapters run it: an HTTP server (`cargo run -p sandbox`, in `server/`), and a
//! `fetch` for JavaScript (`js`, with its JavaScript half in `js/index.js`).
//!
//! The rules are the core's: the sandbox refuses what `collins_customers::rules` and `collins_customers::filter::query`
//! refuse. It adds a store, a quota and faults.
//!
//! | to find | look into |
//! |---|---|
//! | requests and responses | [`http`], [`routes`], refusals [`refusal`] |
//! | the five operations, authentication, the quota | [`service`], [`quota`] |
//! | the effects of a write | [`change`] |
//! | the filters of a list | [`selection`], text search [`search`] (with [`letters`]) |
//! | storage of the customers | [`store`]: in memory [`memory`], in SQLite `sqlite`; [`record`] is what they store |
//! | the generated customers | [`seed`] (with [`names`]) |
//! | faults | [`fault`], counted by [`scenario`] |
//! | JSON and instants | [`json`], [`clock`] |

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

pub mod change;
pub mod clock;
pub mod fault;
pub mod http;
#[cfg(target_arch = "wasm32")]
mod js;
pub mod json;
pub mod letters;
pub mod memory;
pub mod names;
#[cfg(target_arch = "wasm32")]
mod outside;
pub mod quota;
pub mod record;
pub mod refusal;
pub mod routes;
pub mod scenario;
pub mod search;
pub mod seed;
pub mod selection;
pub mod service;
#[cfg(not(target_arch = "wasm32"))]
pub mod sqlite;
pub mod store;
