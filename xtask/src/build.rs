//! The npm package: wasm-pack compiles the crate, a script assembles `pkg/` from that and from `npm/`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Result, command, root, run, step, target};
use crate::setup;

/// Sets up what is missing and builds the package into `pkg/`.
pub fn package() -> Result {
    setup::to_build()?;
    step("the package (pkg/)", || {
        let output = target()?.join("wasm-pack");
        // What an earlier build left there must not stand in for a module that is missing now.
        if output.exists() {
            fs::remove_dir_all(&output)
                .map_err(|error| format!("{}: {error}", output.display()))?;
        }
        run(command("wasm-pack")?
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags()?)
            .args([
                "build",
                "--target",
                "web",
                "--profile",
                "npm",
                "--mode",
                "no-install",
                "--no-pack",
                "--out-dir",
            ])
            .arg(&output))?;
        run(command("node")?
            .arg("xtask/package.mjs")
            .arg(&output)
            .arg(env!("CARGO_PKG_VERSION"))
            .arg(env!("CARGO_PKG_REPOSITORY")))
    })
}

/// What rustc is told beside the profile. Paths of this machine have no place in what others install, and cost
/// bytes. A limit of 40 (LLVM's own is 225) keeps functions from being copied into each other: with it a module
/// made for speed is smaller than one made for size, see DESIGN.md.
fn flags() -> Result<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
        .ok_or("neither CARGO_HOME nor a home directory is known")?;
    let without = |folder: &Path| format!("--remap-path-prefix={}/=", folder.display());
    Ok(format!(
        "{} {} -Cllvm-args=-inline-threshold=40",
        without(&home),
        without(root())
    ))
}

/// Builds the sandbox, which the demo and the tests start.
pub fn sandbox() -> Result {
    step("the sandbox", || {
        run(command("cargo")?.args(["build", "--package", "sandbox"]))
    })
}

/// Where the sandbox is once it is built.
pub fn sandbox_program() -> Result<PathBuf> {
    Ok(target()?
        .join("debug")
        .join(format!("sandbox{}", env::consts::EXE_SUFFIX)))
}
