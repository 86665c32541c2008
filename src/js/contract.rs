//! The contract's tables, for the modules of this folder (contract.js) that make setters, limits and
//! schemas of them.

use wasm_bindgen::prelude::*;

use crate::contract::{
    COMPANY_ADDRESS, FILTERS, Field, Kind, NEW_CUSTOMER, READ_ONLY, UNLIMITED, UPDATE_ONLY,
};
use crate::js::{filter, validators};
use crate::json::push_number;

#[wasm_bindgen(module = "/src/js/contract.js")]
extern "C" {
    #[wasm_bindgen(js_name = define)]
    fn define_tables(tables: &str, core: &JsValue);
}

// What is re-exported stands here as functions, whatever it is: only of functions does wasm-bindgen leave
// the declarations to types.d.ts.

#[wasm_bindgen(module = "/src/js/filter.js")]
extern "C" {
    #[wasm_bindgen(js_name = CustomerFilter, reexport, skip_typescript)]
    fn customer_filter();
}

#[wasm_bindgen(module = "/src/js/forms.js")]
extern "C" {
    #[wasm_bindgen(js_name = fieldLimits, reexport, skip_typescript)]
    fn field_limits();

    #[wasm_bindgen(js_name = schemas, reexport, skip_typescript)]
    fn schemas();
}

#[wasm_bindgen(module = "/src/js/changes.js")]
extern "C" {
    #[wasm_bindgen(js_name = changes, reexport, skip_typescript)]
    fn changes();
}

/// Hands over the tables and the functions of the core.
pub fn define() {
    let mut tables = String::new();
    for fields in [NEW_CUSTOMER, UPDATE_ONLY, COMPANY_ADDRESS, FILTERS] {
        for (position, field) in fields.iter().enumerate() {
            if position > 0 {
                tables.push(' ');
            }
            push_row(&mut tables, field);
        }
        tables.push('\n');
    }
    // One so far; more would be joined by spaces.
    tables.push_str(READ_ONLY.first().copied().unwrap_or_default());
    define_tables(
        &tables,
        &Closure::<dyn Fn(u32, JsValue) -> Result<JsValue, JsValue>>::new(core).into_js_value(),
    );
}

/// What the core does, by number, as in filter.js and forms.js.
#[expect(
    clippy::needless_pass_by_value,
    reason = "closures take their arguments by value"
)]
fn core(function: u32, value: JsValue) -> Result<JsValue, JsValue> {
    match function {
        0 => filter::encode(&value, true).map(Into::into),
        1 => filter::parse(&value),
        2 => Ok(validators::validate_new_customer(&value)),
        3 => Ok(validators::validate_customer_update(&value)),
        _ => Ok(validators::validate_list_filter(&value)),
    }
}

fn push_row(tables: &mut String, field: &Field) {
    let (letter, min, max) = match field.kind {
        Kind::Text { max } => ('t', 0, max),
        Kind::Email { max } => ('e', 0, max),
        Kind::Scalar { max } => ('s', 0, max),
        Kind::Integer { min, max } => ('i', min, max),
        Kind::Integers { min, max } => ('n', min, max),
        Kind::Page => ('p', 1, u32::MAX),
        Kind::Date => ('d', 0, UNLIMITED),
        Kind::DateTime => ('z', 0, UNLIMITED),
        Kind::CustomerId => ('c', 0, UNLIMITED),
        Kind::Ids => ('I', 0, UNLIMITED),
        Kind::Texts => ('T', 0, UNLIMITED),
        Kind::Emails => ('E', 0, UNLIMITED),
        Kind::Preferences => ('m', 0, UNLIMITED),
        Kind::Address => ('a', 0, UNLIMITED),
        Kind::Search => ('q', 0, UNLIMITED),
    };
    tables.push_str(field.name);
    tables.push(',');
    tables.push(letter);
    tables.push(',');
    push_number(tables, min);
    tables.push(',');
    push_number(tables, max);
    tables.push(',');
    tables.push_str(field.requires);
}
