//! The program under test, and a client that accepts every answer.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use ureq::http::{HeaderMap, Request};

/// Longer than any answer takes, so that a test fails instead of hanging.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A running sandbox; it ends with the test.
pub struct Server {
    pub child: Child,
    pub stdout: BufReader<ChildStdout>,
    /// `http://127.0.0.1:PORT`
    pub origin: String,
    agent: ureq::Agent,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// The value of a header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn customer(&self) -> Value {
        self.json()["customer"].clone()
    }

    pub fn customers(&self) -> Vec<Value> {
        assert_eq!(self.status, 200, "{}", self.body);
        self.json()["customers"].as_array().unwrap().clone()
    }

    pub fn ids(&self) -> Vec<String> {
        self.customers()
            .iter()
            .map(|customer| text(customer, "id").to_owned())
            .collect()
    }
}

/// A string field; empty if it is null.
pub fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

impl Server {
    /// Starts the program on a free port and waits until it can be reached.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_with_log(arguments, Stdio::null())
    }

    pub fn start_with_log(arguments: &[&str], log: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let origin = line
            .strip_prefix("listening on ")
            .and_then(|line| line.strip_suffix('\n'));
        let origin = origin
            .unwrap_or_else(|| panic!("an unexpected first line: {line:?}"))
            .to_owned();
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        Self {
            child,
            stdout,
            origin,
            agent,
        }
    }

    /// The host and the port.
    pub fn host(&self) -> &str {
        self.origin.trim_start_matches("http://")
    }

    /// Starts the program with `count` customers.
    pub fn with_customers(count: u32) -> Self {
        Self::start(&["--seed", &count.to_string()])
    }

    /// Sends a request with these headers and no others.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = if body.is_empty() {
            self.agent.run(request.body(()).unwrap())?
        } else {
            self.agent.run(request.body(body.to_owned()).unwrap())?
        };
        let (parts, body) = response.into_parts();
        let mut text = String::new();
        body.into_reader().read_to_string(&mut text)?;
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: text,
        })
    }

    /// Calls the API with the token, the body's type and these headers.
    pub fn try_call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, ureq::Error> {
        let mut all = vec![("authorization", "Bearer sandbox")];
        if !body.is_empty() {
            all.push(("content-type", "application/json"));
        }
        all.extend(headers);
        self.send(method, path, &all, body)
    }

    fn call(&self, method: &str, path: &str, body: &str) -> Answer {
        self.try_call(method, path, &[], body).unwrap()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, "")
    }

    pub fn list(&self, query: &str) -> Answer {
        self.get(&format!("/api/customers?{query}"))
    }

    pub fn create(&self, body: &Value) -> Answer {
        self.call("POST", "/api/customers", &body.to_string())
    }

    /// Creates a customer and returns its id.
    pub fn created(&self, body: &Value) -> String {
        let answer = self.create(body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        text(&answer.customer(), "id").to_owned()
    }

    pub fn read(&self, id: &str) -> Answer {
        self.get(&format!("/api/customers/{id}"))
    }

    pub fn update(&self, id: &str, body: &Value) -> Answer {
        self.call("PUT", &format!("/api/customers/{id}"), &body.to_string())
    }

    pub fn delete(&self, id: &str) -> Answer {
        self.call("DELETE", &format!("/api/customers/{id}"), "")
    }

    /// All customers that the filters select, page by page.
    pub fn all(&self, query: &str) -> Vec<Value> {
        let mut customers = Vec::new();
        for page in 1.. {
            let answer = self.list(&format!("{query}&page={page}"));
            customers.extend(answer.customers());
            if answer.header("x-pagination-total-pages") == page.to_string() {
                break;
            }
        }
        customers
    }

    /// The requests of a scenario, as the sandbox reports them.
    pub fn scenario(&self, name: &str) -> Value {
        self.send("GET", &format!("/sandbox/scenarios/{name}"), &[], "")
            .unwrap()
            .json()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already: some tests end it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
