//! The npm package: its WebAssembly modules are compiled, and a script assembles `pkg/` from them and from `npm/`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Result, command, root, run, step, target};
use crate::setup;

/// A member of the workspace with a WebAssembly module and an entry of the package of its own.
pub struct Member {
    /// The name of its folder, of its crate and of its entry.
    pub name: &'static str,
    /// The features of WebAssembly that its module needs and not every runtime has. If there are any, a second module
    /// is built without them.
    features: &'static [&'static str],
    build: Build,
}

/// The settings for building a module.
#[derive(Clone, Copy)]
struct Build {
    /// The profile in `Cargo.toml`.
    profile: &'static str,
    /// The size up to which functions are inlined. LLVM's own limit is 225 for speed, and 5 for size.
    inlining: u32,
}

/// With this limit a module made for speed is smaller than one made for size, see DESIGN.md.
const FAST: Build = Build {
    profile: "npm",
    inlining: 40,
};

const FAST_BULK: Build = Build {
    profile: "npm-bulk",
    ..FAST
};

const SMALL: Build = Build {
    profile: "npm-small",
    inlining: 5,
};

/// The crate with the module of the client itself.
const CLIENT: &str = "collins-customers";

const MEMBERS: [Member; 3] = [
    Member {
        name: "proxy",
        features: &[],
        build: FAST,
    },
    Member {
        name: "bulk",
        features: &["simd128"],
        build: FAST_BULK,
    },
    Member {
        name: "sandbox",
        features: &[],
        build: SMALL,
    },
];

/// The members that have a JavaScript entry.
pub fn members() -> impl Iterator<Item = Member> {
    MEMBERS
        .into_iter()
        .filter(|member| root().join(member.name).join("js").is_dir())
}

/// The part of a file name for a module that needs only the features of WebAssembly that every runtime has.
const EVERYWHERE: &str = "everywhere";

/// Sets up what is missing and builds the package into `pkg/`.
pub fn package() -> Result {
    setup::to_build()?;
    step("the package (pkg/)", || {
        let output = target()?.join("modules");
        // A module of an earlier build must not hide that one is missing.
        if output.exists() {
            fs::remove_dir_all(&output)
                .map_err(|error| format!("{}: {error}", output.display()))?;
        }
        compile(CLIENT, FAST, &[], &output.join(CLIENT))?;
        let mut node = command("node")?;
        node.arg("xtask/package.mjs")
            .arg(&output)
            .arg(env!("CARGO_PKG_VERSION"))
            .arg(env!("CARGO_PKG_REPOSITORY"));
        for member in members() {
            compile(
                member.name,
                member.build,
                member.features,
                &output.join(member.name),
            )?;
            if !member.features.is_empty() {
                let everywhere = format!("{}-{EVERYWHERE}", member.name);
                compile(member.name, member.build, &[], &output.join(everywhere))?;
            }
            node.arg(format!("{}:{}", member.name, member.features.join(",")));
        }
        run(&mut node)
    })
}

/// Compiles a crate, and has wasm-bindgen write its module and its glue into a folder.
fn compile(name: &str, build: Build, features: &[&str], output: &Path) -> Result {
    let mut flags = flags(build)?;
    for feature in features {
        flags.push(format!("-Ctarget-feature=+{feature}"));
    }
    // Each set of flags has its own folder.
    let folder = match features {
        [] => target()?,
        _ => target()?.join(features.join("-")),
    };
    run(command("cargo")?
        // In this variable a path in a flag may have blanks.
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .args(["build", "--lib", "--profile", build.profile, "--target"])
        .args([setup::WASM_TARGET, "--package", name, "--target-dir"])
        .arg(&folder))?;
    let module = folder
        .join(setup::WASM_TARGET)
        .join(build.profile)
        .join(format!("{}.wasm", name.replace('-', "_")));
    run(command("wasm-bindgen")?
        .args(["--target", "bundler"])
        // Every runtime of the package has `encodeInto`.
        .args(["--encode-into", "always", "--out-dir"])
        .args([output, &module]))
}

/// The flags of rustc in addition to the profile. Paths of this machine must not be in the package, and would cost
/// bytes.
fn flags(build: Build) -> Result<Vec<String>> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
        .ok_or("neither CARGO_HOME nor a home directory is known")?;
    let without = |folder: &Path| format!("--remap-path-prefix={}/=", folder.display());
    Ok(vec![
        without(&home),
        without(root()),
        format!("-Cllvm-args=-inline-threshold={}", build.inlining),
    ])
}

/// Builds the sandbox, which the demo and the tests start. They start a copy: cargo replaces the program while it builds
/// the tests in Rust.
pub fn sandbox() -> Result {
    step("the sandbox", || {
        run(command("cargo")?.args(["build", "--package", "sandbox"]))?;
        let copy = sandbox_program()?;
        let built = target()?
            .join("debug")
            .join(copy.file_name().unwrap_or_default());
        // A program that runs cannot be overwritten, but removed.
        let _ = fs::remove_file(&copy);
        match fs::copy(&built, &copy) {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("{}: {error}", copy.display())),
        }
    })
}

/// The path of the sandbox once it is built.
pub fn sandbox_program() -> Result<PathBuf> {
    Ok(target()?.join(format!("sandbox{}", env::consts::EXE_SUFFIX)))
}
