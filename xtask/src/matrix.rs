//! The matrix: the packed package in every runtime, bundler and browser, each in a fresh project.
//!
//! A cell is a file of `tests/runtimes/cells`. `tests/runtimes/matrix.mjs` runs them.

use std::fs;
use std::process::Command;

use crate::run::{Result, command, root, run};
use crate::{build, setup};

/// The cells whose tools are in a separate folder, which CI does not install: a gigabyte, and minutes to build.
const LARGE: [&str; 4] = ["angular", "nuxt", "nuxt-cloudflare", "opennext"];

/// Runs the named cells, or all of them, and prints a table.
pub fn all(wanted: &[String]) -> Result {
    let cells = cells()?;
    if let Some(unknown) = wanted.iter().find(|name| !cells.contains(name)) {
        return Err(format!(
            "there is no cell `{unknown}`, but: {}",
            cells.join(", ")
        ));
    }
    setup::to_test()?;
    build::package()?;
    build::sandbox()?;
    let mut matrix = matrix()?;
    let wants =
        |browser: &str| wanted.is_empty() || wanted.iter().any(|name| name.ends_with(browser));
    if LARGE.into_iter().any(wants) {
        setup::npm_folder("tests/runtimes/frameworks")?;
    }
    if wants("firefox") {
        matrix.env("FIREFOX", setup::firefox()?);
    }
    if wants("webkit") {
        matrix.env("WEBKIT_DRIVER", setup::webkit()?);
    }
    run(matrix.args(wanted))
}

/// The command for the cells that CI runs. The package and the sandbox must have been built.
pub fn for_ci() -> Result<Command> {
    let mut matrix = matrix()?;
    matrix.arg("--ci");
    Ok(matrix)
}

fn matrix() -> Result<Command> {
    setup::npm_folder("tests/runtimes")?;
    let mut node = command("node")?;
    node.arg("tests/runtimes/matrix.mjs")
        .env("SANDBOX", build::sandbox_program()?)
        .env("CHROMIUM", setup::chromium()?);
    Ok(node)
}

/// The names of all cells, in order.
fn cells() -> Result<Vec<String>> {
    let folder = root().join("tests/runtimes/cells");
    let unreadable = |error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        names.extend(
            path.file_stem()
                .map(|name| name.to_string_lossy().into_owned()),
        );
    }
    names.sort();
    Ok(names)
}
