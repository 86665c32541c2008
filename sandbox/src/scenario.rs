//! Scenarios: requests that a test names alike, so that faults come one after the other and the test can
//! ask what the server saw.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::Sandbox;
use crate::answer;

/// What each scenario has seen.
#[derive(Default)]
pub struct Scenarios(Mutex<HashMap<String, Vec<Seen>>>);

/// A request: what it was, without anything that it carried.
struct Seen {
    method: Method,
    /// The template of its route.
    path: String,
}

impl Scenarios {
    /// Notes a request and tells how many came before it.
    pub fn note(&self, scenario: &str, method: Method, path: &str) -> usize {
        let mut scenarios = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = scenarios.entry(scenario.to_owned()).or_default();
        seen.push(Seen {
            method,
            path: path.to_owned(),
        });
        seen.len() - 1
    }

    fn describe(&self, scenario: &str) -> Value {
        let scenarios = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = scenarios
            .get(scenario)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let list: Vec<Value> = seen
            .iter()
            .map(|request| json!({ "method": request.method.as_str(), "path": request.path }))
            .collect();
        json!({ "requests": seen.len(), "seen": list })
    }
}

/// `GET /sandbox/scenarios/{name}`: how many requests, and which.
pub async fn show(State(sandbox): State<Arc<Sandbox>>, Path(name): Path<String>) -> Response {
    answer::json(
        StatusCode::OK,
        sandbox.scenarios.describe(&name).to_string(),
    )
}
