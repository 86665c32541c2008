//! Requests and responses as the service sees them. Transporting both is the adapter's job.

use collins_customers::text::{pieces, push_number};

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
    /// The headers as lines: a name in lower case, its value, the next name, and so on. Of two headers of one name the
    /// later one counts.
    pub headers: String,
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
            headers: String::new(),
            body: String::new(),
            ending: Ending::Whole,
            operation: None,
        }
    }

    /// A response with a body of this type.
    #[must_use]
    pub fn with_body(status: u16, content_type: &str, body: String) -> Self {
        let mut answer = Self::empty(status);
        answer.set("content-type", content_type);
        answer.body = body;
        answer
    }

    /// A response with a JSON body.
    #[must_use]
    pub fn json(status: u16, body: String) -> Self {
        Self::with_body(status, "application/json", body)
    }

    /// Takes the body away, and the header that only a response with a body has.
    pub fn clear(&mut self) {
        self.body = String::new();
        // It was set first.
        if let Some(others) = self
            .headers
            .strip_prefix("content-type\napplication/json\n")
        {
            self.headers = others.into();
        }
    }

    /// Iterates over the names and values of the headers.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut lines = pieces(&self.headers, b'\n');
        core::iter::from_fn(move || Some((lines.next()?, lines.next()?)))
    }

    /// Returns the value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let of_this_name = self.headers().filter(|(other, _)| *other == name);
        of_this_name.last().map(|(_, value)| value)
    }

    /// Sets a header, in place of any of the same name.
    pub fn set(&mut self, name: &str, value: &str) {
        for line in &[name, value] {
            self.headers.push_str(line);
            self.headers.push('\n');
        }
    }

    /// Sets a header to a number.
    pub fn set_number(&mut self, name: &str, number: u32) {
        let mut value = String::new();
        push_number(&mut value, number);
        self.set(name, &value);
    }
}
