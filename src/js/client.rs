//! `CustomersApi`: what the core decides, carried out.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_net::http::{Headers, Response};
use js_sys::{Array, Date, JSON, Math, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::contract::DEFAULT_LIMIT;
use crate::error::ErrorKind;
use crate::js::errors::{Failure, configuration, set, validation};
use crate::js::fetch::{ask_token, attempt, sleep};
use crate::js::filter;
use crate::js::options::{self, CallOptions, Settings};
use crate::js::values::{self, Body};
use crate::page::{self, Pagination};
use crate::query;
use crate::quota::Quota;
use crate::request::{Operation, collection_url, customer_url, is_token};
use crate::response::{self, MAX_ERROR_BODY};
use crate::retry::{Attempts, Circumstances, Decision, Ending, Hint};
use crate::validate::Subject;

#[wasm_bindgen(module = "/src/js/page.js")]
extern "C" {
    /// The promise that a method returns, from one of `[data, response]`.
    #[wasm_bindgen(js_name = apiPromise)]
    fn api_promise(pair: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = createPage)]
    fn create_page(
        customers: &JsValue,
        pagination: &JsValue,
        rate_limit: &JsValue,
        list: &JsValue,
        filter: &JsValue,
        options: &JsValue,
        next: Option<u32>,
    ) -> JsValue;

    /// The function that calls another one with itself, the filter and the options.
    #[wasm_bindgen(js_name = bindList)]
    fn bind_list(call: &JsValue) -> JsValue;

    /// The walk over all pages, of so many customers each where the filter does not say.
    #[wasm_bindgen(catch)]
    fn iterate(list: &JsValue, filter: &JsValue, options: &JsValue, limit: u32) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/js/observe.js")]
extern "C" {
    fn observe(observers: &JsValue, hook: &str, event: &Object);
}

/// The client. types.d.ts says what its users read.
#[wasm_bindgen(skip_typescript)]
pub struct CustomersApi {
    client: Rc<Client>,
    /// What the client was made with, for `withOptions`.
    options: JsValue,
    /// `list` as a function of its own: a page holds it, and no handle of the client.
    list: JsValue,
}

/// What the calls of one client share. No borrow is held across an await.
struct Client {
    settings: Settings,
    /// The quota that was seen last.
    rate_limit: RefCell<JsValue>,
}

#[wasm_bindgen]
impl CustomersApi {
    /// Checks the options; does no I/O and starts no timer.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<CustomersApi, JsValue> {
        let settings = Settings::of(options)?;
        let client = Rc::new(Client { settings, rate_limit: RefCell::new(JsValue::NULL) });
        let list = list_function(&client);
        Ok(CustomersApi { client, options: options.clone(), list })
    }

    /// A client with these options in the place of its own.
    #[wasm_bindgen(js_name = withOptions)]
    pub fn with_options(&self, overrides: &JsValue) -> Result<CustomersApi, JsValue> {
        CustomersApi::new(&options::merge(&self.options, overrides))
    }

    /// The quota that was seen last, or null.
    #[wasm_bindgen(getter, js_name = rateLimit)]
    pub fn rate_limit(&self) -> JsValue {
        self.client.rate_limit.borrow().clone()
    }

    /// `GET /customers`
    pub fn list(&self, filter: &JsValue, options: &JsValue) -> JsValue {
        list(&self.client, &self.list, filter, options)
    }

    /// All pages of a list, one customer after the other.
    pub fn iterate(&self, filter: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        iterate(&self.list, filter, options, DEFAULT_LIMIT)
    }

    /// `POST /customers`
    pub fn create(&self, customer: &JsValue, options: &JsValue) -> JsValue {
        let request = self.client.settings.call(options).map_err(JsValue::from).and_then(|call| {
            let url = collection_url(&self.client.settings.base_url, "");
            Request::with_body(Operation::Create, url, customer, Subject::NewCustomer, call)
        });
        start(&self.client, request, None)
    }

    /// `GET /customers/{customerId}`
    pub fn get(&self, id: &JsValue, options: &JsValue) -> JsValue {
        start(&self.client, self.client.without_body(Operation::Get, id, options), None)
    }

    /// `PUT /customers/{customerId}`
    pub fn update(&self, id: &JsValue, changes: &JsValue, options: &JsValue) -> JsValue {
        let request = self.client.settings.call(options).map_err(JsValue::from).and_then(|call| {
            let url = self.client.customer_url(id)?;
            Request::with_body(Operation::Update, url, changes, Subject::CustomerUpdate, call)
        });
        start(&self.client, request, None)
    }

    /// `DELETE /customers/{customerId}`
    pub fn delete(&self, id: &JsValue, options: &JsValue) -> JsValue {
        start(&self.client, self.client.without_body(Operation::Delete, id, options), None)
    }
}

/// `list` of a client, as JavaScript calls it.
fn list_function(client: &Rc<Client>) -> JsValue {
    let client = client.clone();
    let call = move |function: JsValue, filter: JsValue, options: JsValue| list(&client, &function, &filter, &options);
    bind_list(&Closure::<dyn Fn(JsValue, JsValue, JsValue) -> JsValue>::new(call).into_js_value())
}

fn list(client: &Rc<Client>, function: &JsValue, filter: &JsValue, options: &JsValue) -> JsValue {
    let request = client.settings.call(options).map_err(JsValue::from).and_then(|call| {
        let query = filter::encode(filter, call.validate)?;
        let url = collection_url(&client.settings.base_url, &query);
        Ok(Request { operation: Operation::List, url, body: JsValue::UNDEFINED, call })
    });
    let page = PageOf { list: function.clone(), filter: filter.clone(), options: options.clone() };
    start(client, request, Some(page))
}

impl Client {
    fn customer_url(&self, id: &JsValue) -> Result<String, JsValue> {
        // Whatever is not text is no id, as is the empty text.
        let id = id.as_string().unwrap_or_default();
        customer_url(&self.settings.base_url, &id).map_err(|issues| validation(&issues).into())
    }

    fn without_body(&self, operation: Operation, id: &JsValue, options: &JsValue) -> Result<Request, JsValue> {
        let call = self.settings.call(options)?;
        Ok(Request { operation, url: self.customer_url(id)?, body: JsValue::UNDEFINED, call })
    }
}

/// What is sent.
struct Request {
    operation: Operation,
    url: String,
    /// Text, or undefined where there is none.
    body: JsValue,
    call: CallOptions,
}

impl Request {
    fn with_body(
        operation: Operation,
        url: String,
        value: &JsValue,
        subject: Subject,
        call: CallOptions,
    ) -> Result<Request, JsValue> {
        let body = Body::of(value);
        let issues = if call.validate { body.check(subject).issues } else { Vec::new() };
        if !issues.is_empty() {
            return Err(validation(&issues).into());
        }
        let body = if call.extra_body.is_undefined() { body } else { Body::of(&values::merge(value, &call.extra_body)) };
        Ok(Request { operation, url, body: body.text, call })
    }

    /// The headers of one attempt: the documented ones, then the user's, who may replace them.
    fn headers(&self, token: Option<&str>) -> Headers {
        let headers = Headers::new();
        headers.set("Accept", "application/json");
        if !self.body.is_undefined() {
            headers.set("Content-Type", "application/json");
        }
        if let Some(token) = token {
            let mut value = String::from("Bearer ");
            value.push_str(token);
            headers.set("Authorization", &value);
        }
        for (name, value) in &self.call.headers {
            match value {
                Some(value) => headers.set(name, value),
                None => headers.delete(name),
            }
        }
        headers
    }
}

/// What a page needs to ask for the next one.
struct PageOf {
    list: JsValue,
    filter: JsValue,
    options: JsValue,
}

/// The promise of a call. What is wrong with its arguments rejects it; nothing is thrown.
fn start(client: &Rc<Client>, request: Result<Request, JsValue>, page: Option<PageOf>) -> JsValue {
    let client = client.clone();
    let pair = future_to_promise(async move { client.run(request?, page).await });
    api_promise(&pair)
}

impl Client {
    /// Sends a request until it succeeds or the core says to stop. Resolves to `[data, response]`.
    async fn run(&self, request: Request, page: Option<PageOf>) -> Result<JsValue, JsValue> {
        let Request { operation, call, .. } = &request;
        let begin = Date::now();
        let mut attempts = Attempts::default();
        loop {
            let attempt_begin = Date::now();
            let left = call.policy.total_timeout - (attempt_begin - begin);
            let timeout = call.policy.timeout.min(left);
            let token = self.token(call, timeout).await?;
            let headers = request.headers(token.as_deref());
            self.observe("onRequest", *operation, &attempts, |_| {});
            let sent = attempt(
                &self.settings.fetch,
                &request.url,
                operation.method(),
                &headers.into_raw(),
                &request.body,
                timeout,
                &call.signal,
                MAX_ERROR_BODY,
            );
            let answer = JsFuture::from(sent).await;
            let now = Date::now();
            let random = Math::random();

            let (ending, hint, failure) = match answer {
                Ok(pair) => {
                    let answer = Answer::of(&pair, now);
                    self.note(&answer);
                    self.observe("onResponse", *operation, &attempts, |event| {
                        set(event, "status", answer.status);
                        set(event, "durationMs", now - attempt_begin);
                        set(event, "rateLimit", &answer.rate_limit);
                    });
                    if answer.response.ok() {
                        match answer.data(*operation, &request.url, page.as_ref()) {
                            Some(data) => return Ok(Array::of2(&data, &answer.raw).into()),
                            None => (Ending::Unexpected, Hint::default(), answer.unexpected(*operation)),
                        }
                    } else {
                        let hint = Hint::read(|name| answer.response.headers().get(name), answer.status, now);
                        (Ending::Status(answer.status), hint, answer.failure(*operation, hint))
                    }
                }
                Err(stopped) => {
                    let stopped = Stopped::of(&stopped);
                    if stopped.how == ABORTED {
                        return Err(stopped.cause);
                    }
                    let ending = if stopped.how == NO_RESPONSE { Ending::Unexpected } else { Ending::NoAnswer };
                    (ending, Hint::default(), stopped.failure(*operation))
                }
            };

            let circumstances = Circumstances {
                policy: call.policy,
                renewable: self.settings.token.is_function(),
                elapsed: now - begin,
                random,
            };
            match attempts.decide(*operation, ending, hint, &circumstances) {
                Decision::Retry(wait) => {
                    self.observe("onRetry", *operation, &attempts, |event| {
                        set(event, "reason", failure.kind.name());
                        set(event, "waitMs", wait);
                    });
                    if let Err(stopped) = JsFuture::from(sleep(wait, &call.signal)).await {
                        return Err(Stopped::of(&stopped).cause);
                    }
                }
                Decision::Reauthenticate => {}
                Decision::Deleted => {
                    let response = failure.response.unwrap_or_default();
                    return Ok(Array::of2(&JsValue::UNDEFINED, &response).into());
                }
                Decision::Stop => {
                    return Err(failure
                        .show("attempts", attempts.ended)
                        .show("mayHaveSucceeded", attempts.may_have_succeeded())
                        .into());
                }
            }
        }
    }

    /// The token of one attempt; `None` where a proxy holds it.
    async fn token(&self, call: &CallOptions, timeout: f64) -> Result<Option<String>, JsValue> {
        let token = &self.settings.token;
        if !token.is_function() {
            return Ok(token.as_string());
        }
        match JsFuture::from(ask_token(token, timeout, &call.signal)).await {
            Ok(token) => match token.as_string().filter(|token| is_token(token)) {
                Some(token) => Ok(Some(token)),
                None => Err(configuration("The token function must return text that a header can carry").into()),
            },
            Err(stopped) => {
                let Stopped { how, cause } = Stopped::of(&stopped);
                Err(match how {
                    ABORTED => cause,
                    TIMEOUT => Failure::new(ErrorKind::Timeout, "The token function gave no token in time")
                        .show("mayHaveSucceeded", false)
                        .into(),
                    _ => configuration("The token function failed: see cause").keep("cause", cause).into(),
                })
            }
        }
    }

    /// Keeps the quota of an answer that has one.
    fn note(&self, answer: &Answer) {
        if !answer.rate_limit.is_null() {
            self.rate_limit.replace(answer.rate_limit.clone());
        }
    }

    /// Tells the user's observers, if there are any, what they may know: never a value, a query, a header.
    fn observe(&self, hook: &str, operation: Operation, attempts: &Attempts, fill: impl FnOnce(&Object)) {
        if !self.settings.observed {
            return;
        }
        let event = Object::new();
        set(&event, "method", operation.method());
        set(&event, "route", operation.route());
        set(&event, "attempt", if hook == "onRetry" { attempts.ended } else { attempts.ended + 1 });
        fill(&event);
        observe(&self.settings.observers, hook, &event);
    }
}

/// What came back.
struct Answer {
    raw: JsValue,
    response: Response,
    status: u16,
    text: JsValue,
    rate_limit: JsValue,
}

impl Answer {
    fn of(pair: &JsValue, now: f64) -> Answer {
        let pair: &Array = pair.unchecked_ref();
        let raw = pair.get(0);
        // Looked at structurally in fetch.js: it may come from another realm.
        let response = Response::from(raw.clone().unchecked_into::<web_sys::Response>());
        let headers = response.headers();
        let rate_limit = Quota::read(|name| headers.get(name), now).map_or(JsValue::NULL, values::rate_limit);
        Answer { status: response.status(), text: pair.get(1), raw, response, rate_limit }
    }

    /// What the operation returns, or `None` where the body is something else.
    fn data(&self, operation: Operation, url: &str, page: Option<&PageOf>) -> Option<JsValue> {
        let text = self.text.as_string()?;
        if operation == Operation::Delete {
            return (self.status == 204 || !text.is_empty()).then_some(JsValue::UNDEFINED);
        }
        let body = JSON::parse(&text).ok()?;
        let data = Reflect::get(&body, &operation.envelope().into()).ok()?;
        let Some(page) = page else {
            return (data.is_object() && !Array::is_array(&data)).then_some(data);
        };
        if !Array::is_array(&data) {
            return None;
        }
        let headers = self.response.headers();
        let pagination = Pagination::read(|name| headers.get(name));
        let number = query::number(url, "page").unwrap_or(1);
        let limit = query::number(url, "limit").unwrap_or(DEFAULT_LIMIT);
        let count = data.unchecked_ref::<Array>().length();
        let next = page::next(pagination, number, count, limit);
        let pagination = pagination.map_or(JsValue::NULL, values::pagination);
        Some(create_page(&data, &pagination, &self.rate_limit, &page.list, &page.filter, &page.options, next))
    }

    /// The error of a status that is no success.
    fn failure(&self, operation: Operation, hint: Hint) -> Failure {
        let kind = ErrorKind::of_status(self.status);
        let text = self.text.as_string().unwrap_or_default();
        let body = JSON::parse(&text).unwrap_or_else(|_| self.text.clone());
        let mut failure = Failure::new(kind, response::sentence(operation, self.status))
            .show("status", self.status)
            .show("rateLimit", &self.rate_limit)
            .keep("headers", JsValue::from(self.response.headers().into_raw()))
            .keep("body", body);
        if kind == ErrorKind::UnprocessableEntity {
            failure = failure.keep("issues", values::issues(&response::issues(&text)));
        }
        if kind == ErrorKind::RateLimit {
            let reset_at = hint.reset_at.map_or(JsValue::NULL, |instant| Date::new(&instant.into()).into());
            failure = failure
                .show("retryAfterMs", hint.wait.map_or(JsValue::NULL, JsValue::from))
                .show("resetAt", reset_at);
        }
        failure.response = Some(self.raw.clone());
        failure
    }

    /// The error of a success whose body is something else.
    fn unexpected(&self, operation: Operation) -> Failure {
        Failure::new(ErrorKind::UnexpectedResponse, response::sentence(operation, self.status))
            .show("status", self.status)
    }
}

// As in fetch.js.
const TIMEOUT: u32 = 1;
const ABORTED: u32 = 2;
const NO_RESPONSE: u32 = 3;

/// Why there is no answer.
struct Stopped {
    how: u32,
    cause: JsValue,
}

impl Stopped {
    fn of(reason: &JsValue) -> Stopped {
        let reason: &Array = reason.unchecked_ref();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one of the numbers above")]
        Stopped { how: reason.get(0).as_f64().unwrap_or_default() as u32, cause: reason.get(1) }
    }

    fn failure(self, operation: Operation) -> Failure {
        let (kind, what) = match self.how {
            TIMEOUT => (ErrorKind::Timeout, " got no answer in time"),
            NO_RESPONSE => (ErrorKind::UnexpectedResponse, ": fetch resolved to something that is no Response"),
            _ => (ErrorKind::Connection, " got no whole answer: see cause"),
        };
        let mut message = response::request_line(operation);
        message.push_str(what);
        let failure = Failure::new(kind, message);
        if kind == ErrorKind::Connection { failure.keep("cause", self.cause) } else { failure }
    }
}
