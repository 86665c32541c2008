//! The demo: the page and the API it works with, served by the sandbox.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use crate::build;
use crate::run::{Result, not_started, print_times, root};

/// Where the demo is looked for first.
const PORT: u16 = 8787;

/// Builds everything and serves until it is interrupted.
pub fn serve(arguments: &[String]) -> Result {
    build::package()?;
    build::sandbox()?;
    print_times();

    let mut sandbox = Command::new(build::sandbox_program()?);
    sandbox.current_dir(root()).args(["--seed", "1000"]);
    if !arguments
        .iter()
        .any(|argument| argument.starts_with("--port"))
    {
        sandbox.args(["--port", &free_port()?.to_string()]);
    }
    let error = replace_this_process(sandbox.args(arguments));
    Err(not_started(&sandbox, &error))
}

/// The usual port, or the next one that no other program has taken.
fn free_port() -> Result<u16> {
    (PORT..PORT + 100)
        .find(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
        .ok_or_else(|| format!("the ports from {PORT} to {} are all taken", PORT + 99))
}

/// So that the sandbox gets the signals that are meant for the demo.
#[cfg(unix)]
fn replace_this_process(command: &mut Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

#[cfg(not(unix))]
fn replace_this_process(command: &mut Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
