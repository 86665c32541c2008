//! The package beside what people would use instead. BENCHMARKS.md says how and what came of it.

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
