//! One call: what to send, what the headers of an answer say, and what to do next.
//!
//! | to find | look into |
//! |---|---|
//! | the operations, their methods and routes | [`operation`] |
//! | the headers that are read | [`headers`] |
//! | the pages of a list | [`pagination`] |
//! | the quota of the hour | [`quota`] |
//! | whether to try again, and when | [`retry`] |

pub mod headers;
pub mod operation;
pub mod pagination;
pub mod quota;
pub mod retry;
