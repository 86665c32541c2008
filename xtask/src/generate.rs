//! The tables that Rust and JavaScript share, written from those in Rust.

use crate::run::{Result, command, run, step};

/// Writes the generated files anew. The test that writes them compares them in every other run, so CI fails where
/// they differ; the limits that the comments of `types.d.ts` quote are held against them by the step `types`.
pub fn all() -> Result {
    step("src/js/contract.js", || {
        run(command("cargo")?
            .args(["test", "--quiet", "--test", "javascript_contract"])
            .env("UPDATE", "1"))
    })
}
