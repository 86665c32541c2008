//! The core under libFuzzer.
//!
//! A target is a file of `fuzz/fuzz_targets`. New inputs are written to the target directory; those that reach code
//! that the committed corpus does not are merged into `fuzz/corpus`. The crate's test `fuzz` replays that without any
//! of these tools.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::run::{Result, command, root, run, target};
use crate::setup;

/// The time that each target runs by default.
const SECONDS: u32 = 60;

/// Runs the named targets, or all of them, each for some seconds.
pub fn all(arguments: &[String]) -> Result {
    let targets = targets()?;
    let mut seconds = SECONDS;
    let mut wanted = Vec::new();
    for argument in arguments {
        if let Ok(number) = argument.parse() {
            seconds = number;
        } else if targets.contains(argument) {
            wanted.push(argument);
        } else {
            return Err(format!(
                "there is no target `{argument}`, but: {}",
                targets.join(", ")
            ));
        }
    }
    if wanted.is_empty() {
        wanted.extend(&targets);
    }
    setup::fuzzer()?;
    for name in wanted {
        let found = target()?.join("fuzz/corpus").join(name);
        let committed = root().join("fuzz/corpus").join(name);
        for folder in [&found, &committed] {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        run(fuzzer(name, &found, &committed)?
            .arg(format!("-max_total_time={seconds}"))
            .arg("-max_len=4096"))?;
        // Only counts which code is reached, not how often: this keeps a hundred files instead of a thousand.
        run(fuzzer(name, &committed, &found)?.args(["-merge=1", "-use_counters=0"]))?;
    }
    Ok(())
}

fn targets() -> Result<Vec<String>> {
    let folder = root().join("fuzz/fuzz_targets");
    let unreadable = |error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if let Some(name) = path.file_stem() {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// A run of a target over two folders; new inputs are added to the first. Further arguments are libFuzzer's.
fn fuzzer(name: &str, first: &Path, second: &Path) -> Result<Command> {
    let mut cargo = command("cargo")?;
    cargo
        // Sanitizers need a nightly compiler, and look for faults that `forbid(unsafe_code)` excludes. Without them,
        // the pinned compiler provides coverage.
        .args(["fuzz", "run", "--sanitizer", "none", "--fuzz-dir", "fuzz"])
        .arg("--target-dir")
        .arg(target()?.join("fuzz"))
        .arg(name)
        .args([first, second])
        .arg("--");
    Ok(cargo)
}
