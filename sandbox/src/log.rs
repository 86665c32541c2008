//! One line per request: method, route template, status, duration. Never a path, a query, a header or
//! a body, as they hold what is personal or secret.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Writes the line of a request to the standard error.
pub async fn line(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let began = Instant::now();
    let response = next.run(request).await;
    let route = path.as_ref().map_or("(no route)", MatchedPath::as_str);
    eprintln!(
        "{method} {route} {} {:.1?}",
        response.status().as_u16(),
        began.elapsed()
    );
    response
}
