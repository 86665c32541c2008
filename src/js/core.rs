//! What JavaScript asks the core: a class of static functions. Texts, numbers and lists of numbers cross;
//! nothing that crosses has to be freed.
//!
//! No function here returns anything but a number or nothing: texts, objects and lists are handed over by a call
//! of a function of core.js, which returns them from there. V8 11.3, which is that of Node 20, ends the process now
//! and then at a call from JavaScript into WebAssembly that returns an `externref`: optimised code that is given up
//! in the midst of such a call runs into code that V8 takes for unreachable. Numbers survive. A test reads the
//! types of all exports (tests/packaging/exports.test.mjs).

use gloo_net::http::Headers;
use wasm_bindgen::prelude::*;

use crate::call::headers;
use crate::call::operation::Operation;
use crate::call::pagination::{self, Pagination};
use crate::call::quota::Quota;
use crate::call::retry::{Attempts, Circumstances, Decision, Ending, Hint, Policy};
use crate::filter::query;
use crate::rules::check::{Check, Subject, check_customer_id};
use crate::rules::issue::{Part, Parts, Path, Report, Sentence};
use crate::rules::outline::Outline;
use crate::rules::source::Source;
use crate::text::push_encoded;

/// The core, as JavaScript holds it. There is one instance, by which core.js finds the class.
#[wasm_bindgen(private)]
pub struct Core;

#[wasm_bindgen(module = "/src/js/core.js")]
extern "C" {
    /// Whether the class was handed over, by an earlier instance.
    #[wasm_bindgen(js_name = isConnected)]
    pub fn is_connected() -> bool;
    /// Hands the class to the modules of this folder.
    pub fn connect(core: Core);
    /// Hands over what the function that runs is to return: a text.
    #[wasm_bindgen(js_name = give)]
    fn give_text(text: &str);
    /// The same, an object.
    #[wasm_bindgen(js_name = give)]
    fn give_headers(headers: web_sys::Headers);
    /// The same, a list of numbers. JavaScript copies it: it lies in the memory of the module.
    #[wasm_bindgen(js_name = giveNumbers)]
    fn give_numbers(numbers: &[f64]);
}

#[wasm_bindgen]
impl Core {
    /// Checks a value and reports its issues. Where there are none, gives what stands for a filter or an id in
    /// a URL, and nothing for a body. `subject` is as in values.js; `texts` go with the outline. `lenient` asks for those issues of a filter alone with which no query can be written.
    pub fn check(outline: &[u32], texts: &str, subject: u32, lenient: bool) {
        let report = &mut Told;
        let mut source = Outline::new(outline, texts);
        let subject = match subject {
            0 => Subject::NewCustomer,
            1 => Subject::CustomerUpdate,
            2 => Subject::ListFilter,
            _ => {
                let mut url_part = String::new();
                // An id is a text; what is not one is described as an empty one.
                let _ = source.value();
                if check_customer_id(source.last(), report) {
                    push_encoded(&mut url_part, source.last().raw);
                    give_text(&url_part);
                }
                return;
            }
        };
        let mut check = Check::new(source.clone(), subject, report);
        check.lenient = lenient;
        if check.run() && matches!(subject, Subject::ListFilter) {
            give_text(&query::write(source));
        }
    }

    /// Gives the headers of one attempt, before those that the user set. An empty token is none.
    pub fn headers(token: &str, body: bool) {
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
        give_headers(headers.into_raw());
    }

    /// Gives what the headers of an answer say, which come one a line: `[limit, remaining, resetAt, next page, page,
    /// perPage, totalPages, totalResults]`, NaN for what is not known. The page and the limit are those that a list
    /// was asked for, whatever the headers say: a service that always names the first page must not be asked
    /// for the second one forever.
    pub fn answer(headers: &str, now: f64, page: u32, limit: u32, count: u32) {
        let headers = &headers::Headers::from_lines(headers);
        let quota = Quota::read(headers, now);
        let pagination = Pagination::read(headers);
        let of_page = |figure: Option<u32>| figure.map_or(f64::NAN, f64::from);
        give_numbers(&[
            quota.map_or(f64::NAN, |quota| quota.limit),
            quota.map_or(f64::NAN, |quota| quota.remaining),
            quota.and_then(|quota| quota.reset_at).unwrap_or(f64::NAN),
            of_page(pagination::next(pagination, page, count, limit)),
            of_page(pagination.map(|pagination| pagination.page)),
            of_page(pagination.map(|pagination| pagination.per_page)),
            of_page(pagination.map(|pagination| pagination.total_pages)),
            of_page(pagination.map(|pagination| pagination.total_results)),
        ]);
    }

    /// Gives what to do after an attempt that did not end well: `[how long to wait before the next one, or what
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
        idempotent: bool,
        random: f64,
    ) {
        let ending = match u16::try_from(how) {
            Ok(200..=299) => Ending::Unexpected,
            Ok(status) => Ending::Status(status),
            Err(_) if how == NO_RESPONSE => Ending::Unexpected,
            Err(_) if how == NOT_SENT => Ending::NotSent,
            Err(_) => Ending::NoAnswer,
        };
        let hint = match ending {
            Ending::Status(status) => {
                Hint::read(&headers::Headers::from_lines(headers), status, now)
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
            idempotent,
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
        give_numbers(&[
            next,
            f64::from(attempts.to_bits()),
            hint.wait,
            hint.reset_at.unwrap_or(f64::NAN),
        ]);
    }
}

/// Issues, told to JavaScript one by one. Parts and steps are numbers: see [`Part::to_number`].
struct Told;

#[wasm_bindgen(module = "/src/js/issues.js")]
extern "C" {
    fn report(sentence: u32, one: f64, two: f64, three: f64, outer: f64, inner: f64);
}

impl Report for Told {
    fn issue(&mut self, path: &Path, sentence: Sentence, parts: &Parts) {
        let [one, two, three] = parts.map(Part::to_number);
        let [outer, inner] = path.map(Part::to_number);
        report(sentence as u32, one, two, three, outer, inner);
    }

    /// Before the outline of a value ends too early nothing is reported: only an empty one does.
    fn clear(&mut self) {}
}

const JSON_TYPE: &str = "application/json";

// As in deadline.js.
const NO_RESPONSE: i32 = -3;
const NOT_SENT: i32 = -5;

// As in call.js.
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
