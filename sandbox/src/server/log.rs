//! One line per request: method, route template, status, duration. Never a path, a query, a header or a body, as they
//! contain personal data or secrets.
//!
//! If the parent process does not read our output, a full pipe blocks its writer. So a separate thread writes the
//! lines, and lines that do not fit into its queue are dropped.

use std::io::Write;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::seat::Template;

/// The maximum number of queued lines.
const WAITING: usize = 1000;

/// The queue of the thread; `None` if nothing is logged.
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
                // An error here cannot be reported anywhere.
                let _ = std::io::stderr().write_all(line.as_bytes());
            }
        });
        Self(Some(sender))
    }

    fn write(&self, line: String) {
        if let Some(sender) = &self.0 {
            // If the queue is full, drop this line.
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
