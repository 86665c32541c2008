//! The sandbox as a server for HTTP, on this machine only: `cargo run -p sandbox -- --help` says how it is used.
//!
//! | to find | look into |
//! |---|---|
//! | the command line | [`arguments`] |
//! | who may speak to it | [`hosts`] |
//! | requests to the service and its answers to the wire | [`seat`], below HTTP [`wire`] |
//! | files and cross-origin calls | [`site`] |
//! | what is logged | [`log`] |

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

/// What all requests share.
struct Shared {
    service: Mutex<Service<Sqlite>>,
    /// The time that it always is, if it is not the present.
    now: Option<i64>,
}

/// How long requests that are under way when the signal comes may take to end.
const GRACE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let arguments = match arguments::read(lexopt::Parser::from_env()) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{}", arguments::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}; --help tells what there is");
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
    let seeds = seed::customers(arguments.seed).map(|customer| Record::new(&customer));
    let store = Sqlite::open(file, seeds)?;
    let dice = Rng::with_seed(arguments.dice.unwrap_or_else(entropy));
    let service = Service::new(store, &arguments.token, arguments.rate_limit, dice);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(arguments, Mutex::new(service)))?;
    Ok(())
}

/// A number that nobody can tell beforehand: the standard library seeds its hash maps with such.
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
        // A browser sends a request again by itself where a connection that it had used before is reset.
        // With a connection for each request a client sees every reset, and a scenario every request.
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
    // An answer that stalls would never end by itself.
    let _ = tokio::time::timeout(GRACE, server).await;
    Ok(())
}

/// Ends when the process is asked to: Ctrl-C, or a polite kill.
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

/// Ends when the process is asked to: Ctrl-C.
#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
