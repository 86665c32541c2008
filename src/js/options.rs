//! The options of a client and of a call, from what JavaScript gives.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::contract::{PLAYPEN, PRODUCTION};
use crate::js::errors::{Failure, configuration};
use crate::js::values;
use crate::request::{base_url, is_header_name, is_header_value, is_service, is_token};
use crate::retry::Policy;
use crate::validate::nearest;

/// What a client was made with. It holds what JavaScript gave: nothing here is read from again.
pub struct Settings {
    /// Without a slash at its end.
    pub base_url: String,
    /// Text, a function, or undefined where a proxy holds the token.
    pub token: JsValue,
    /// The user's own `fetch`, or undefined for the global one.
    pub fetch: JsValue,
    /// How long, and how often.
    pub policy: Policy,
    /// In the order given.
    pub headers: Vec<Header>,
    /// The observers: `onRequest`, `onResponse`, `onRetry`, `logger` and `logLevel`.
    pub observers: JsValue,
    /// Whether there is any observer.
    pub observed: bool,
}

/// A header that the user set, or one that a call takes out.
pub type Header = (String, Option<String>);

/// The options of one call.
pub struct CallOptions {
    /// The caller's `AbortSignal`, or undefined.
    pub signal: JsValue,
    /// The client's, with what the call changes.
    pub policy: Policy,
    /// Those of the client first.
    pub headers: Vec<Header>,
    /// False skips the checks.
    pub validate: bool,
    /// Fields beyond the documented ones, or undefined.
    pub extra_body: JsValue,
}

const SETTINGS: &[&str] = &[
    "token",
    "environment",
    "baseUrl",
    "fetch",
    "timeout",
    "totalTimeout",
    "maxRetries",
    "maxRetryAfter",
    "headers",
    "onRequest",
    "onResponse",
    "onRetry",
    "logger",
    "logLevel",
    "dangerouslyAllowBrowser",
];

const CALL_OPTIONS: &[&str] =
    &["signal", "timeout", "totalTimeout", "maxRetries", "headers", "validate", "extraBody"];

/// Reads options by name. What is undefined is absent.
struct Options<'a> {
    object: &'a JsValue,
}

impl<'a> Options<'a> {
    /// Takes an object with no other names than these, or undefined.
    fn of(object: &'a JsValue, names: &[&'static str]) -> Result<Self, Failure> {
        if object.is_undefined() {
            return Ok(Options { object });
        }
        if !object.is_object() || Array::is_array(object) {
            return Err(configuration("Options must be an object"));
        }
        for key in Object::keys(object.unchecked_ref::<Object>()) {
            let key = key.as_string().unwrap_or_default();
            if names.contains(&key.as_str()) {
                continue;
            }
            let mut message = String::from("There is no option ");
            message.push_str(&key);
            if let Some(name) = nearest(&key, names.iter().copied()) {
                message.push_str(": did you mean ");
                message.push_str(name);
                message.push('?');
            }
            return Err(configuration(message));
        }
        Ok(Options { object })
    }

    fn get(&self, name: &str) -> JsValue {
        if self.object.is_undefined() {
            return JsValue::UNDEFINED;
        }
        Reflect::get(self.object, &name.into()).unwrap_or_default()
    }

    /// An option that must satisfy `allowed` where it is given.
    fn checked(&self, name: &str, expected: &str, allowed: impl Fn(&JsValue) -> bool) -> Result<JsValue, Failure> {
        let value = self.get(name);
        if value.is_undefined() || allowed(&value) {
            return Ok(value);
        }
        Err(wrong(name, expected))
    }

    fn milliseconds(&self, name: &str, default: f64) -> Result<f64, Failure> {
        let allowed = |value: &JsValue| value.as_f64().is_some_and(|number| number > 0.0);
        let value = self.checked(name, "a number of milliseconds above 0", allowed)?;
        Ok(value.as_f64().unwrap_or(default))
    }

    fn function(&self, name: &str) -> Result<JsValue, Failure> {
        self.checked(name, "a function", JsValue::is_function)
    }

    fn flag(&self, name: &str, default: bool) -> Result<bool, Failure> {
        let value = self.checked(name, "a boolean", |value| value.as_bool().is_some())?;
        Ok(value.as_bool().unwrap_or(default))
    }

    fn policy(&self, policy: &Policy) -> Result<Policy, Failure> {
        let whole = |value: &JsValue| {
            value.as_f64().is_some_and(|number| number >= 0.0 && number <= 100.0 && number % 1.0 == 0.0)
        };
        let max_retries = self.checked("maxRetries", "a whole number from 0 to 100", whole)?;
        Ok(Policy {
            timeout: self.milliseconds("timeout", policy.timeout)?,
            total_timeout: self.milliseconds("totalTimeout", policy.total_timeout)?,
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked just above")]
            max_retries: max_retries.as_f64().map_or(policy.max_retries, |number| number as u32),
            ..*policy
        })
    }

    fn headers(&self, headers: &mut Vec<Header>, may_remove: bool) -> Result<(), Failure> {
        let object = self.checked("headers", "an object of header names and values", |value| {
            value.is_object() && !Array::is_array(value)
        })?;
        if object.is_undefined() {
            return Ok(());
        }
        for entry in Object::entries(object.unchecked_ref::<Object>()) {
            let entry: Array = entry.unchecked_into();
            let name = entry.get(0).as_string().unwrap_or_default();
            let value = entry.get(1);
            let text = value.as_string();
            let valid = match &text {
                Some(text) => is_header_value(text),
                None => may_remove && value.is_null(),
            };
            if value.is_undefined() {
                continue;
            }
            if !is_header_name(&name) || !valid {
                return Err(wrong("headers", "an object of header names and of values that a header can carry"));
            }
            headers.push((name, text));
        }
        Ok(())
    }
}

fn wrong(name: &str, expected: &str) -> Failure {
    let mut message = String::from(name);
    message.push_str(" must be ");
    message.push_str(expected);
    configuration(message)
}

impl Settings {
    /// Reads the options of a client.
    pub fn of(object: &JsValue) -> Result<Settings, Failure> {
        let options = Options::of(object, SETTINGS)?;
        let environment = options.get("environment");
        let base = options.get("baseUrl");
        let base_url = if base.is_undefined() {
            match environment.as_string().as_deref() {
                None if environment.is_undefined() => PRODUCTION.into(),
                Some("production") => PRODUCTION.into(),
                Some("playpen") => PLAYPEN.into(),
                _ => return Err(wrong("environment", "\"production\" or \"playpen\"")),
            }
        } else if environment.is_undefined() {
            let base = base.as_string().ok_or_else(|| wrong("baseUrl", "text"))?;
            base_url(&base).map_err(configuration)?
        } else {
            return Err(configuration("Give either environment or baseUrl, not both"));
        };
        let token = options.get("token");
        match token.as_string() {
            Some(token) if !is_token(&token) => {
                return Err(wrong("token", "text of visible ASCII characters, which a header can carry: check for a line end or blanks"));
            }
            None if !token.is_undefined() && !token.is_function() => {
                return Err(wrong("token", "text, or a function that returns it"));
            }
            _ => {}
        }
        let service = is_service(&base_url);
        if service && token.is_undefined() {
            return Err(configuration("token is missing: the service answers no request without one"));
        }
        if service && !options.flag("dangerouslyAllowBrowser", false)? && is_page() {
            return Err(configuration(
                "A token in a browser page can be read by everyone who opens it: set baseUrl to a proxy of your own that holds the token, or dangerouslyAllowBrowser if you know why",
            ));
        }
        options.flag("dangerouslyAllowBrowser", false)?;
        let mut observed = false;
        for name in ["onRequest", "onResponse", "onRetry"] {
            observed |= options.function(name)?.is_function();
        }
        observed |= options.checked("logger", "an object with debug, info, warn and error", JsValue::is_object)?.is_object();
        options.checked("logLevel", "\"off\", \"error\", \"warn\", \"info\" or \"debug\"", |level| {
            matches!(level.as_string().as_deref(), Some("off" | "error" | "warn" | "info" | "debug"))
        })?;
        let mut policy = options.policy(&Policy::default())?;
        policy.max_retry_after = options.milliseconds("maxRetryAfter", policy.max_retry_after)?;
        let mut headers = Vec::new();
        options.headers(&mut headers, false)?;
        Ok(Settings { base_url, token, fetch: options.function("fetch")?, policy, headers, observers: values::merge(object, &JsValue::UNDEFINED), observed })
    }

    /// Reads the options of a call.
    pub fn call(&self, object: &JsValue) -> Result<CallOptions, Failure> {
        let options = Options::of(object, CALL_OPTIONS)?;
        let signal = options.checked("signal", "an AbortSignal", |signal| {
            Reflect::get(signal, &"addEventListener".into()).is_ok_and(|method| method.is_function())
        })?;
        let mut headers = self.headers.clone();
        options.headers(&mut headers, true)?;
        let extra_body = options.checked("extraBody", "an object", |value| value.is_object() && !Array::is_array(value))?;
        Ok(CallOptions {
            signal,
            policy: options.policy(&self.policy)?,
            headers,
            validate: options.flag("validate", true)?,
            extra_body,
        })
    }
}

/// The options of a client with others in their place. A new `environment` takes the place of a `baseUrl`,
/// and the other way round.
pub fn merge(options: &JsValue, overrides: &JsValue) -> JsValue {
    let merged = values::merge(options, overrides);
    for (name, other) in [("environment", "baseUrl"), ("baseUrl", "environment")] {
        if overrides.is_object() && Reflect::get(overrides, &name.into()).is_ok_and(|value| !value.is_undefined()) {
            let _ = Reflect::set(&merged, &other.into(), &Reflect::get(overrides, &other.into()).unwrap_or_default());
        }
    }
    merged
}

/// Whether this is a page in a browser.
fn is_page() -> bool {
    let global = js_sys::global();
    ["window", "document"].iter().all(|name| Reflect::has(&global, &(*name).into()).unwrap_or(false))
}
