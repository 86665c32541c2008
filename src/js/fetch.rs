//! The one place where requests leave: fetch.js behind a typed face.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/fetch.js")]
extern "C" {
    /// Sends one request within a time. Resolves to the response and its text; rejects with `[how, cause]`.
    #[expect(clippy::too_many_arguments, reason = "a request and its deadline")]
    pub fn attempt(
        fetch: &JsValue,
        url: &str,
        method: &str,
        headers: &JsValue,
        body: &JsValue,
        milliseconds: f64,
        caller: &JsValue,
        limit: u32,
    ) -> Promise;

    /// Calls the user's function for a token, within a time.
    #[wasm_bindgen(js_name = askToken)]
    pub fn ask_token(token: &JsValue, milliseconds: f64, caller: &JsValue) -> Promise;

    /// Waits, or rejects when the caller aborts.
    pub fn sleep(milliseconds: f64, caller: &JsValue) -> Promise;
}
