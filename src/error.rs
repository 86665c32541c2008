//! The kinds of errors, as the JavaScript classes name them.

/// The kind of an error. Each is one class in JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The client was set up in a way that cannot work. Nothing was sent.
    Configuration,
    /// A value has issues. Nothing was sent.
    Validation,
    /// A status that has no class of its own.
    Api,
    /// 400
    BadRequest,
    /// 401
    Authentication,
    /// 403
    PermissionDenied,
    /// 404
    NotFound,
    /// 409
    Conflict,
    /// 422
    UnprocessableEntity,
    /// 429
    RateLimit,
    /// 500 and above
    InternalServer,
    /// The service could not be reached, or the connection broke.
    Connection,
    /// No answer came in time.
    Timeout,
    /// A success whose body is not what the operation returns.
    UnexpectedResponse,
}

impl ErrorKind {
    /// The kind for a status that is no success.
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            400 => ErrorKind::BadRequest,
            401 => ErrorKind::Authentication,
            403 => ErrorKind::PermissionDenied,
            404 => ErrorKind::NotFound,
            409 => ErrorKind::Conflict,
            422 => ErrorKind::UnprocessableEntity,
            429 => ErrorKind::RateLimit,
            500.. => ErrorKind::InternalServer,
            _ => ErrorKind::Api,
        }
    }

    /// The name of the class, for events and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ErrorKind::Configuration => "ConfigurationError",
            ErrorKind::Validation => "ValidationError",
            ErrorKind::Api => "ApiError",
            ErrorKind::BadRequest => "BadRequestError",
            ErrorKind::Authentication => "AuthenticationError",
            ErrorKind::PermissionDenied => "PermissionDeniedError",
            ErrorKind::NotFound => "NotFoundError",
            ErrorKind::Conflict => "ConflictError",
            ErrorKind::UnprocessableEntity => "UnprocessableEntityError",
            ErrorKind::RateLimit => "RateLimitError",
            ErrorKind::InternalServer => "InternalServerError",
            ErrorKind::Connection => "ConnectionError",
            ErrorKind::Timeout => "TimeoutError",
            ErrorKind::UnexpectedResponse => "UnexpectedResponseError",
        }
    }

    /// What a person who meets this error can do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            ErrorKind::Configuration | ErrorKind::Validation => "",
            ErrorKind::Api => "the service answered with a status that the API does not document",
            ErrorKind::BadRequest => "the service could not read the request",
            ErrorKind::Authentication => {
                "the token was not accepted: check it, and that it belongs to this environment"
            }
            ErrorKind::PermissionDenied => {
                "the token is not allowed to do this: ask your account manager"
            }
            ErrorKind::NotFound => "there is no such customer",
            ErrorKind::Conflict => "the request is in conflict with another one",
            ErrorKind::UnprocessableEntity => "the service refused values: see issues",
            ErrorKind::RateLimit => "the quota of this hour is used up: see retryAfterMs",
            ErrorKind::InternalServer => "the service failed",
            ErrorKind::Connection | ErrorKind::Timeout => "there was no answer",
            ErrorKind::UnexpectedResponse => "the answer is not what the operation returns",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_class() {
        for (status, kind) in [
            (302, ErrorKind::Api),
            (400, ErrorKind::BadRequest),
            (401, ErrorKind::Authentication),
            (402, ErrorKind::Api),
            (403, ErrorKind::PermissionDenied),
            (404, ErrorKind::NotFound),
            (405, ErrorKind::Api),
            (409, ErrorKind::Conflict),
            (418, ErrorKind::Api),
            (422, ErrorKind::UnprocessableEntity),
            (429, ErrorKind::RateLimit),
            (499, ErrorKind::Api),
            (500, ErrorKind::InternalServer),
            (503, ErrorKind::InternalServer),
            (599, ErrorKind::InternalServer),
        ] {
            assert_eq!(ErrorKind::of_status(status), kind, "{status}");
        }
    }
}
