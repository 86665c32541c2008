//! From JavaScript values to the JSON text that the core checks, and back.

use js_sys::{Array, Date, JSON, Object};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::page::Pagination;
use crate::quota::Quota;
use crate::validate::{self, Checked, Issue, Subject};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// The JSON text of a value; see values.js for what it begins with.
    #[wasm_bindgen(js_name = toText)]
    fn to_text(value: &JsValue) -> JsValue;
}

/// A value on its way to the service: the text that is sent, as JavaScript and as Rust hold it.
pub struct Body {
    /// The text, for `fetch`.
    pub text: JsValue,
    rust: String,
}

impl Body {
    /// Takes the text of a value as it is now: the caller may change the value afterwards.
    pub fn of(value: &JsValue) -> Body {
        let text = to_text(value);
        Body { rust: text.as_string().unwrap_or_default(), text }
    }

    /// Runs the rules over the text.
    pub fn check(&self, subject: Subject) -> Checked {
        validate::check(&self.rust, subject, self.rust.starts_with(' '))
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

/// `{ page, perPage, totalPages, totalResults }`
pub fn pagination(pagination: Pagination) -> JsValue {
    serde_wasm_bindgen::to_value(&pagination).unwrap_or(JsValue::NULL)
}

/// `{ limit, remaining, resetAt }`
pub fn rate_limit(quota: Quota) -> JsValue {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct RateLimit {
        limit: f64,
        remaining: f64,
        #[serde(with = "serde_wasm_bindgen::preserve")]
        reset_at: JsValue,
    }
    let rate_limit = RateLimit {
        limit: quota.limit,
        remaining: quota.remaining,
        reset_at: quota.reset_at.map_or(JsValue::NULL, |instant| Date::new(&instant.into()).into()),
    };
    serde_wasm_bindgen::to_value(&rate_limit).unwrap_or(JsValue::NULL)
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
