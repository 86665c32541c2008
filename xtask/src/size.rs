//! What a page loads, in bytes, held below ceilings.

use crate::run::{Result, command, run};

/// Prints the sizes of the built package; fails above a ceiling.
pub fn compare() -> Result {
    crate::build::package()?;
    run(command("node")?.arg("xtask/size.mjs"))
}
