//! Requests and responses as the service sees them. Transporting both is the adapter's job.

use crate::routes::Operation;

/// The parts of a request that the service reads. An absent header is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'r> {
    /// The method, such as `GET`.
    pub method: &'r str,
    /// The path from the root of the server, percent-encoded as received.
    pub path: &'r str,
    /// The query, without its `?`.
    pub query: &'r str,
    /// The header `Authorization`.
    pub authorization: &'r str,
    /// The header `Content-Type`.
    pub content_type: &'r str,
    /// The header `Host`.
    pub host: &'r str,
    /// The header `X-Sandbox-Fault`.
    pub fault: &'r str,
    /// The header `X-Sandbox-Scenario`.
    pub scenario: &'r str,
    /// The body.
    pub body: &'r [u8],
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, by their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; empty if there is none.
    pub body: String,
    /// How to end the response.
    pub ending: Ending,
    /// The operation that was asked for, if any.
    pub operation: Option<Operation>,
}

/// How a response ends. The adapter carries it out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// Normally.
    #[default]
    Whole,
    /// The connection breaks after this many bytes of the body.
    CutOff(usize),
    /// Nothing follows the headers.
    Stalled,
    /// Not even the headers are sent.
    Silent,
    /// The connection is reset before the first byte.
    Reset,
}

impl Answer {
    /// A response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
            ending: Ending::Whole,
            operation: None,
        }
    }

    /// A response with a body of this type.
    #[must_use]
    pub fn with_body(status: u16, content_type: &str, body: String) -> Self {
        let mut answer = Self::empty(status);
        answer.set("content-type", content_type.into());
        answer.body = body;
        answer
    }

    /// A response with a JSON body.
    #[must_use]
    pub fn json(status: u16, body: String) -> Self {
        Self::with_body(status, "application/json", body)
    }

    /// Returns the value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(other, _)| other == name);
        header.map(|(_, value)| value.as_str())
    }

    /// Sets a header, replacing any of the same name.
    pub fn set(&mut self, name: &str, value: String) {
        self.headers.retain(|(other, _)| other != name);
        self.headers.push((name.into(), value));
    }

    /// Sets a header to a number.
    pub fn set_number(&mut self, name: &str, number: u32) {
        let mut value = String::new();
        collins_customers::text::push_number(&mut value, number);
        self.set(name, value);
    }
}
