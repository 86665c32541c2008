//! What the core says about one call, for the loop that carries it out (call.js).

use gloo_net::http::{Headers, Response};
use wasm_bindgen::prelude::*;

use crate::contract::DEFAULT_LIMIT;
use crate::error::ErrorKind;
use crate::js::errors::configuration;
use crate::page::{self, Pagination};
use crate::query;
use crate::quota::Quota;
use crate::request::{Operation, is_token};
use crate::response::{self, Header, MAX_ERROR_BODY};
use crate::retry::{Attempts, Circumstances, Decision, Ending, Hint, Policy};
use crate::validate;

/// One call. It is freed where the call ends.
#[wasm_bindgen(private)]
pub struct Call {
    operation: Operation,
    url: String,
    attempts: Attempts,
    hint: Hint,
}

impl Call {
    /// The call of an operation.
    pub fn new(operation: Operation, url: &str) -> Call {
        Call {
            operation,
            url: url.into(),
            attempts: Attempts::default(),
            hint: Hint::default(),
        }
    }
}

// As in call.js.
const TIMEOUT: i32 = -2;
const NO_RESPONSE: i32 = -3;
const REAUTHENTICATE: f64 = -1.0;
const DELETED: f64 = -2.0;
const STOP: f64 = -3.0;

/// How an attempt ended: a status, or one of the numbers above where there is none.
fn ending(how: i32) -> Ending {
    match u16::try_from(how) {
        Ok(200..=299) => Ending::Unexpected,
        Ok(status) => Ending::Status(status),
        Err(_) if how == NO_RESPONSE => Ending::Unexpected,
        Err(_) => Ending::NoAnswer,
    }
}

#[wasm_bindgen]
extern "C" {
    /// The headers of an answer, which may come from another realm or from a `fetch` of the user's.
    type AnyHeaders;

    #[wasm_bindgen(method, catch)]
    fn get(this: &AnyHeaders, name: &str) -> Result<JsValue, JsValue>;
}

/// What reads the headers of an answer, which was looked at structurally in call.js: what their `get` throws,
/// or returns instead of text, is no header.
fn headers_of(response: &JsValue) -> impl Fn(&str) -> Option<String> {
    let response = Response::from(response.clone().unchecked_into::<web_sys::Response>());
    let headers: AnyHeaders = response.headers().into_raw().unchecked_into();
    move |name| headers.get(name).ok()?.as_string()
}

/// Numbers as the list that JavaScript takes apart; undefined for what is not known.
fn list(numbers: &[Option<f64>]) -> JsValue {
    serde_wasm_bindgen::to_value(numbers).unwrap_or(JsValue::NULL)
}

#[expect(
    clippy::unused_self,
    reason = "JavaScript holds a call and nothing else of this module"
)]
#[wasm_bindgen]
impl Call {
    /// The most of an error's body that is read, in bytes.
    #[wasm_bindgen(getter, js_name = maxErrorBody)]
    pub fn max_error_body(&self) -> u32 {
        MAX_ERROR_BODY
    }

    /// The path as the documentation writes it.
    #[wasm_bindgen(getter)]
    pub fn route(&self) -> JsValue {
        self.operation.route().into()
    }

    /// The headers of one attempt, before those that the user set. A token is refused that no header can
    /// carry.
    pub fn headers(&self, token: &JsValue, body: bool) -> Result<web_sys::Headers, JsValue> {
        let headers = Headers::new();
        headers.set("Accept", "application/json");
        if body {
            headers.set("Content-Type", "application/json");
        }
        if !token.is_undefined() {
            let token = token.as_string().unwrap_or_default();
            if !is_token(&token) {
                return Err(configuration(INVALID_TOKEN));
            }
            let mut value = String::from("Bearer ");
            value.push_str(&token);
            headers.set("Authorization", &value);
        }
        Ok(headers.into_raw())
    }

    /// What the headers of an answer with so many customers say: `[limit, remaining, resetAt, page, perPage,
    /// totalPages, totalResults, next page]`.
    pub fn answer(&self, response: &JsValue, now: f64, count: u32) -> JsValue {
        let header: Header = &headers_of(response);
        let quota = Quota::read(header, now);
        let pagination = Pagination::read(header);
        // The page that was asked for, whatever the header says: a service that always names the first one
        // must not be asked for the second one forever.
        let number = query::number(&self.url, "page").unwrap_or(1);
        let limit = query::number(&self.url, "limit").unwrap_or(DEFAULT_LIMIT);
        let of_quota = |figure: fn(Quota) -> f64| quota.map(figure);
        let of_page = |figure: fn(Pagination) -> u32| pagination.map(figure).map(f64::from);
        list(&[
            of_quota(|quota| quota.limit),
            of_quota(|quota| quota.remaining),
            quota.and_then(|quota| quota.reset_at),
            of_page(|page| page.page),
            of_page(|page| page.per_page),
            of_page(|page| page.total_pages),
            of_page(|page| page.total_results),
            page::next(pagination, number, count, limit).map(f64::from),
        ])
    }

    /// What to do after an attempt: how many milliseconds to wait before the next one, or a negative number.
    #[expect(
        clippy::too_many_arguments,
        reason = "the circumstances of a decision, as JavaScript has them"
    )]
    pub fn next(
        &mut self,
        how: i32,
        response: &JsValue,
        now: f64,
        elapsed: f64,
        total_timeout: f64,
        max_retries: u32,
        max_retry_after: f64,
        renewable: bool,
        random: f64,
    ) -> f64 {
        let ending = ending(how);
        if let Ending::Status(status) = ending {
            self.hint = Hint::read(&headers_of(response), status, now);
        } else {
            self.hint = Hint::default();
        }
        let policy = Policy {
            total_timeout,
            max_retries,
            max_retry_after,
            ..Policy::default()
        };
        let circumstances = Circumstances {
            policy,
            renewable,
            elapsed,
            random,
        };
        match self
            .attempts
            .decide(self.operation, ending, self.hint, &circumstances)
        {
            Decision::Retry(wait) => wait,
            Decision::Reauthenticate => REAUTHENTICATE,
            Decision::Deleted => DELETED,
            Decision::Stop => STOP,
        }
    }

    /// Whether a write may have succeeded although the call fails.
    #[wasm_bindgen(getter, js_name = mayHaveSucceeded)]
    pub fn may_have_succeeded(&self) -> bool {
        self.attempts.may_have_succeeded()
    }

    /// `[how many milliseconds the service asks to wait, when the quota is reset]`, or nulls.
    #[wasm_bindgen(getter)]
    pub fn hint(&self) -> JsValue {
        list(&[self.hint.wait, self.hint.reset_at])
    }

    /// The class of the error of an attempt.
    pub fn failure(&self, how: i32) -> JsValue {
        kind(how).name().into()
    }

    /// The sentence of the error of an attempt.
    pub fn sentence(&self, how: i32) -> JsValue {
        if let Ok(status) = u16::try_from(how) {
            return response::sentence(self.operation, status).into();
        }
        let mut text = response::request_line(self.operation);
        text.push_str(match how {
            TIMEOUT => " got no answer in time",
            NO_RESPONSE => ": fetch resolved to something that is no Response",
            _ => " got no whole answer: see cause",
        });
        text.into()
    }

    /// The JSON text of the issues of a 422.
    pub fn issues(&self, body: &JsValue) -> JsValue {
        let body = body.as_string().unwrap_or_default();
        validate::to_json(&response::issues(&body)).into()
    }
}

/// Says what a token must be, without the token.
pub const INVALID_TOKEN: &str =
    "token must be visible ASCII characters: check for a line end or blanks";

fn kind(how: i32) -> ErrorKind {
    match (ending(how), how) {
        (Ending::Status(status), _) => ErrorKind::of_status(status),
        (Ending::Unexpected, _) => ErrorKind::UnexpectedResponse,
        (Ending::NoAnswer, TIMEOUT) => ErrorKind::Timeout,
        (Ending::NoAnswer, _) => ErrorKind::Connection,
    }
}
