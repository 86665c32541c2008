//! The adapter for HTTP: passes requests to the service, and carries out its responses, faults included.

use std::future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::{self, Body, Bytes};
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use sandbox::fault::{self, Kind};
use sandbox::http::{self, Answer, Ending};
use sandbox::refusal::Refusal;
use sandbox::routes::Route;
use sandbox::service::{LONGEST_BODY, Service};
use sandbox::sqlite::Sqlite;

use crate::Shared;
use crate::wire::{Line, PATIENCE};

/// The route of a request, for the log.
#[derive(Clone, Copy)]
pub struct Template(pub &'static str);

/// Answers a request to the API.
pub async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let route = Route::new(parts.uri.path()).unwrap_or_default();
    let template = route.template().unwrap_or("(no route)");
    let mut response = match read(body).await {
        Ok(body) => {
            let request = Arc::new(Received { parts, body });
            carried_out(serve(shared, request).await, &line).await
        }
        Err(status) => plain(Refusal::Status(status).into()),
    };
    response.extensions_mut().insert(Template(template));
    response
}

/// Reads a body to its end in any case: closing a connection with unread bytes resets it, and the client might then
/// never see the response.
async fn read(body: Body) -> Result<Bytes, u16> {
    let reading = body::to_bytes(body, LONGEST_BODY);
    match tokio::time::timeout(PATIENCE, reading).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(413),
        Err(_) => Err(408),
    }
}

/// `GET /sandbox/scenarios/{name}`: the number of requests of a scenario, and their routes.
pub async fn scenario(State(shared): State<Arc<Shared>>, Path(name): Path<String>) -> Response {
    let seen = with(&shared, move |service| service.scenarios.describe(&name)).await;
    let mut response =
        plain(seen.map_or(Refusal::Status(500).into(), |seen| Answer::json(200, seen)));
    response
        .extensions_mut()
        .insert(Template("/sandbox/scenarios/{name}"));
    response
}

/// A received request.
struct Received {
    parts: Parts,
    body: Bytes,
}

impl Received {
    fn as_request(&self) -> http::Request<'_> {
        let header = |name: &str| {
            let value = self.parts.headers.get(name);
            value
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        http::Request {
            method: self.parts.method.as_str(),
            path: self.parts.uri.path(),
            query: self.parts.uri.query().unwrap_or_default(),
            authorization: header("authorization"),
            content_type: header("content-type"),
            host: header("host"),
            fault: header("x-sandbox-fault"),
            scenario: header("x-sandbox-scenario"),
            body: &self.body,
        }
    }
}

async fn serve(shared: Arc<Shared>, received: Arc<Received>) -> Answer {
    let request = received.clone();
    let plan = with(&shared, move |service| {
        service.receive(&request.as_request())
    })
    .await;
    let plan = match plan {
        Ok(Ok(plan)) => plan,
        Ok(Err(answer)) => return answer,
        Err(Broken) => return Refusal::Status(500).into(),
    };
    if let Some(Kind::Delay(time)) = fault::parse(&plan).map(|fault| fault.kind) {
        // A client that disconnects meanwhile cancels this.
        tokio::time::sleep(Duration::from_millis(time.into())).await;
    }
    let now = shared.now.unwrap_or_else(present);
    let answer = with(&shared, move |service| {
        service.answer(&received.as_request(), &plan, now)
    });
    answer.await.unwrap_or(Refusal::Status(500).into())
}

/// The work on the service panicked.
struct Broken;

/// Runs a function with the service, off the threads that serve connections. It runs to its end even if the client
/// disconnects meanwhile.
async fn with<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&mut Service<Sqlite>) -> T + Send + 'static,
) -> Result<T, Broken> {
    let shared = shared.clone();
    let done = tokio::task::spawn_blocking(move || {
        work(
            &mut shared
                .service
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    });
    done.await.map_err(|_| Broken)
}

fn present() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// A response that ends normally.
pub fn plain(mut answer: Answer) -> Response {
    let body = Body::from(std::mem::take(&mut answer.body));
    with_body(&answer, body)
}

fn with_body(answer: &Answer, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers() {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_bytes(value.as_bytes()),
        ) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Builds a response with the ending that it asks for.
async fn carried_out(mut answer: Answer, line: &Line) -> Response {
    let cut = match answer.ending {
        Ending::Whole => return plain(answer),
        Ending::CutOff(length) => Some(length),
        Ending::Stalled => None,
        Ending::Silent => return future::pending().await,
        Ending::Reset => {
            // This response is never sent: the connection is reset instead.
            line.cut();
            return plain(Answer::empty(204));
        }
    };
    let whole = Bytes::from(std::mem::take(&mut answer.body));
    let body = Unfinished {
        begin: Some(whole.slice(..cut.unwrap_or(0))),
        flushed: false,
        length: whole.len() as u64,
        breaks: cut.is_some(),
    };
    with_body(&answer, Body::new(body))
}

/// A body that announces its whole length but does not deliver it.
struct Unfinished {
    begin: Option<Bytes>,
    flushed: bool,
    length: u64,
    /// True if the connection breaks; false if it only goes silent.
    breaks: bool,
}

impl http_body::Body for Unfinished {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(begin) = self.begin.take() {
            return Poll::Ready(Some(Ok(Frame::data(begin))));
        }
        if !self.breaks {
            return Poll::Pending;
        }
        if !self.flushed {
            // The server flushes its buffer while a body is not ready, and drops it if a body fails.
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
