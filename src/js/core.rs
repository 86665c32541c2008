//! What JavaScript asks the core: a class of static functions. Values cross as JSON text, numbers and short
//! lists of numbers; nothing that crosses has to be freed.

use gloo_net::http::Headers;
use js_sys::JSON;
use wasm_bindgen::prelude::*;

use crate::page::{self, Pagination};
use crate::query;
use crate::quota::Quota;
use crate::request::Operation;
use crate::response;
use crate::retry::{Attempts, Circumstances, Decision, Ending, Hint, Policy};
use crate::validate::{Check, Json, Subject, check_customer_id};

/// The core, as JavaScript holds it. There is one instance, by which core.js finds the class.
#[wasm_bindgen(private)]
pub struct Core;

#[wasm_bindgen(module = "/src/js/core.js")]
extern "C" {
    /// Hands the class to the modules of this folder.
    pub fn connect(core: Core);
}

#[wasm_bindgen]
impl Core {
    /// The list of the issues of a value; where there are none, what stands for a filter or an id in a URL, and
    /// undefined for a body. `text` is JSON, or the id itself; `subject` is as in values.js; `lenient` asks for
    /// those issues of a filter alone with which no query can be written.
    pub fn check(text: &str, subject: u32, lenient: bool) -> JsValue {
        let mut report = Json::default();
        let mut url_part = String::new();
        let subject = match subject {
            0 => Subject::NewCustomer,
            1 => Subject::CustomerUpdate,
            2 => Subject::ListFilter,
            _ => {
                if check_customer_id(text, &mut report) {
                    query::push_encoded(&mut url_part, text);
                }
                return issues(report, &url_part);
            }
        };
        let mut check = Check::new(text, subject, &mut report);
        // Such a text begins with a space: see values.js.
        check.foreign = text.starts_with(' ');
        check.lenient = lenient;
        let valid = check.run();
        if matches!(subject, Subject::ListFilter) {
            url_part = check.query();
        } else if valid {
            return JsValue::UNDEFINED;
        }
        issues(report, &url_part)
    }

    /// The filters that a query string stands for, or the list of its issues.
    pub fn parse(query: &str) -> JsValue {
        let mut report = Json::default();
        let json = query::to_json(query, &mut report);
        parse(&json.or_else(|| report.finish()).unwrap_or_default())
    }

    /// The headers of one attempt, before those that the user set. An empty token is none.
    pub fn headers(token: &str, body: bool) -> web_sys::Headers {
        let headers = Headers::new();
        headers.set("Accept", JSON_TYPE);
        if body {
            headers.set("Content-Type", JSON_TYPE);
        }
        if !token.is_empty() {
            let mut value = String::new();
            value.push_str("Bearer ");
            value.push_str(token);
            headers.set("Authorization", &value);
        }
        headers.into_raw()
    }

    /// What the headers of an answer say, given one a line: `[limit, remaining, resetAt, next page, page,
    /// perPage, totalPages, totalResults]`. The page and the limit are those that a list was asked for,
    /// whatever the headers say: a service that always names the first page must not be asked for the second
    /// one forever.
    pub fn answer(headers: &str, now: f64, page: u32, limit: u32, count: u32) -> JsValue {
        let headers = &response::Headers::from_lines(headers);
        let quota = Quota::read(headers, now);
        let pagination = Pagination::read(headers);
        let of_page = |figure: Option<u32>| figure.map_or(f64::NAN, f64::from);
        list(&[
            quota.map_or(f64::NAN, |quota| quota.limit),
            quota.map_or(f64::NAN, |quota| quota.remaining),
            quota.and_then(|quota| quota.reset_at).unwrap_or(f64::NAN),
            of_page(page::next(pagination, page, count, limit)),
            of_page(pagination.map(|pagination| pagination.page)),
            of_page(pagination.map(|pagination| pagination.per_page)),
            of_page(pagination.map(|pagination| pagination.total_pages)),
            of_page(pagination.map(|pagination| pagination.total_results)),
        ])
    }

    /// What to do after an attempt that did not end well: `[how long to wait before the next one, or what
    /// else to do, the state to ask with the next time, how long the service asks to wait, when the quota is
    /// reset]`. The numbers are those of call.js.
    #[expect(
        clippy::too_many_arguments,
        reason = "the circumstances of a decision, as JavaScript has them"
    )]
    pub fn next(
        state: u32,
        operation: u32,
        how: i32,
        headers: &str,
        now: f64,
        elapsed: f64,
        total_timeout: f64,
        max_retries: u32,
        max_retry_after: f64,
        renewable: bool,
        random: f64,
    ) -> JsValue {
        let ending = match u16::try_from(how) {
            Ok(200..=299) => Ending::Unexpected,
            Ok(status) => Ending::Status(status),
            Err(_) if how == NO_RESPONSE => Ending::Unexpected,
            Err(_) => Ending::NoAnswer,
        };
        let hint = match ending {
            Ending::Status(status) => {
                Hint::read(&response::Headers::from_lines(headers), status, now)
            }
            _ => Hint::default(),
        };
        let circumstances = Circumstances {
            policy: Policy {
                total_timeout,
                max_retries,
                max_retry_after,
                ..Policy::default()
            },
            renewable,
            elapsed,
            random,
        };
        let mut attempts = Attempts::from_bits(state);
        let next = match attempts.decide(operation_of(operation), ending, hint, &circumstances) {
            Decision::Retry(wait) => wait,
            Decision::Reauthenticate => REAUTHENTICATE,
            Decision::Deleted => DELETED,
            Decision::Stop => STOP,
        };
        list(&[
            next,
            f64::from(attempts.to_bits()),
            hint.wait,
            hint.reset_at.unwrap_or(f64::NAN),
        ])
    }
}

const JSON_TYPE: &str = "application/json";

// As in call.js.
const NO_RESPONSE: i32 = -3;
const REAUTHENTICATE: f64 = -1.0;
const DELETED: f64 = -2.0;
const STOP: f64 = -3.0;

fn operation_of(number: u32) -> Operation {
    match number {
        0 => Operation::List,
        1 => Operation::Create,
        2 => Operation::Get,
        3 => Operation::Update,
        _ => Operation::Delete,
    }
}

/// The list of issues that JavaScript gets, or the text where there are none.
fn issues(report: Json, otherwise: &str) -> JsValue {
    report
        .finish()
        .map_or_else(|| otherwise.into(), |json| parse(&json))
}

fn parse(json: &str) -> JsValue {
    // The core writes JSON, so this cannot fail.
    JSON::parse(json).unwrap_or_default()
}

/// Numbers as the list that JavaScript takes apart; NaN for what is not known.
fn list(numbers: &[f64]) -> JsValue {
    serde_wasm_bindgen::to_value(numbers).unwrap_or_default()
}
