//! The error classes (errors.js), and the two errors that come before anything is sent.

use wasm_bindgen::prelude::*;

use crate::response::summary;
use crate::validate::{self, Issue};

/// Re-exports the classes to those who import the package. They stand here as functions, see contract.rs.
macro_rules! classes {
    ($($class:ident),*) => {
        #[wasm_bindgen(module = "/src/js/errors.js")]
        extern "C" {
            $(#[wasm_bindgen(reexport, skip_typescript)] fn $class();)*
        }
    };
}

classes!(
    CustomersApiError,
    ConfigurationError,
    ValidationError,
    ApiError,
    BadRequestError,
    AuthenticationError,
    PermissionDeniedError,
    NotFoundError,
    ConflictError,
    UnprocessableEntityError,
    RateLimitError,
    InternalServerError,
    ConnectionError,
    TimeoutError,
    UnexpectedResponseError
);

#[wasm_bindgen(module = "/src/js/errors.js")]
extern "C" {
    /// Says that the client was set up in a way that cannot work.
    #[wasm_bindgen(js_name = configurationError)]
    pub fn configuration(message: &str) -> JsValue;

    #[wasm_bindgen(js_name = validationError)]
    fn validation_error(message: &str, issues: &str) -> JsValue;
}

/// Says that a value has issues and that nothing was sent.
pub fn validation(issues: &[Issue]) -> JsValue {
    validation_error(&summary(issues), &validate::to_json(issues))
}
