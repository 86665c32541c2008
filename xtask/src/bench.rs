//! Compares the package with its alternatives. BENCHMARKS.md has the method and the results.

use crate::run::{Result, command, run, target};
use crate::{build, setup};

/// Measures the rows named, or all of them.
pub fn measure(rows: &[String]) -> Result {
    build::package()?;
    run(command("cargo")?.args(["build", "--release", "--package", "sandbox"]))?;
    setup::npm_folder("benches")?;
    run(command("node")?
        .env("CHROMIUM", setup::chromium()?)
        .args(["--expose-gc", "benches/run.mjs"])
        .arg(target()?)
        .args(rows))
}
