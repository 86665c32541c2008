//! The bytes that a page loads, with ceilings.

use crate::run::{Result, command, run};

/// Prints the sizes of the package that was built; fails above a ceiling.
pub fn compare() -> Result {
    run(command("node")?.arg("xtask/size.mjs"))
}
