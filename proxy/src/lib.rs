//! The edge proxy's decisions, without I/O: what a request means, and what is sent in its place.
//!
//! Nothing of a request is copied to the service but the bytes of a body that was checked. A path becomes an
//! operation and an id ([`path`]), a query becomes a filter and is written anew ([`query`]), a body is checked
//! as the bytes that came ([`body`]), and a scope narrows all three ([`scope`]). What does not pass is answered
//! as the service would answer it ([`refusal`]).
//!
//! `js/` carries the decisions out: it is the only part that knows requests, answers, clocks and tokens.

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

pub mod body;
pub mod path;
pub mod query;
pub mod refusal;
pub mod scope;
#[cfg(target_arch = "wasm32")]
mod seat;
