//! The sandbox as an HTTP server, on this machine only: see `cargo run -p sandbox -- --help`.
//!
//! | to find | look into |
//! |---|---|
//! | the command line | [`arguments`] |
//! | the check of the `Host` | [`hosts`] |
//! | from requests to the service and back | [`seat`], below HTTP [`wire`] |
//! | files and CORS | [`site`] |
//! | the log | [`log`] |

mod arguments;
mod hosts;
mod log;
mod seat;
mod site;
mod wire;

use std::error::Error;
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{HeaderValue, header};
use axum::routing::{any, get};
use axum::{Router, middleware};
use fastrand::Rng;
use sandbox::record::Record;
use sandbox::seed;
use sandbox::service::Service;
use sandbox::sqlite::Sqlite;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::arguments::Arguments;
use crate::hosts::Hosts;
use crate::log::Log;
use crate::wire::{Line, Wires};

/// The state shared by all requests.
struct Shared {
    service: Mutex<Service<Sqlite>>,
    /// A fixed time, if one was given.
    now: Option<i64>,
}

/// The time that open requests get to finish after the signal.
const GRACE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let arguments = match arguments::read(lexopt::Parser::from_env()) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{}", arguments::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}; see --help");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the sandbox cannot run: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let file = arguments.file.as_deref();
    let seeds = seed::customers(arguments.seed).map(Record::new);
    let store = Sqlite::open(file, seeds)?;
    let dice = Rng::with_seed(arguments.dice.unwrap_or_else(entropy));
    let service = Service::new(store, &arguments.token, arguments.rate_limit, dice);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(arguments, Mutex::new(service)))?;
    Ok(())
}

/// Returns an unpredictable number: the standard library seeds its hash maps with one.
fn entropy() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}

fn app(arguments: &Arguments, shared: Arc<Shared>, hosts: Hosts, log: Log) -> Router {
    Router::new()
        .route("/api", any(seat::answer))
        .route("/api/", any(seat::answer))
        .route("/api/{*path}", any(seat::answer))
        .route("/scenario/{*path}", any(seat::answer))
        .route("/sandbox/scenarios/{name}", get(seat::scenario))
        .merge(site::files(&arguments.www))
        .layer(site::cors(arguments.expose_headers))
        .layer(middleware::from_fn_with_state(hosts, hosts::check))
        .layer(middleware::from_fn_with_state(log, log::line))
        .layer(middleware::from_fn(wire::begun))
        // A browser retries by itself if a reused connection is reset. With one connection per request a client sees
        // every reset, and a scenario sees every request.
        .layer(SetResponseHeaderLayer::overriding(
            header::CONNECTION,
            HeaderValue::from_static("close"),
        ))
        .with_state(shared)
}

async fn serve(arguments: &Arguments, service: Mutex<Service<Sqlite>>) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    let address = listener.local_addr()?;
    let stopping = Arc::new(Notify::new());
    let stop = stopping.clone().notified_owned();
    let hosts = Hosts::new(address.port(), &arguments.hosts);
    let log = Log::start(arguments.quiet);
    let now = arguments.now;
    let app = app(arguments, Arc::new(Shared { service, now }), hosts, log);
    let service = app.into_make_service_with_connect_info::<Line>();
    let server = axum::serve(Wires(listener), service).with_graceful_shutdown(stop);
    let server = tokio::spawn(server.into_future());
    let asked = signal()?;

    println!("listening on http://{address}");
    io::stdout().flush()?;

    asked.await;
    stopping.notify_one();
    // A stalled response would never end by itself.
    let _ = tokio::time::timeout(GRACE, server).await;
    Ok(())
}

/// Resolves when the process is asked to end: Ctrl-C or SIGTERM.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use std::future;
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(future::poll_fn(move |context| {
        if interrupt.poll_recv(context).is_ready() || terminate.poll_recv(context).is_ready() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    }))
}

/// Resolves when the process is asked to end: Ctrl-C.
#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
