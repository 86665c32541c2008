//! Files of customers, as spreadsheets and other systems save them.

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

pub mod check;
pub mod columns;
pub mod damage;
pub mod dialect;
pub mod encoding;
pub mod fix;
pub mod guard;
pub mod json;
pub mod scan;
#[cfg(target_arch = "wasm32")]
mod seat;
