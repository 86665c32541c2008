//! The rules: from a value to the issues it has.
//!
//! | to find | look into |
//! |---|---|
//! | what is wrong with a value | [`check`] (with [`email`] and `spelling`) |
//! | how it is said | [`issue`] |
//! | what the rules pull a value from | [`source`] |
//! | a source that is JSON text | [`json`] |
//! | a source that is a value of JavaScript | [`outline`] |

pub mod check;
pub mod email;
pub mod issue;
pub mod json;
pub mod outline;
pub mod source;
mod spelling;

pub use check::{Subject, customer_id, customer_update, list_filter, new_customer};
pub use issue::{Issue, Params, Segment};
