//! The ways in which an attempt ends.

/// A response, whatever its status.
pub struct Answered {
    pub status: u16,
    /// The values of [`HEADERS`](crate::call::headers::HEADERS), as lines.
    pub headers: String,
    pub text: String,
    /// True if the body was larger than is allowed; then there is no text.
    pub is_too_large: bool,
}

impl Answered {
    /// Returns whether it is a success whose body could be read.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status) && !self.is_too_large
    }
}

/// The result of an attempt.
pub enum Ended {
    Answered(Answered),
    /// The connection failed, or the response was cut off.
    Lost,
    /// There was no complete response in time.
    Late,
    /// `fetch` resolved to something else.
    NotAResponse,
}
