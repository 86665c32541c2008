//! From the core's errors to JavaScript's.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::ErrorKind;
use crate::js::values;
use crate::response::summary;
use crate::validate::Issue;

/// Re-exports the classes to those who import the package.
macro_rules! classes {
    ($($class:ident),*) => {
        #[wasm_bindgen(module = "/src/js/errors.js")]
        extern "C" {
            $(#[wasm_bindgen(reexport)] type $class;)*
            /// Makes an error of a kind. See errors.js for what is shown and what is kept.
            #[wasm_bindgen(js_name = createError)]
            fn create_error(kind: u32, message: &str, shown: &Object, kept: &Object) -> JsValue;
        }
    };
}

classes!(
    CustomersApiError, ConfigurationError, ValidationError, ApiError, BadRequestError, AuthenticationError,
    PermissionDeniedError, NotFoundError, ConflictError, UnprocessableEntityError, RateLimitError,
    InternalServerError, ConnectionError, TimeoutError, UnexpectedResponseError
);

/// An error on its way to JavaScript.
pub struct Failure {
    /// Its class.
    pub kind: ErrorKind,
    /// The response that it is about, where there is one.
    pub response: Option<JsValue>,
    message: String,
    shown: Object,
    kept: Object,
}

impl Failure {
    /// An error of a kind, with its sentence.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Failure {
        Failure { kind, response: None, message: message.into(), shown: Object::new(), kept: Object::new() }
    }

    /// Adds a property that may be printed and logged.
    pub fn show(self, name: &str, value: impl Into<JsValue>) -> Failure {
        set(&self.shown, name, value);
        self
    }

    /// Adds a property that may hold personal data: it can be read, but is never printed.
    pub fn keep(self, name: &str, value: impl Into<JsValue>) -> Failure {
        set(&self.kept, name, value);
        self
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> JsValue {
        create_error(failure.kind as u32, &failure.message, &failure.shown, &failure.kept)
    }
}

/// Sets a property of an object that is our own, which cannot fail.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// Says that the client was set up in a way that cannot work.
pub fn configuration(message: impl Into<String>) -> Failure {
    Failure::new(ErrorKind::Configuration, message)
}

/// Says that a value has issues and that nothing was sent.
pub fn validation(issues: &[Issue]) -> Failure {
    Failure::new(ErrorKind::Validation, summary(issues)).keep("issues", values::issues(issues))
}
