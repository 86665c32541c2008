//! The project's commands: `cargo xtask <command>`.
//!
//! Each command does the set-up that it needs and skips what is already done, so a fresh clone and a daily checkout are
//! used in the same way.

use std::env;
use std::process::ExitCode;

mod bench;
mod build;
mod demo;
mod fuzz;
mod generate;
mod matrix;
mod reference;
mod run;
mod setup;
mod size;
mod test;

const HELP: &str = "\
The project's commands. Each does the set-up it needs.

    cargo xtask setup          fetch and build the tools (target/tools, node_modules)
    cargo xtask build          build the npm package into pkg/
    cargo xtask generate       write what JavaScript knows of the contract anew, from the tables in Rust
    cargo xtask demo [ARGS]    build, then serve the demo page; ARGS go to the sandbox. With --static [FOLDER] write it as
                               files for any static host, the sandbox inside [default: target/demo]; with --edge
                               serve it behind the worker of edge/
    cargo xtask test [STEP…]   run every check and every test, or only the steps named
    cargo xtask matrix [CELL…] run the package in every runtime, bundler and browser, or only in those named
    cargo xtask fuzz [TARGET…] [SECONDS]
                               run the core under libFuzzer, each target for a minute or so long
    cargo xtask reference      write the reference of the JavaScript API to target/reference
    cargo xtask size           print the package's bytes and compare them with size-ceilings.json
    cargo xtask bench [--beside FOLDER] [ROW…]
                               measure the package beside others, or only the rows named (BENCHMARKS.md); with --beside,
                               another build of it as well: the pkg/ of another checkout, or an unpacked package
";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match (command.as_str(), rest.as_slice()) {
        ("setup", []) => setup::to_test(),
        ("build", []) => build::package(),
        ("generate", []) => generate::all(),
        ("demo", arguments) => demo::demo(arguments),
        ("test", steps) => test::all(steps),
        ("matrix", cells) => matrix::all(cells),
        ("fuzz", arguments) => fuzz::all(arguments),
        ("reference", []) => reference::write(),
        ("size", []) => build::package().and_then(|()| size::compare()),
        ("bench", arguments) => bench::measure(arguments),
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nerror: {message}");
            ExitCode::FAILURE
        }
    }
}
