//! What the core does for the filter builder (filter.js).

use wasm_bindgen::prelude::*;

use crate::js::errors::{configuration, validation};
use crate::js::values::Body;
use crate::query;
use crate::validate::Subject;

/// The query string for a filter or its plain form.
pub fn encode(filter: &JsValue, validate: bool) -> Result<String, JsValue> {
    if filter.is_undefined() {
        return Ok(String::new());
    }
    let checked = Body::of(filter, Subject::ListFilter).check();
    let query = if validate {
        query::of_checked(checked)
    } else {
        query::of_unchecked(checked)
    };
    query.map_err(|issues| validation(&issues))
}

/// The JSON text of the filters that a query string stands for.
pub fn parse(text: &JsValue) -> Result<JsValue, JsValue> {
    let Some(text) = text.as_string() else {
        return Err(configuration(
            "CustomerFilter.parse takes a query string, as text",
        ));
    };
    query::to_json(&text)
        .map(Into::into)
        .map_err(|issues| validation(&issues))
}
