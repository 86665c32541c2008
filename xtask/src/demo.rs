//! The demo: the page and the API, served by the sandbox; the same behind the worker of edge/; or the page with the
//! sandbox inside, as files.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::run::{Result, command, not_started, print_times, root, run, target};
use crate::{build, setup};

/// The first port to try.
const PORT: u16 = 8787;

/// Serves the demo, or with `--static [FOLDER]` writes it as files for any static host.
pub fn demo(arguments: &[String]) -> Result {
    match arguments {
        [flag, folder @ ..] if flag == "--static" => write(folder.first()),
        [flag, arguments @ ..] if flag == "--edge" => serve_from_edge(arguments),
        _ => serve(arguments),
    }
}

fn write(folder: Option<&String>) -> Result {
    build::package()?;
    let folder = match folder {
        Some(folder) => folder.into(),
        None => target()?.join("demo"),
    };
    run(command("node")?.arg("xtask/static.mjs").arg(&folder))?;
    println!("The demo is in {}", folder.display());
    Ok(())
}

/// Builds everything and serves until it is interrupted.
fn serve(arguments: &[String]) -> Result {
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

/// Serves the page and the worker of edge/ in workerd, in front of a sandbox, until it is interrupted.
fn serve_from_edge(arguments: &[String]) -> Result {
    setup::to_serve_from_edge()?;
    build::package()?;
    build::sandbox()?;
    print_times();

    let mut command_line = Command::new(build::sandbox_program()?);
    command_line
        .current_dir(root())
        .args(["--seed", "1000", "--port", "0"])
        .args(arguments)
        .stdout(Stdio::piped());
    let mut sandbox = command_line
        .spawn()
        .map_err(|error| not_started(&command_line, &error))?;
    let served = listening(&mut sandbox).and_then(|origin| {
        run(command("node")?
            .arg("xtask/edge.mjs")
            .args([origin, free_port()?.to_string()]))
    });
    // It has already ended if it was interrupted together with this process.
    let _ = sandbox.kill();
    let _ = sandbox.wait();
    served
}

/// Reads the sandbox's origin from its output. The rest of its output is shown.
fn listening(sandbox: &mut Child) -> Result<String> {
    let output = sandbox.stdout.take().ok_or("the sandbox says nothing")?;
    let mut lines = BufReader::new(output)
        .lines()
        .map_while(std::io::Result::ok);
    let origin = lines
        .find_map(|line| Some(line.strip_prefix("listening on ")?.to_owned()))
        .ok_or("the sandbox ended before it listened")?;
    thread::spawn(move || lines.for_each(|line| println!("{line}")));
    Ok(origin)
}

/// The usual port, or the next free one.
fn free_port() -> Result<u16> {
    (PORT..PORT + 100)
        .find(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
        .ok_or_else(|| format!("the ports from {PORT} to {} are all taken", PORT + 99))
}

/// Replaces this process, so that the sandbox gets its signals.
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
