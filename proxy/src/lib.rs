//! The edge proxy's decisions, without I/O: the meaning of a request, and the request that is sent instead.
//!
//! Only the bytes of a checked body are copied to the service. A path becomes an operation and an id ([`path`]), a
//! query becomes a filter and is written again ([`query`]), the received bytes of a body are checked ([`body`]), and a
//! scope narrows all three ([`scope`]). A refused request is answered as the service would answer it ([`refusal`]).
//!
//! `js/` carries out the decisions: it is the only part that knows requests, answers, clocks and tokens.

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
