//! The reference of the JavaScript API, from the comments of its declarations.

use crate::run::{Result, command, run, target};
use crate::{build, setup};

/// The folder of its tools and of its tests.
pub const FOLDER: &str = "tests/reference";

/// Builds the package and writes the reference as pages of HTML.
pub fn write() -> Result {
    build::package()?;
    setup::npm_folder(FOLDER)?;
    run(command("node")?
        .arg("tests/reference/write.mjs")
        .arg(target()?.join("reference")))
}
