//! The rules: the values that the API accepts, and the issues of the others.
//!
//! | to find | look into |
//! |---|---|
//! | checking a value | [`check`] (with [`email`] and `spelling`) |
//! | issues and their messages | [`issue`] |
//! | the interface through which the rules read a value | [`source`] |
//! | JSON text as a source | [`json`] |
//! | a JavaScript value as a source | [`outline`] |

pub mod check;
pub mod email;
pub mod issue;
pub mod json;
pub mod outline;
pub mod source;
mod spelling;

pub use check::{Subject, customer_id, customer_update, list_filter, new_customer};
pub use issue::{Issue, Params, Segment};
