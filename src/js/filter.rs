//! What the core does for the filter builder (filter.js).

use wasm_bindgen::prelude::*;

use crate::contract::{FILTERS, Kind};
use crate::js::errors::{configuration, validation};
use crate::js::values::Body;
use crate::query;
use crate::validate::Subject;

#[wasm_bindgen(module = "/src/js/filter.js")]
extern "C" {
    #[wasm_bindgen(reexport)]
    type CustomerFilter;

    #[wasm_bindgen(js_name = defineFilter)]
    fn define_filter(table: &str, encode: &JsValue, parse: &JsValue);
}

/// Gives the builder its setters and its two conversions.
pub fn define() {
    let mut table = String::new();
    for field in FILTERS {
        if !table.is_empty() {
            table.push(' ');
        }
        table.push_str(field.name);
        match field.kind {
            Kind::Integers { .. } => table.push('*'),
            Kind::Page => table.push('#'),
            _ => {}
        }
    }
    define_filter(&table, &function(|filter| encode(&filter, true).map(Into::into)), &function(|text| parse(&text)));
}

/// A function that lives as long as the module.
fn function(call: impl Fn(JsValue) -> Result<JsValue, JsValue> + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue) -> Result<JsValue, JsValue>>::new(call).into_js_value()
}

/// The query string for a filter or its plain form.
pub fn encode(filter: &JsValue, validate: bool) -> Result<String, JsValue> {
    if filter.is_undefined() {
        return Ok(String::new());
    }
    let checked = Body::of(filter).check(Subject::ListFilter);
    let query = if validate { query::of_checked(checked) } else { query::of_unchecked(checked) };
    query.map_err(|issues| validation(&issues).into())
}

/// The JSON text of the filters that a query string stands for.
fn parse(text: &JsValue) -> Result<JsValue, JsValue> {
    let Some(text) = text.as_string() else {
        return Err(configuration("CustomerFilter.parse takes a query string, as text").into());
    };
    query::to_json(&text).map(Into::into).map_err(|issues| validation(&issues).into())
}
