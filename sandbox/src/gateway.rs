//! What stands before the API and makes its answers go wrong on request.

use std::future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{self, Body, Bytes};
use axum::extract::{
    ConnectInfo, FromRequestParts, MatchedPath, OriginalUri, RawPathParams, Request, State,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};

use crate::Sandbox;
use crate::answer::{self, Refusal};
use crate::fault::{self, Fault, Kind};
use crate::wire::Line;

const FAULT: HeaderName = HeaderName::from_static("x-sandbox-fault");
const SCENARIO: HeaderName = HeaderName::from_static("x-sandbox-scenario");

/// How long a body may be: many times the longest that the contract allows.
const LONGEST_BODY: usize = 1 << 20;

const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
     <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// Lets a request pass to the API, undisturbed or with the fault that is its turn.
pub async fn pass(
    State(sandbox): State<Arc<Sandbox>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    // Read to its end whatever comes of it: closing a connection on unread bytes resets it, and the
    // client might then never see the answer.
    let Ok(body) = body::to_bytes(body, LONGEST_BODY).await else {
        return Refusal::Status(StatusCode::PAYLOAD_TOO_LARGE).into_response();
    };
    let wish = Wish::read(&mut parts).await;
    let Some(sequence) = fault::parse(&wish.faults) else {
        return Refusal::Unreadable(fault::USAGE).into_response();
    };
    let turn = match &wish.scenario {
        Some(scenario) => sandbox
            .scenarios
            .note(scenario, parts.method.clone(), template(&parts)),
        None => 0,
    };
    let Some(Fault { kind, headers }) = sequence.into_iter().nth(turn) else {
        return next.run(Request::from_parts(parts, Body::from(body))).await;
    };
    let other_host = other_host(&parts);
    let operation = next.run(Request::from_parts(parts, Body::from(body)));
    let mut response = match kind {
        Kind::Ok => operation.await,
        Kind::Status(status) => Refusal::Status(status).into_response(),
        Kind::Html => page(StatusCode::BAD_GATEWAY, GATEWAY_PAGE),
        Kind::Redirect => (StatusCode::FOUND, [(header::LOCATION, other_host)]).into_response(),
        Kind::Reset => reset(&line),
        Kind::Delay(time) => {
            tokio::time::sleep(time).await;
            operation.await
        }
        Kind::Lost => {
            operation.await;
            reset(&line)
        }
        Kind::Truncate => broken(operation.await, End::Break, &line).await,
        Kind::Stall => broken(operation.await, End::Silence, &line).await,
        Kind::Empty => emptied(operation.await),
        Kind::Json => {
            operation.await;
            answer::json(StatusCode::OK, r#"{"customers":[{"id":"#.into())
        }
    };
    response.headers_mut().extend(headers);
    response
}

/// What a request wants to go wrong.
struct Wish {
    scenario: Option<String>,
    faults: String,
}

impl Wish {
    /// From the path, `/scenario/{scenario}/{faults}/api/…`, or else from the headers.
    async fn read(parts: &mut Parts) -> Self {
        let parameters = RawPathParams::from_request_parts(parts, &()).await.ok();
        let parameter = |name| {
            let mut parameters = parameters.iter().flatten();
            parameters
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
        };
        Self {
            scenario: parameter("scenario").or_else(|| text(&parts.headers, &SCENARIO)),
            faults: parameter("faults")
                .or_else(|| text(&parts.headers, &FAULT))
                .unwrap_or_else(|| "ok".into()),
        }
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The template of the route below the base URL.
fn template(parts: &Parts) -> &str {
    let route = parts
        .extensions
        .get::<MatchedPath>()
        .map(MatchedPath::as_str);
    route
        .and_then(|route| route.split_once("/api"))
        .map_or("(no route)", |(_, template)| template)
}

/// The same URL by the other name of this machine: another host to a client, and yet the same server, so
/// that a redirect that was followed is seen.
fn other_host(parts: &Parts) -> String {
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
    let other = if name == "localhost" {
        "127.0.0.1"
    } else {
        "localhost"
    };
    let path = parts
        .extensions
        .get::<OriginalUri>()
        .map_or_else(|| parts.uri.path(), |uri| uri.path());
    format!("http://{other}:{port}{path}")
}

fn page(status: StatusCode, html: &'static str) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, HeaderValue::from_static("text/html"))],
        html,
    )
        .into_response()
}

/// Whatever is answered now is not: the connection is reset in its place.
fn reset(line: &Line) -> Response {
    line.cut();
    StatusCode::NO_CONTENT.into_response()
}

fn emptied(response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::empty())
}

/// How an answer ends that does not come whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// With half of the body, and then the connection.
    Break,
    /// With the headers, and then silence.
    Silence,
}

/// The answer without its end. One without a body has no end but its headers, so nothing of it comes.
async fn broken(response: Response, end: End, line: &Line) -> Response {
    let (parts, body) = response.into_parts();
    let whole = match body::to_bytes(body, usize::MAX).await {
        Ok(whole) if !whole.is_empty() => whole,
        _ if end == End::Break => return reset(line),
        _ => return future::pending().await,
    };
    let half = if end == End::Break {
        whole.slice(..whole.len() / 2)
    } else {
        Bytes::new()
    };
    let length = whole.len() as u64;
    Response::from_parts(
        parts,
        Body::new(Broken {
            half: Some(half),
            flushed: false,
            length,
            end,
        }),
    )
}

/// A body that announces its whole length and does not keep it.
struct Broken {
    half: Option<Bytes>,
    flushed: bool,
    length: u64,
    end: End,
}

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        if self.end == End::Silence {
            return Poll::Pending;
        }
        if !self.flushed {
            // The server flushes what it has while a body is not ready, and drops it when a body fails.
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
