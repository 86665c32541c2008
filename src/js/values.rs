//! From JavaScript values to the JSON text that the core checks, and back.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::prelude::*;

use crate::validate::{self, Checked, Issue, Subject};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// The JSON text of a value; see values.js for what it begins with.
    #[wasm_bindgen(js_name = toText)]
    fn to_text(value: &JsValue) -> JsValue;

    /// The JSON text of a value that is not checked, or undefined.
    #[wasm_bindgen(catch, js_name = toUncheckedText)]
    fn to_unchecked_text(value: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/js/changes.js")]
extern "C" {
    /// An update as it is written, from one or from a customer that was read.
    #[wasm_bindgen(js_name = toUpdate)]
    fn to_update(value: &JsValue) -> JsValue;
}

/// A value on its way to the service: the text that is sent, as JavaScript and as Rust hold it.
pub struct Body {
    /// The text, for `fetch`.
    pub text: JsValue,
    rust: String,
    subject: Subject,
}

impl Body {
    /// Takes the text of a value as it is now: the caller may change the value afterwards.
    pub fn of(value: &JsValue, subject: Subject) -> Body {
        let text = if subject == Subject::CustomerUpdate {
            to_text(&to_update(value))
        } else {
            to_text(value)
        };
        Body {
            rust: text.as_string().unwrap_or_default(),
            text,
            subject,
        }
    }

    /// Runs the rules over the text.
    pub fn check(&self) -> Checked {
        validate::check(&self.rust, self.subject, self.rust.starts_with(' '))
    }
}

/// The text of a value that the service is to judge, without the names that stand in for foreign values.
///
/// # Errors
/// The issue that a value has of which there is no text.
pub fn unchecked(value: &JsValue, subject: Subject) -> Result<JsValue, Vec<Issue>> {
    let value = match subject {
        Subject::CustomerUpdate => &to_update(value),
        _ => value,
    };
    match to_unchecked_text(value) {
        Ok(text) if text.is_string() => Ok(text),
        _ => Err(validate::check("", subject, false).issues),
    }
}

/// The list of issues that JavaScript gets.
pub fn issues(issues: &[Issue]) -> JsValue {
    if issues.is_empty() {
        return Array::new().into();
    }
    // The core writes JSON, so this cannot fail.
    JSON::parse(&validate::to_json(issues)).unwrap_or_default()
}

/// A new object with the properties of both, those of `over` first.
pub fn merge(object: &JsValue, over: &JsValue) -> JsValue {
    let merged = Object::new();
    for object in [object, over] {
        if object.is_object() {
            Object::assign(&merged, object.unchecked_ref::<Object>());
        }
    }
    merged.into()
}
