//! The set-up of a fresh clone before it can be built. Each part first checks whether it is already there, in the right
//! version.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Result, command, find, output, root, run, step, target, together, tools};

/// The target that the crate is compiled for, besides the host.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The tool that Rust users build the crate with, as a test does. Its npm package downloads a binary, so it is built
/// here.
const WASM_PACK_VERSION: &str = "0.15.1";

/// The tool that builds and runs the targets of fuzz/. It needs a C++ compiler.
const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// The name of the packages of the root.
const TOOLS: &str = "tools from npm";

/// Sets up everything that building needs.
pub fn to_build() -> Result {
    compilers()?;
    npm(root(), Packages::Build, TOOLS)
}

/// Sets up everything that building and testing need, except Chromium.
pub fn to_test() -> Result {
    // One compiles, the other downloads and unpacks.
    together(
        || {
            compilers()?;
            cargo_tool("wasm-pack", "wasm-pack", WASM_PACK_VERSION, &[])
        },
        || {
            npm(root(), Packages::BuildAndTest, TOOLS)?;
            // Deno and Bun, in which a part of tests/wire runs.
            npm_folder("tests/runtimes")
        },
    )
}

/// Sets up the tools for the demo behind a worker: miniflare, which is one of the tools for tests.
pub fn to_serve_from_edge() -> Result {
    compilers()?;
    npm(root(), Packages::BuildAndTest, TOOLS)
}

/// Sets up the tools for fuzzing, except the compiler.
pub fn fuzzer() -> Result {
    cargo_tool("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ_VERSION, &[])
}

fn compilers() -> Result {
    wasm_target()?;
    // Without TLS: its test runner speaks to a browser on this machine only.
    let features = ["--no-default-features"];
    let version = wasm_bindgen_version()?;
    cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &version, &features)
}

fn wasm_target() -> Result {
    let library =
        output(command("rustc")?.args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if Path::new(&library).is_dir() {
        return Ok(());
    }
    step(&format!("Rust target {WASM_TARGET}"), || {
        run(command("rustup")?.args(["target", "add", WASM_TARGET]))
    })
}

/// The version of wasm-bindgen: the glue and the tool that writes it must have the one in Cargo.lock.
fn wasm_bindgen_version() -> Result<String> {
    let id = output(command("cargo")?.args(["pkgid", "wasm-bindgen"]))?;
    match id.rsplit_once('@') {
        Some((_, version)) => Ok(version.to_owned()),
        None => Err(format!("no version of wasm-bindgen in `{id}`")),
    }
}

fn cargo_tool(package: &str, program: &str, version: &str, features: &[&str]) -> Result {
    let found = output(command(program)?.arg("--version"));
    if found.is_ok_and(|line| line.split_whitespace().nth(1) == Some(version)) {
        return Ok(());
    }
    step(&format!("{package} {version}"), || {
        run(command("cargo")?
            .args([
                "install",
                package,
                "--version",
                version,
                "--locked",
                "--force",
                "--debug",
                "--root",
            ])
            .arg(tools()?)
            .args(features)
            // It is built once and runs for a second: only the compile time matters.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", target()?.join("tools/build")))
    })
}

/// The tools from npm, by their purpose: `dependencies` build the package, `devDependencies` test it.
#[derive(Clone, Copy, PartialEq)]
enum Packages {
    Build,
    BuildAndTest,
}

impl Packages {
    /// The copy of the lock file that shows what was installed last; `npm ci` removes it first.
    fn stamp(self, folder: &Path) -> PathBuf {
        folder.join(match self {
            Packages::Build => "node_modules/.installed-to-build",
            Packages::BuildAndTest => "node_modules/.installed-to-test",
        })
    }

    fn are_installed(self, folder: &Path, locked: &[u8]) -> bool {
        fs::read(self.stamp(folder)).is_ok_and(|stamp| stamp == locked)
    }
}

/// Installs the packages of a folder with its own lock file, which only one command needs.
pub fn npm_folder(name: &str) -> Result {
    let what = format!("packages from npm ({name}/)");
    npm(&root().join(name), Packages::BuildAndTest, &what)
}

fn npm(folder: &Path, packages: Packages, what: &str) -> Result {
    let lock = folder.join("package-lock.json");
    let locked = fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if packages.are_installed(folder, &locked)
        || Packages::BuildAndTest.are_installed(folder, &locked)
    {
        return Ok(());
    }
    // A build must not remove tools of tests that are already installed.
    let packages = if Packages::BuildAndTest.stamp(folder).exists() {
        Packages::BuildAndTest
    } else {
        packages
    };
    step(what, || {
        let mut npm = command("npm")?;
        npm.current_dir(folder);
        // Some cells run on a newer Node, which they bring along: npm need not warn.
        npm.args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ]);
        if packages == Packages::Build {
            npm.arg("--omit=dev");
        }
        run(&mut npm)?;
        let stamp = packages.stamp(folder);
        fs::write(&stamp, &locked).map_err(|error| format!("{}: {error}", stamp.display()))
    })
}

/// A browser, or its driver: how it is found, and the system's packages that contain it.
struct Browser {
    name: &'static str,
    /// The variable that may name its program.
    variable: &'static str,
    /// The names of its program on different systems.
    programs: &'static [&'static str],
    packages: &'static [&'static str],
}

const CHROMIUM: Browser = Browser {
    name: "Chromium",
    variable: "CHROMIUM",
    programs: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ],
    packages: &["chromium", "chromium-driver"],
};

const FIREFOX: Browser = Browser {
    name: "Firefox",
    variable: "FIREFOX",
    programs: &["firefox-esr", "firefox"],
    packages: &["firefox-esr"],
};

/// `WebKit`'s own small browser, and its driver. It has no headless mode.
const WEBKIT: Browser = Browser {
    name: "WebKit",
    variable: "WEBKIT_DRIVER",
    programs: &["WebKitWebDriver"],
    packages: &["webkit2gtk-driver", "xvfb", "xauth"],
};

/// The path of Chromium: from the variable `CHROMIUM`, an installed one, or one from the system's packages.
pub fn chromium() -> Result<PathBuf> {
    CHROMIUM.find_or_install()
}

/// The path of Firefox, found like that of Chromium (`FIREFOX`).
pub fn firefox() -> Result<PathBuf> {
    FIREFOX.find_or_install()
}

/// The path of `WebKit`'s driver, found like that of Chromium (`WEBKIT_DRIVER`).
pub fn webkit() -> Result<PathBuf> {
    WEBKIT.find_or_install()
}

impl Browser {
    fn find_or_install(&self) -> Result<PathBuf> {
        if let Some(path) = env::var_os(self.variable) {
            return Ok(path.into());
        }
        if let Some(path) = self.installed() {
            return Ok(path);
        }
        let Browser { name, variable, .. } = self;
        step(&format!("{name}, from the system's packages"), || {
            run(command("apt-get")?.args(["update"]))?;
            run(command("apt-get")?
                .args(["install", "--yes", "--no-install-recommends"])
                .args(self.packages)
                .env("DEBIAN_FRONTEND", "noninteractive"))
        })
        .ok()
        .and_then(|()| self.installed())
        .ok_or_else(|| format!("{name} is missing: install it, or name its program in {variable}"))
    }

    fn installed(&self) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        self.programs.iter().find_map(|name| find(name, &path))
    }
}
