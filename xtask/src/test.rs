//! Runs every check and every test, two steps at a time, and summarises the results.
//!
//! A step that fails does not stop the others. A check (formatting, lints, types, sizes) counts as one;
//! the tests of cargo and of Node are counted by them, and each cell of the matrix is one.

use std::collections::BTreeMap;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use crate::run::{
    Result, command, root, run, run_by_lines, seconds, set_label, shown, times, together,
};
use crate::{build, matrix, reference, setup, size};

/// The folders of tests with their own tools, and the folders of those tools.
const TOOLS: [(&str, &str); 2] = [
    ("examples", "tests/runtimes"),
    ("reference", reference::FOLDER),
];

/// The steps that are not a folder of tests for Node's own runner.
const CHECKS: [&str; 9] = [
    "format",
    "clippy",
    "clippy-wasm",
    "rustdoc",
    "javascript",
    "types",
    "size",
    "rust",
    "runtimes",
];

/// The steps that take longest, in a row. They are last, where the second thread begins.
const LONGEST: [&str; 2] = ["page", "runtimes"];

/// The result of a step.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
    /// The messages of failures. They are repeated at the end of the run, because a log of twenty minutes is often kept
    /// only in part.
    failures: Vec<String>,
}

impl Tally {
    fn passed() -> Tally {
        Tally {
            passed: 1,
            ..Tally::default()
        }
    }

    /// Reports a failure, and counts it.
    fn failed(message: String) -> Tally {
        eprintln!("error: {message}");
        Tally {
            failed: 1,
            failures: vec![message],
            ..Tally::default()
        }
    }

    fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failures.extend(other.failures);
    }
}

/// Runs the named steps, or all of them.
pub fn all(wanted: &[String]) -> Result {
    let folders = node_tests()?;
    let mut steps: Vec<&str> = CHECKS
        .into_iter()
        .chain(folders.keys().map(String::as_str))
        .collect();
    if let Some(unknown) = wanted.iter().find(|name| !steps.contains(&name.as_str())) {
        return Err(format!(
            "there is no step `{unknown}`, but: {}",
            steps.join(", ")
        ));
    }
    steps.retain(|name| wanted.is_empty() || wanted.iter().any(|step| step == name));
    steps.sort_by_key(|name| LONGEST.iter().position(|long| long == name));

    setup::to_test()?;
    together(build::package, build::sandbox)?;
    // If there is none, this line explains why the tests that need it fail.
    let chromium = setup::chromium()
        .inspect_err(|message| eprintln!("error: {message}"))
        .ok();

    let run_step = |name: &str| {
        println!("\n▸ {name}");
        if steps.len() > 1 {
            set_label(format!("{name:<11} │ "));
        }
        let started = Instant::now();
        let outcome = match folders.get(name) {
            Some(files) => TOOLS
                .iter()
                .filter(|(folder, _)| *folder == name)
                .try_for_each(|(_, tools)| setup::npm_folder(tools))
                .and_then(|()| node(files, chromium.as_deref())),
            None => check(name),
        };
        let tally = match outcome {
            Ok(tally) if tally.passed + tally.failed > 0 => tally,
            Ok(_) => Tally::failed("nothing ran".to_owned()),
            Err(message) => Tally::failed(message),
        };
        let line = line(name, &tally, &seconds(started.elapsed()));
        print!("{line}");
        (line, tally)
    };
    let results = side_by_side(&steps, run_step);

    let mut sum = Tally::default();
    let mut summary: Vec<String> = times()
        .into_iter()
        .map(|(what, time)| format!("  {what} ({})\n", seconds(time)))
        .collect();
    for (line, tally) in results {
        summary.push(line);
        sum.add(tally);
    }
    for failure in &sum.failures {
        println!("{failure}");
    }
    println!("\n{}", summary.concat());
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 {
        Ok(())
    } else {
        Err("not everything passed".to_owned())
    }
}

/// Does two steps at a time, because most tests wait more than they compute. One thread takes them from the front, the
/// other from the back, so those that compile, which are in front, do not wait for each other. Returns the results in
/// the order of the steps.
fn side_by_side<T: Send>(steps: &[&str], run_step: impl Fn(&str) -> T + Sync) -> Vec<T> {
    let taken = AtomicUsize::new(0);
    let work = |order: &mut dyn Iterator<Item = usize>| -> Vec<(usize, T)> {
        order
            .take_while(|_| taken.fetch_add(1, Ordering::Relaxed) < steps.len())
            .map(|index| (index, run_step(steps[index])))
            .collect()
    };
    let mut results = thread::scope(|scope| {
        let other = scope.spawn(|| work(&mut (0..steps.len()).rev()));
        let mut results = work(&mut (0..steps.len()));
        results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        results
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn line(name: &str, tally: &Tally, time: &str) -> String {
    let Tally {
        passed,
        failed,
        skipped,
        ..
    } = tally;
    let mark = if *failed == 0 { '✓' } else { '✗' };
    let skipped = match skipped {
        0 => String::new(),
        _ => format!(", {skipped} skipped"),
    };
    format!("{mark} {name:<14} {passed} passed, {failed} failed{skipped} ({time})\n")
}

fn check(name: &str) -> Result<Tally> {
    match name {
        "format" => run(command("cargo")?.args(["fmt", "--all", "--check"]))?,
        "clippy" => clippy(&["--workspace", "--all-targets"])?,
        "clippy-wasm" => {
            let library = ["--lib", "--target", setup::WASM_TARGET];
            clippy(&library)?;
            let client = ["--no-default-features", "--features", "client"];
            clippy(&[&library[..], &client].concat())?;
            for member in build::members() {
                clippy(&[&library[..], &["--package", member.name]].concat())?;
            }
        }
        // Finds broken links.
        "rustdoc" => run(command("cargo")?
            .env("RUSTDOCFLAGS", "--deny warnings")
            .args(["doc", "--workspace", "--no-deps"]))?,
        "javascript" => run(command("biome")?.args(["ci", "--error-on-warnings"]))?,
        "size" => size::compare()?,
        "types" => run(command("node")?.arg("tests/types/run.mjs"))?,
        "runtimes" => return counted(&mut matrix::for_ci()?, count_cells),
        _ => return rust(),
    }
    Ok(Tally::passed())
}

fn clippy(what: &[&str]) -> Result {
    run(command("cargo")?
        .arg("clippy")
        .args(what)
        .args(["--", "--deny", "warnings"]))
}

fn rust() -> Result<Tally> {
    let mut cargo = command("cargo")?;
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    counted(&mut cargo, count_cargo)
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s`,
/// and `test name ... FAILED` for each failure.
fn count_cargo(line: &str, tally: &mut Tally) {
    if line.starts_with("test ") && line.ends_with(" ... FAILED") {
        tally.failures.push(line.to_owned());
    }
    let Some(result) = line.strip_prefix("test result: ") else {
        return;
    };
    let (_, counts) = result.split_once(". ").unwrap_or_default();
    for count in counts.split("; ") {
        match count.split_once(' ') {
            Some((number, "passed")) => tally.passed += number.parse().unwrap_or(0),
            Some((number, "failed")) => tally.failed += number.parse().unwrap_or(0),
            Some((number, "ignored")) => tally.skipped += number.parse().unwrap_or(0),
            _ => {}
        }
    }
}

/// The test files for Node's own runner, by their folder of tests/, or by the member of the workspace.
fn node_tests() -> Result<BTreeMap<String, Vec<PathBuf>>> {
    let tests = root().join("tests");
    let mut folders: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in files_under(&tests, ".test.mjs")? {
        let folder = file
            .strip_prefix(&tests)
            .ok()
            .and_then(|inside| inside.iter().next())
            .unwrap_or_default();
        folders
            .entry(folder.to_string_lossy().into_owned())
            .or_default()
            .push(file);
    }
    for build::Member { name, .. } in build::members() {
        let files = files_under(&root().join(name).join("tests"), ".test.mjs")?;
        if !files.is_empty() {
            folders.insert(name.to_owned(), files);
        }
    }
    Ok(folders)
}

/// Runs tests in Node. They find the two programs that they start in `SANDBOX` and `CHROMIUM`.
fn node(files: &[PathBuf], chromium: Option<&Path>) -> Result<Tally> {
    let mut node = command("node")?;
    node.args(["--test", "--test-reporter=spec"]).args(files);
    node.env("SANDBOX", build::sandbox_program()?);
    if let Some(chromium) = chromium {
        node.env("CHROMIUM", chromium);
    }
    counted(&mut node, count_node)
}

/// `ℹ pass 5`, and so on for the other outcomes; after them come all failures with their reasons.
fn count_node(line: &str, tally: &mut Tally) {
    if line == "✖ failing tests:" || !tally.failures.is_empty() {
        tally.failures.push(line.to_owned());
    }
    let Some(count) = line.strip_prefix("ℹ ") else {
        return;
    };
    match count.split_once(' ') {
        Some(("pass", number)) => tally.passed += number.parse().unwrap_or(0),
        Some(("fail" | "cancelled", number)) => tally.failed += number.parse().unwrap_or(0),
        Some(("skipped" | "todo", number)) => tally.skipped += number.parse().unwrap_or(0),
        _ => {}
    }
}

/// `✓ vite-build (1.0 s)`, or with a `✗`.
fn count_cells(line: &str, tally: &mut Tally) {
    match line.split_once(' ') {
        Some(("✓", _)) => tally.passed += 1,
        Some(("✗", _)) => {
            tally.failed += 1;
            tally.failures.push(line.to_owned());
        }
        _ => {}
    }
}

/// Shows the output of a command, and reads its counts from it.
fn counted(command: &mut Command, count: fn(&str, &mut Tally)) -> Result<Tally> {
    command.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    let mut tally = Tally::default();
    let status = run_by_lines(command, |line| count(line, &mut tally))?;
    if !status.success() && tally.failed == 0 {
        // It failed before its tests: for example, they did not compile.
        tally.add(Tally::failed(format!(
            "`{}` failed: {status}",
            shown(command)
        )));
    }
    Ok(tally)
}

/// The files under a folder with this ending, in order; none if there is no such folder.
fn files_under(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    let unreadable = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            found.extend(files_under(&path, end)?);
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(lines: &str, count: fn(&str, &mut Tally)) -> (usize, usize, usize) {
        let mut tally = Tally::default();
        lines.lines().for_each(|line| count(line, &mut tally));
        (tally.passed, tally.failed, tally.skipped)
    }

    #[test]
    fn cargo_counts_add_up_over_its_programs() {
        let lines = "running 3 tests\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 40 passed; 5 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(counts(lines, count_cargo), (42, 5, 1));
    }

    #[test]
    fn tests_that_node_cancelled_have_not_passed() {
        let lines = "ℹ tests 10\nℹ suites 1\nℹ pass 4\nℹ fail 1\nℹ cancelled 2\nℹ skipped 3\nℹ todo 0\n\
            ℹ duration_ms 273.750938";
        assert_eq!(counts(lines, count_node), (4, 3, 3));
    }

    fn failures(lines: &str, count: fn(&str, &mut Tally)) -> Vec<String> {
        let mut tally = Tally::default();
        lines.lines().for_each(|line| count(line, &mut tally));
        tally.failures
    }

    #[test]
    fn failures_are_kept_for_the_end() {
        let cargo = "test a::b ... ok\ntest a::c ... FAILED\n\nfailures:\n    a::c";
        assert_eq!(failures(cargo, count_cargo), ["test a::c ... FAILED"]);
        let node = "✖ a name (2 ms)\nℹ fail 1\n\n✖ failing tests:\n\n✖ a name (2 ms)\n  Error: why";
        assert_eq!(
            failures(node, count_node),
            ["✖ failing tests:", "", "✖ a name (2 ms)", "  Error: why"]
        );
        let cells = "✓ bun (0.4 s)\n✗ webpack (2.0 s)\nError: it shows nothing";
        assert_eq!(failures(cells, count_cells), ["✗ webpack (2.0 s)"]);
    }

    #[test]
    fn each_step_is_done_once_and_reported_in_order() {
        for count in 0..5 {
            let steps = &["a", "b", "c", "d"][..count];
            assert_eq!(side_by_side(steps, str::to_owned), steps);
        }
    }

    #[test]
    fn a_cell_counts_when_it_is_reported_and_not_in_the_table() {
        let lines = "✓ bun (0.4 s)\n✗ webpack (2.0 s)\nError: it shows nothing\n\n\
            bun      bun 1.4.5        passed     0.4 s\nwebpack  webpack 5.112.2  failed     2.0 s";
        assert_eq!(counts(lines, count_cells), (1, 1, 0));
    }
}
