//! The filters of the list operation: the [`builder`], and their text in a URL ([`query`]).

pub mod builder;
mod parameters;
pub mod query;

pub use builder::{CustomerFilter, Set, Unset, Value};
