//! The npm package: wasm-pack compiles the crate, a script assembles `pkg/` from that and from `npm/`.

use crate::run::{Result, command, run, step, target};
use crate::setup;

/// Sets up what is missing and builds the package into `pkg/`.
pub fn package() -> Result {
    setup::all()?;
    step("the package (pkg/)", || {
        let output = target()?.join("wasm-pack");
        run(command("wasm-pack")?
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
            .arg(env!("CARGO_PKG_VERSION")))
    })
}
