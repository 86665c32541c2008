//! Runs other programs: their paths, the messages of failures, and the times of steps.

use std::cell::RefCell;
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// A result whose error is a message for the person at the terminal.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The checkout's root.
pub fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

/// Cargo's target directory: this program is in its `debug` folder, wherever the user has put it.
pub fn target() -> Result<PathBuf> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    match program.ancestors().nth(2) {
        Some(target) => Ok(target.to_path_buf()),
        None => Err(format!("no target directory above {}", program.display())),
    }
}

/// The folder in which `cargo install` puts the project's own tools.
pub fn tools() -> Result<PathBuf> {
    Ok(target()?.join("tools"))
}

/// A command that runs in the root and finds the project's own tools before any other.
pub fn command(program: &str) -> Result<Command> {
    let mut path = vec![tools()?.join("bin"), root().join("node_modules/.bin")];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path =
        env::join_paths(path).map_err(|error| format!("PATH cannot be extended: {error}"))?;
    let mut command = Command::new(find(program, &path).unwrap_or_else(|| program.into()));
    command.current_dir(root()).env("PATH", path);
    Ok(command)
}

/// The program's path in a search path.
pub fn find(program: &str, path: &OsStr) -> Option<PathBuf> {
    env::split_paths(path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

thread_local! {
    static LABEL: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Begins every line that programs of this thread print with a label, as long as programs of other threads print, too.
pub fn set_label(label: String) {
    LABEL.set(label);
}

/// Runs a command to its end and shows its output immediately.
pub fn run(command: &mut Command) -> Result {
    let has_label = LABEL.with_borrow(|label| !label.is_empty());
    let status = if has_label {
        run_by_lines(command, |_| {})?
    } else {
        command
            .status()
            .map_err(|error| not_started(command, &error))?
    };
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed: {status}", shown(command)))
    }
}

/// Runs a command to its end. Shows what it prints line by line, and has each line of its standard output read.
pub fn run_by_lines(command: &mut Command, mut read: impl FnMut(&str)) -> Result<ExitStatus> {
    let label = LABEL.with_borrow(String::clone);
    command.stdout(Stdio::piped());
    if !label.is_empty() {
        command.stderr(Stdio::piped());
    }
    let mut child = command
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        if let Some(errors) = errors {
            scope.spawn(|| each_line(errors, |line| eprintln!("{label}{line}")));
        }
        if let Some(output) = output {
            each_line(output, |line| {
                println!("{label}{line}");
                read(line);
            });
        }
    });
    child.wait().map_err(|error| not_started(command, &error))
}

fn each_line(output: impl Read, mut action: impl FnMut(&str)) {
    for line in BufReader::new(output)
        .split(b'\n')
        .map_while(std::io::Result::ok)
    {
        action(String::from_utf8_lossy(&line).trim_end_matches('\r'));
    }
}

/// Does two things at the same time. Returns the first error after both have ended.
pub fn together(one: impl FnOnce() -> Result, other: impl FnOnce() -> Result + Send) -> Result {
    thread::scope(|scope| {
        let other = scope.spawn(other);
        let first = one();
        let second = other
            .join()
            .unwrap_or_else(|_| Err("a part of xtask panicked".to_owned()));
        first.and(second)
    })
}

/// Runs a command to its end without showing its output. Returns the output, or the reason why there is none.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        let error = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "`{}` failed: {}\n{error}",
            shown(command),
            output.status
        ))
    }
}

/// The message for a program that could not be started.
pub fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}", shown(command))
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![
        program
            .file_name()
            .unwrap_or(program.as_os_str())
            .to_string_lossy(),
    ];
    words.extend(
        command
            .get_args()
            .map(|argument| argument.to_string_lossy()),
    );
    words.join(" ")
}

/// The steps that were done, for `print_times`.
static DONE: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

/// Announces a step, does it, and prints its time.
pub fn step<T>(what: &str, action: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {what}");
    let started = Instant::now();
    let result = action();
    let time = started.elapsed();
    let mark = if result.is_ok() { '✓' } else { '✗' };
    println!("{mark} {what}: {}", seconds(time));
    if let Ok(mut done) = DONE.lock() {
        done.push((what.to_owned(), time));
    }
    result
}

/// The names and the times of all steps so far.
pub fn times() -> Vec<(String, Duration)> {
    DONE.lock().map(|done| done.clone()).unwrap_or_default()
}

/// Prints the times of all steps so far.
pub fn print_times() {
    let done = times();
    println!("\nThe time went into:");
    for (what, time) in &done {
        println!("{:>12}  {what}", seconds(*time));
    }
    let sum = done.iter().map(|(_, time)| *time).sum();
    println!("{:>12}  in all\n", seconds(sum));
}

/// A duration, for people.
pub fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..60 => format!("{:.1} s", duration.as_secs_f64()),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}
