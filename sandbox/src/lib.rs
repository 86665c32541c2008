//! The Customers API as a service for development and tests: what its documentation describes, filled with customers
//! that nobody is, and ready to misbehave when it is told to.
//!
//! Users of `collins-customers` have no test account on the first day, and tests need a service that fails in every
//! way there is. The service itself knows no sockets, no clock and no database: [`service::Service`] takes a request
//! and an instant and gives an answer. Around it are two seats: a server for HTTP (`cargo run -p sandbox`, in
//! `server/`), and a `fetch` for JavaScript (`js`, with its face in `js/index.js`).
//!
//! The rules are the core's: what the sandbox refuses it refuses through `collins_customers::rules` and
//! `collins_customers::filter::query`. What it adds is a memory and manners.
//!
//! | to find | look into |
//! |---|---|
//! | requests and answers | [`http`], [`routes`], refusals [`refusal`] |
//! | the five operations, who may carry them out, and how often | [`service`], [`quota`] |
//! | what a write changes | [`change`] |
//! | what a list selects | [`selection`], the text search [`search`] (with [`letters`]) |
//! | what keeps the customers | [`store`]: in memory [`memory`], in SQLite `sqlite`; [`record`] is what they keep |
//! | the customers to begin with | [`seed`] (with [`names`]) |
//! | answers that go wrong | [`fault`], counted by [`scenario`] |
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
pub(crate) mod js;
pub mod json;
pub mod letters;
pub mod memory;
pub mod names;
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
