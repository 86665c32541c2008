//! The demo: the page and the API it works with, served by the sandbox.

use crate::build;
use crate::run::{Result, command, run};

/// Builds everything and serves until it is interrupted.
pub fn serve(arguments: &[String]) -> Result {
    build::package()?;
    run(command("cargo")?
        .args([
            "run",
            "--package",
            "sandbox",
            "--",
            "--port",
            "8787",
            "--seed",
            "1000",
        ])
        .args(arguments))
}
