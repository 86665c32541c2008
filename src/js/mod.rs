//! The JavaScript rim: what the core decides is carried out here. No other file names wasm-bindgen,
//! js-sys, web-sys or gloo-net.
//!
//! Beside the Rust files stand small JavaScript modules for what only JavaScript can be: classes that
//! derive from `Error` and `Promise`, a builder that the garbage collector can take, timers and
//! listeners. They hold no rule of the API.

mod call;
mod client;
mod contract;
mod errors;
mod filter;
mod validators;
mod values;

use wasm_bindgen::prelude::wasm_bindgen;

/// The TypeScript declarations, written by hand so that they are exact.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs once, when the module is instantiated.
#[wasm_bindgen(start)]
fn start() {
    contract::define();
}
