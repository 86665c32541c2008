//! Every check and every test.

use crate::run::Result;

/// Runs the steps named, or all of them.
pub fn all(_steps: &[String]) -> Result {
    Err("not written yet".to_owned())
}
