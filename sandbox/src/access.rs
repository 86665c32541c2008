//! Who may enter.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Sandbox;
use crate::answer::Refusal;

/// A token that is known but may do nothing.
pub const FORBIDDEN_TOKEN: &str = "sandbox-forbidden";

/// Lets a request pass that carries the token.
pub async fn check(State(sandbox): State<Arc<Sandbox>>, request: Request, next: Next) -> Response {
    match bearer(request.headers()) {
        Some(token) if token == sandbox.token => next.run(request).await,
        Some(FORBIDDEN_TOKEN) => Refusal::Status(StatusCode::FORBIDDEN).into_response(),
        _ => Refusal::Status(StatusCode::UNAUTHORIZED).into_response(),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
