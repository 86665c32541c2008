//! The five operations.

use std::future;
use std::sync::{Arc, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use collins_customers::contract::CUSTOMERS;
use collins_customers::customer::CustomerUpdate;
use collins_customers::filter::query;
use collins_customers::rules::{self, Issue};
use fastrand::Rng;
use serde::Deserialize;

use crate::answer::{self, Refusal};
use crate::database::{Database, Page};
use crate::selection::Selection;
use crate::{Sandbox, access, change, gateway, quota, seed};

pub const PAGE: HeaderName = HeaderName::from_static("x-pagination-page");
pub const PER_PAGE: HeaderName = HeaderName::from_static("x-pagination-per-page");
pub const TOTAL_PAGES: HeaderName = HeaderName::from_static("x-pagination-total-pages");
pub const TOTAL_RESULTS: HeaderName = HeaderName::from_static("x-pagination-total-results");

/// The API below its base URL. A request passes the gateway, is let in, is counted, and is carried out.
pub fn api(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let layer = sandbox.clone();
    Router::new()
        .route(CUSTOMERS, get(list).post(create))
        .route(
            &format!("{CUSTOMERS}/{{customer_id}}"),
            get(read).put(update).delete(remove),
        )
        .fallback(|| future::ready(missing()))
        .method_not_allowed_fallback(|| {
            future::ready(Refusal::Status(StatusCode::METHOD_NOT_ALLOWED))
        })
        .layer(middleware::from_fn_with_state(layer.clone(), quota::count))
        .layer(middleware::from_fn_with_state(layer.clone(), access::check))
        .layer(middleware::from_fn_with_state(layer, gateway::pass))
}

#[derive(Deserialize)]
struct CustomerPath {
    customer_id: String,
}

async fn list(
    State(sandbox): State<Arc<Sandbox>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let filter = query::parse(query.as_deref().unwrap_or_default())?;
    let selection = Selection::new(&filter)?;
    let (limit, page) = (selection.limit(), selection.page());
    let Page { customers, total } = store(&sandbox, move |store| store.list(&selection)).await?;
    let headers = [
        (PAGE, page),
        (PER_PAGE, limit),
        // As in Laravel, no customers are one empty page.
        (TOTAL_PAGES, total.div_ceil(limit).max(1)),
        (TOTAL_RESULTS, total),
    ];
    let headers = headers.map(|(name, number)| (name, number.to_string()));
    let body = format!("{{\"customers\":[{}]}}", customers.join(","));
    Ok((headers, answer::json(StatusCode::OK, body)).into_response())
}

async fn create(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let fields = fields(&headers, &body, rules::new_customer)?;
    let now = change::now();
    let mut customer = change::blank(seed::id(&mut Rng::new()), &now);
    change::apply(fields, &mut customer, &now)?;
    let text = store(&sandbox, move |store| store.insert(&customer)).await?;
    Ok(found(StatusCode::CREATED, &text))
}

async fn read(
    State(sandbox): State<Arc<Sandbox>>,
    Path(CustomerPath { customer_id }): Path<CustomerPath>,
) -> Result<Response, Refusal> {
    check_id(&customer_id)?;
    let text = store(&sandbox, move |store| store.get(&customer_id)).await?;
    Ok(found(StatusCode::OK, &text.ok_or_else(missing)?))
}

async fn update(
    State(sandbox): State<Arc<Sandbox>>,
    Path(CustomerPath { customer_id }): Path<CustomerPath>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    check_id(&customer_id)?;
    let fields = fields(&headers, &body, rules::customer_update)?;
    let change = move |customer: &mut _| change::apply(fields, customer, &change::now());
    let updated = store(&sandbox, move |store| store.update(&customer_id, change)).await?;
    let text = updated.ok_or_else(missing)??;
    Ok(found(StatusCode::OK, &text))
}

async fn remove(
    State(sandbox): State<Arc<Sandbox>>,
    Path(CustomerPath { customer_id }): Path<CustomerPath>,
) -> Result<Response, Refusal> {
    check_id(&customer_id)?;
    let existed = store(&sandbox, move |store| store.delete(&customer_id)).await?;
    if existed {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(missing())
    }
}

fn found(status: StatusCode, text: &str) -> Response {
    answer::json(status, format!("{{\"customer\":{text}}}"))
}

fn missing() -> Refusal {
    Refusal::Status(StatusCode::NOT_FOUND)
}

fn check_id(id: &str) -> Result<(), Refusal> {
    let issues = rules::customer_id(id);
    if issues.is_empty() {
        Ok(())
    } else {
        Err(issues.into())
    }
}

/// Reads a body; `rules` are those of the operation.
fn fields(
    headers: &HeaderMap,
    body: &[u8],
    rules: fn(&str) -> Vec<Issue>,
) -> Result<CustomerUpdate, Refusal> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Err(Refusal::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let text = str::from_utf8(body).map_err(|_| unreadable())?;
    let issues = rules(text);
    // An issue of the body as a whole has no field to stand under.
    if issues.iter().any(|issue| issue.path.is_empty()) {
        return Err(unreadable());
    }
    if !issues.is_empty() {
        return Err(issues.into());
    }
    // The fields of a create are among those of an update. What the rules let pass and this does not is
    // text that no string can hold: half of a surrogate pair.
    serde_json::from_str(text).map_err(|_| unreadable())
}

fn unreadable() -> Refusal {
    Refusal::Unreadable("The body must be a JSON object")
}

/// Runs some work on the store, off the threads that serve connections. It is carried out to its end even
/// where the client goes away meanwhile.
async fn store<T: Send + 'static>(
    sandbox: &Arc<Sandbox>,
    work: impl FnOnce(&mut Database) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let sandbox = sandbox.clone();
    let done = tokio::task::spawn_blocking(move || {
        work(
            &mut sandbox
                .database
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    });
    match done.await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => {
            // SQLite speaks of tables and columns, never of a value.
            eprintln!("the store failed: {error}");
            Err(Refusal::Status(StatusCode::INTERNAL_SERVER_ERROR))
        }
        Err(_) => Err(Refusal::Status(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}
