//! The seat for JavaScript, which carries out the core's decisions. No other file names wasm-bindgen, js-sys or
//! web-sys.
//!
//! The client itself is JavaScript (client.js and what it imports): classes that derive from `Error`, a
//! builder that the garbage collector can take, promises, timers and listeners. It contains no rule of the
//! API: it asks the core (core.rs), and has the tables of the contract in contract.js, which is generated from them.

mod core;

use wasm_bindgen::prelude::wasm_bindgen;

/// The TypeScript declarations, written by hand so that they are exact.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

/// Runs when the module is instantiated. After an exception it is instantiated again, for the same glue.
#[wasm_bindgen(start)]
fn start() {
    if !core::is_connected() {
        core::connect(core::Core);
    }
}

/// Makes wasm-bindgen copy JavaScript modules beside the glue: it copies only those from which Rust imports something.
/// Names without brackets are exported from the package. All are declared as functions, whatever they are: for anything
/// else wasm-bindgen would write its own declarations beside types.d.ts.
macro_rules! modules {
    ($($module:literal: $([$name:ident])? $($export:ident)*;)*) => {
        $(
            #[wasm_bindgen(module = $module)]
            #[allow(dead_code, non_snake_case)]
            extern "C" {
                $(#[wasm_bindgen(js_name = $export, reexport, skip_typescript)] fn $export();)*
                $(#[wasm_bindgen(js_name = $name)] fn $name();)?
            }
        )*
    };
}

modules! {
    "/src/js/address.js": [addressOf];
    "/src/js/answer.js": [readSuccess];
    "/src/js/attempt.js": [attempt];
    "/src/js/base-error.js": [named];
    "/src/js/bearer.js": [isToken];
    "/src/js/body.js": [readBody];
    "/src/js/call.js": [send];
    "/src/js/cause.js": [visibleCause];
    "/src/js/changes.js": [toUpdate];
    "/src/js/client.js": CustomersApi;
    "/src/js/contract.js": [operations];
    "/src/js/copies.js": [filtersOf];
    "/src/js/core.js": ready;
    "/src/js/deadline.js": [within];
    "/src/js/difference.js": changes;
    "/src/js/errors.js":
        CustomersApiError ConfigurationError ValidationError ApiError BadRequestError
        AuthenticationError PermissionDeniedError NotFoundError ConflictError
        UnprocessableEntityError RateLimitError InternalServerError ConnectionError
        TimeoutError UnexpectedResponseError originalCause;
    "/src/js/failure.js": [failure];
    "/src/js/filter.js": CustomerFilter;
    "/src/js/forms.js": fromForm applyIssues;
    "/src/js/instances.js": [call];
    "/src/js/issues.js": [issueOf];
    "/src/js/json-schema.js": [objectOf];
    "/src/js/observers.js": [observe];
    "/src/js/options.js": [readSettings];
    "/src/js/outline.js": [describe];
    "/src/js/own.js": [hasOptions];
    "/src/js/page.js": [pageOf];
    "/src/js/prepare.js": [prepare];
    "/src/js/promise.js": [apiPromise];
    "/src/js/rejected.js": [rejectedIssues];
    "/src/js/request.js": [urlOf];
    "/src/js/schemas.js": schemas;
    "/src/js/token.js": [tokenOf];
    "/src/js/validation.js": fieldLimits validateNewCustomer validateCustomerUpdate validateListFilter;
    "/src/js/values.js": [toText];
    "/src/js/walk.js": [iterate];
}
