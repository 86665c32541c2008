//! The parts for browsers: the demo page, the npm package, and CORS.

use std::path::Path;

use axum::Router;
use axum::http::request::Parts as RequestParts;
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use sandbox::quota;
use sandbox::service::PAGINATION;

/// The page may load its own files, run WebAssembly, and talk to this machine only. The hash is that of the import map
/// in `www/index.html`, which browsers accept only inline.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' \
     'sha256-ueJxoW3Z5NEWzKGCTi5cVT7s4YZdaa6jqR4bYmfz6os='; style-src 'self'; img-src 'self' data:; \
     connect-src 'self' http://localhost:* http://127.0.0.1:*; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves the demo page, and the npm package as last built, in `pkg` beside it.
pub fn files<S: Clone + Send + Sync + 'static>(www: &Path) -> Router<S> {
    let always =
        |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .nest_service("/pkg", ServeDir::new(www.join("../pkg")))
        .fallback_service(ServeDir::new(www))
        // Always serves the current version of a page that is being worked on.
        .layer(always(header::CACHE_CONTROL, "no-cache"))
        .layer(always(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // Searches in the page's address must not leak to other sites.
        .layer(always(header::REFERRER_POLICY, "no-referrer"))
}

/// Pages of this machine may call the API from any port, with any request headers; they may read the pagination and
/// quota headers only if `expose` is true.
pub fn cors(expose: bool) -> CorsLayer {
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_loopback))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request());
    if !expose {
        return cors;
    }
    let others = ["retry-after", "retry-after-ms", "date"];
    let names = PAGINATION.into_iter().chain(quota::HEADERS).chain(others);
    cors.expose_headers(names.map(HeaderName::from_static).collect::<Vec<_>>())
}

fn is_loopback(origin: &HeaderValue, _: &RequestParts) -> bool {
    let origin = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.parse::<Uri>().ok());
    let host = origin.as_ref().and_then(Uri::host);
    matches!(host, Some("localhost" | "127.0.0.1" | "[::1]"))
}
