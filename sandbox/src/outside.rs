//! The functions of JavaScript that the service calls: js/outside.js.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/js/outside.js")]
extern "C" {
    /// Lower-cases the text, removes accents from Latin letters, and makes all white space spaces.
    pub fn bare(text: &str) -> String;
    /// Lower-cases the text.
    #[wasm_bindgen(js_name = lowerCase)]
    pub fn lower_case(text: &str) -> String;
}
