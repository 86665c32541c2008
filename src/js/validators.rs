//! The validators: synchronous, without throwing, all issues at once.

use wasm_bindgen::prelude::*;

use crate::js::values::{Body, issues};
use crate::validate::Subject;

fn validate(value: &JsValue, subject: Subject) -> JsValue {
    issues(&Body::of(value, subject).check().issues)
}

/// What is wrong with the body of a create.
#[wasm_bindgen(js_name = validateNewCustomer, skip_typescript)]
pub fn validate_new_customer(value: &JsValue) -> JsValue {
    validate(value, Subject::NewCustomer)
}

/// What is wrong with the body of an update.
#[wasm_bindgen(js_name = validateCustomerUpdate, skip_typescript)]
pub fn validate_customer_update(value: &JsValue) -> JsValue {
    validate(value, Subject::CustomerUpdate)
}

/// What is wrong with the filters of a list.
#[wasm_bindgen(js_name = validateListFilter, skip_typescript)]
pub fn validate_list_filter(value: &JsValue) -> JsValue {
    validate(value, Subject::ListFilter)
}
