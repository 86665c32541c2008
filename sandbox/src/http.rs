//! What the service reads of a request, and what it answers. How both travel is the seat's affair.

use crate::routes::Operation;

/// What a request carries, as far as the service looks at it. A header that is absent is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'r> {
    /// `GET` and so on.
    pub method: &'r str,
    /// The path, from the root of the server and percent-encoded as it came.
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

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, by their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; without one it is empty.
    pub body: String,
    /// How the answer ends.
    pub ending: Ending,
    /// The operation that was asked for, if it was one.
    pub operation: Option<Operation>,
}

/// How an answer ends. The seat carries it out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// As it should.
    #[default]
    Whole,
    /// The connection breaks after that many bytes of the body.
    CutOff(usize),
    /// The headers come, and then nothing more.
    Stalled,
    /// Not even the headers come.
    Silent,
    /// The connection is reset before the first byte.
    Reset,
}

impl Answer {
    /// An answer without a body.
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

    /// An answer with a body of this type.
    #[must_use]
    pub fn with_body(status: u16, content_type: &str, body: String) -> Self {
        let mut answer = Self::empty(status);
        answer.set("content-type", content_type.into());
        answer.body = body;
        answer
    }

    /// An answer with a body of JSON text.
    #[must_use]
    pub fn json(status: u16, body: String) -> Self {
        Self::with_body(status, "application/json", body)
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(other, _)| other == name);
        header.map(|(_, value)| value.as_str())
    }

    /// Sets a header, in place of those of its name.
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
