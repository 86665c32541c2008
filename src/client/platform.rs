//! The platform's clocks, random numbers and timers.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Math, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

use crate::instant::Milliseconds;

/// The longest time that a timer can be set to; beyond it timers fire at once.
const MAX_TIMER: Milliseconds = 2_147_483_647.0;

/// The time of day.
pub fn clock() -> Milliseconds {
    Date::now()
}

/// A monotonic clock, if the platform has one.
pub fn elapsed() -> Milliseconds {
    Reflect::get(&global(), &JsValue::from_str("performance"))
        .ok()
        .and_then(|performance| performance.dyn_into::<web_sys::Performance>().ok())
        .map_or_else(Date::now, |performance| performance.now())
}

/// A random number, from 0 to below 1.
pub fn random() -> f64 {
    Math::random()
}

/// An idempotency key: 128 random bits.
pub fn random_key() -> String {
    let mut key = String::new();
    for _ in 0..32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 15"
        )]
        let digit = (random() * 16.0) as u32;
        key.push(crate::text::hexadecimal(digit));
    }
    key
}

/// Waits. Dropping the future clears the timer.
pub async fn sleep(wait: Milliseconds) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 2³¹ − 1"
    )]
    let wait = wait.ceil().clamp(0.0, MAX_TIMER) as u32;
    TimeoutFuture::new(wait).await;
}

/// Returns whether this is a page in a browser or a worker of one, where everyone can read the token. Only browsers
/// have `importScripts` in their workers.
pub fn is_browser() -> bool {
    ["document", "importScripts"]
        .into_iter()
        .any(|name| Reflect::has(&global(), &JsValue::from_str(name)).unwrap_or(false))
}

/// The origin of the page, if this is one.
pub fn origin() -> Option<String> {
    let location = Reflect::get(&global(), &JsValue::from_str("location")).ok()?;
    Reflect::get(&location, &JsValue::from_str("origin"))
        .ok()?
        .as_string()
}
