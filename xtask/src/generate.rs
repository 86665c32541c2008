//! The tables that Rust and JavaScript share, generated from those in Rust.

use crate::run::{Result, command, run, step};

/// Writes the generated files. In every other run the same test compares them instead, so CI fails if they differ;
/// the step `types` checks the limits in the comments of `types.d.ts` against them.
pub fn all() -> Result {
    step("src/js/contract.js", || {
        run(command("cargo")?
            .args(["test", "--quiet", "--test", "javascript_contract"])
            .env("UPDATE", "1"))
    })
}
