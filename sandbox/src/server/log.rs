//! One line per request: method, route template, status, duration. Never a path, a query, a header or
//! a body, as they hold what is personal or secret.
//!
//! Whoever started the server may not read what it writes, and a pipe that is full blocks its writer. So the lines go
//! to a thread of their own, and those that find no room are left out.

use std::io::Write;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::seat::Template;

/// How many lines may wait to be written.
const WAITING: usize = 1000;

/// Where the lines go; nowhere without a thread.
#[derive(Clone)]
pub struct Log(Option<SyncSender<String>>);

impl Log {
    /// Starts the thread that writes to the standard error, unless nothing is to be logged.
    pub fn start(quiet: bool) -> Self {
        if quiet {
            return Self(None);
        }
        let (sender, lines) = sync_channel::<String>(WAITING);
        std::thread::spawn(move || {
            for line in lines {
                // Nobody can be told that the log cannot be written.
                let _ = std::io::stderr().write_all(line.as_bytes());
            }
        });
        Self(Some(sender))
    }

    fn write(&self, line: String) {
        if let Some(sender) = &self.0 {
            // The lines before it still wait: this one is left out.
            let _ = sender.try_send(line);
        }
    }
}

/// Writes the line of a request.
pub async fn line(State(log): State<Log>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let began = Instant::now();
    let response = next.run(request).await;
    let route = response.extensions().get::<Template>();
    log.write(format!(
        "{method} {} {} {:.1?}\n",
        route.map_or("(no route)", |Template(route)| route),
        response.status().as_u16(),
        began.elapsed()
    ));
    response
}
