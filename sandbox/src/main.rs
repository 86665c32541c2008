//! A development server that speaks the contract of the Customers API.
//!
//! Users of `collins-customers` have no test account on the first day, and tests need a service that
//! misbehaves when it is told to. So this is the service as its documentation describes it, on this machine
//! only, filled with customers that nobody is: `cargo run -p sandbox -- --help` says how it is used.
//!
//! The rules are the core's: what the sandbox refuses it refuses through `collins_customers::rules` and
//! `collins_customers::filter::query`. What it adds is a memory and manners.
//!
//! | to find | look into |
//! |---|---|
//! | the command line | [`arguments`] |
//! | the five operations | [`routes`], their bodies [`answer`], what a write changes [`change`] |
//! | who may enter, and how often | [`access`], [`quota`] |
//! | the store and its indexes | [`database`] |
//! | filters and orders in SQL | [`selection`], the text search [`search`] (with [`fold`]) |
//! | the customers to begin with | [`seed`] (with [`names`]) |
//! | answers that go wrong | [`fault`], [`gateway`], below HTTP [`wire`], counted [`scenario`] |
//! | files and cross-origin calls | [`site`] |
//! | what is logged | [`log`] |

mod access;
mod answer;
mod arguments;
mod change;
mod database;
mod fault;
mod fold;
mod gateway;
mod log;
mod names;
mod quota;
mod routes;
mod scenario;
mod search;
mod seed;
mod selection;
mod site;
mod wire;

use std::error::Error;
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{HeaderValue, header};
use axum::routing::get;
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::arguments::Arguments;
use crate::database::Database;
use crate::quota::Quota;
use crate::scenario::Scenarios;
use crate::wire::{Line, Wires};

/// What all requests share.
pub struct Sandbox {
    database: Mutex<Database>,
    quota: Quota,
    scenarios: Scenarios,
    token: String,
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
    let database = Database::open(file, seed::customers(arguments.seed))?;
    let sandbox = Arc::new(Sandbox {
        database: Mutex::new(database),
        quota: Quota::new(arguments.rate_limit),
        scenarios: Scenarios::default(),
        token: arguments.token.clone(),
    });
    let app = app(arguments, &sandbox);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(arguments.port, app))?;
    Ok(())
}

fn app(arguments: &Arguments, sandbox: &Arc<Sandbox>) -> Router {
    let api = routes::api(sandbox);
    Router::new()
        .nest("/api", api.clone())
        .nest("/scenario/{scenario}/{faults}/api", api)
        .route("/sandbox/scenarios/{name}", get(scenario::show))
        .merge(site::files(&arguments.www))
        .layer(site::cors(arguments.expose_headers))
        .layer(middleware::from_fn(log::line))
        // A browser sends a request again by itself where a connection that it had used before is reset.
        // With a connection for each request a client sees every reset, and a scenario every request.
        .layer(SetResponseHeaderLayer::overriding(
            header::CONNECTION,
            HeaderValue::from_static("close"),
        ))
        .with_state(sandbox.clone())
}

async fn serve(port: u16, app: Router) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    let stopping = Arc::new(Notify::new());
    let stop = stopping.clone().notified_owned();
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
