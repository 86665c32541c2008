//! Compares the package with its alternatives. BENCHMARKS.md has the method and the results.

use std::fs;

use crate::run::{Result, command, run, target};
use crate::{build, setup};

/// Measures the rows named, or all of them. After `--beside` another build of the package is named, by its folder: it
/// takes part in the rows of the client.
pub fn measure(arguments: &[String]) -> Result {
    let (beside, rows) = match arguments {
        [flag, folder, rows @ ..] if flag == "--beside" => (Some(folder), rows),
        rows => (None, rows),
    };
    let beside = beside
        .map(|folder| fs::canonicalize(folder).map_err(|error| format!("{folder}: {error}")))
        .transpose()?;
    build::package()?;
    run(command("cargo")?.args(["build", "--release", "--package", "sandbox"]))?;
    setup::npm_folder("benches")?;
    run(command("node")?
        .env("CHROMIUM", setup::chromium()?)
        .envs(beside.map(|folder| ("BESIDE", folder)))
        .args(["--expose-gc", "benches/run.mjs"])
        .arg(target()?)
        .args(rows))
}
