//! Keeps the public API of the crate in tests/public-api.txt, so that every change of it is seen.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Gets the public API from rustdoc. Its JSON is not stable, but the compiler's version is pinned in
/// rust-toolchain.toml, and the crate that reads the JSON in Cargo.lock.
fn public_api(root: &Path) -> String {
    let target: PathBuf = root.join("target/public-api");
    let status = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["rustdoc", "--quiet", "--locked", "--lib"])
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .args(["--cap-lints", "allow"])
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .expect("cargo can be started");
    assert!(status.success(), "cargo rustdoc failed");
    let api = public_api::Builder::from_rustdoc_json(target.join("doc/collins_customers.json"))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .expect("public-api reads what this rustdoc writes");
    let items: Vec<String> = api.items().map(ToString::to_string).collect();
    items.join("\n") + "\n"
}

#[test]
fn what_is_public_is_what_the_snapshot_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let snapshot = root.join("tests/public-api.txt");
    let found = public_api(root);
    if env::var_os("UPDATE").is_some() {
        fs::write(&snapshot, &found).expect("the snapshot can be written");
    }
    let expected = fs::read_to_string(&snapshot).unwrap_or_default();
    assert!(
        found == expected,
        "tests/public-api.txt differs: if that is meant, run UPDATE=1 cargo test --test public_api, and name it in \
         CHANGELOG.md"
    );
}
