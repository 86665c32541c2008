//! `CustomersApi`: what each operation sends. call.rs says what becomes of it.

use wasm_bindgen::prelude::*;

use crate::contract::{DEFAULT_LIMIT, PLAYPEN, PRODUCTION};
use crate::js::call::{Call, INVALID_TOKEN};
use crate::js::errors::{configuration, validation};
use crate::js::filter;
use crate::js::values::{self, Body};
use crate::request::{Operation, base_url, collection_url, customer_url, is_service, is_token};
use crate::retry::Policy;
use crate::validate::Subject;

#[wasm_bindgen(module = "/src/js/options.js")]
extern "C" {
    /// The options of a client or of a call, once their names and types have been looked at.
    type Options;

    #[wasm_bindgen(catch, js_name = readSettings)]
    fn read_settings(
        options: &JsValue,
        production: &str,
        playpen: &str,
        timeout: f64,
        total_timeout: f64,
        max_retries: u32,
        max_retry_after: f64,
    ) -> Result<Options, JsValue>;

    #[wasm_bindgen(catch, js_name = readCall)]
    fn read_call(options: &JsValue, settings: &Options) -> Result<Options, JsValue>;

    #[wasm_bindgen(js_name = overrideOptions)]
    fn override_options(options: &JsValue, overrides: &JsValue) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = baseUrl)]
    fn base_url(this: &Options) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn token(this: &Options) -> JsValue;

    /// Whether a token would lie open in a browser page.
    #[wasm_bindgen(method, getter, js_name = isExposed)]
    fn is_exposed(this: &Options) -> bool;

    #[wasm_bindgen(method, getter, js_name = rateLimit)]
    fn rate_limit(this: &Options) -> JsValue;

    /// Whether the call is sent without the checks.
    #[wasm_bindgen(method, getter, js_name = isUnchecked)]
    fn is_unchecked(this: &Options) -> bool;

    #[wasm_bindgen(method, getter, js_name = extraBody)]
    fn extra_body(this: &Options) -> JsValue;
}

#[wasm_bindgen(module = "/src/js/call.js")]
extern "C" {
    /// Sends a request and returns the promise of what it answers.
    fn send(
        call: Call,
        method: &str,
        url: &str,
        body: &JsValue,
        envelope: &str,
        settings: &Options,
        options: &Options,
        page: &JsValue,
    ) -> JsValue;

    /// The promise of a call that was refused before anything was sent.
    fn refuse(error: JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/js/page.js")]
extern "C" {
    /// What a page needs to ask for the next one.
    #[wasm_bindgen(js_name = pageOf)]
    fn page_of(list: &JsValue, filter: &JsValue, options: &JsValue) -> JsValue;

    /// The function that calls another one with itself, the filter and the options.
    #[wasm_bindgen(js_name = bindList)]
    fn bind_list(call: &JsValue) -> JsValue;

    /// The walk over all pages, of so many customers each where the filter does not say.
    #[wasm_bindgen(catch)]
    fn iterate(
        list: &JsValue,
        filter: &JsValue,
        options: &JsValue,
        limit: u32,
    ) -> Result<JsValue, JsValue>;
}

/// The client. types.d.ts says what its users read.
#[wasm_bindgen(skip_typescript)]
pub struct CustomersApi {
    client: std::rc::Rc<Client>,
    /// `list` as a function of its own: a page holds it, and no handle of the client.
    list: JsValue,
}

struct Client {
    base_url: String,
    settings: Options,
    /// As they were given, for `withOptions`.
    options: JsValue,
}

#[wasm_bindgen]
impl CustomersApi {
    /// Checks the options; does no I/O and starts no timer.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<CustomersApi, JsValue> {
        let client = std::rc::Rc::new(Client::new(options)?);
        let list = {
            let client = client.clone();
            let call = move |function: JsValue, filter: JsValue, options: JsValue| {
                client.list(&function, &filter, &options)
            };
            bind_list(
                &Closure::<dyn Fn(JsValue, JsValue, JsValue) -> JsValue>::new(call).into_js_value(),
            )
        };
        Ok(CustomersApi { client, list })
    }

    /// A client with these options in the place of its own.
    #[wasm_bindgen(js_name = withOptions)]
    pub fn with_options(&self, overrides: &JsValue) -> Result<CustomersApi, JsValue> {
        CustomersApi::new(&override_options(&self.client.options, overrides))
    }

    /// The quota that was seen last, or null.
    #[wasm_bindgen(getter, js_name = rateLimit)]
    pub fn rate_limit(&self) -> JsValue {
        self.client.settings.rate_limit()
    }

    /// `GET /customers`
    pub fn list(&self, filter: &JsValue, options: &JsValue) -> JsValue {
        self.client.list(&self.list, filter, options)
    }

    /// All pages of a list, one customer after the other.
    pub fn iterate(&self, filter: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        iterate(&self.list, filter, options, DEFAULT_LIMIT)
    }

    /// `POST /customers`
    pub fn create(&self, customer: &JsValue, options: &JsValue) -> JsValue {
        self.client
            .call(Operation::Create, &JsValue::UNDEFINED, customer, options)
    }

    /// `GET /customers/{customerId}`
    pub fn get(&self, id: &JsValue, options: &JsValue) -> JsValue {
        self.client
            .call(Operation::Get, id, &JsValue::UNDEFINED, options)
    }

    /// `PUT /customers/{customerId}`
    pub fn update(&self, id: &JsValue, changes: &JsValue, options: &JsValue) -> JsValue {
        self.client.call(Operation::Update, id, changes, options)
    }

    /// `DELETE /customers/{customerId}`
    pub fn delete(&self, id: &JsValue, options: &JsValue) -> JsValue {
        self.client
            .call(Operation::Delete, id, &JsValue::UNDEFINED, options)
    }
}

impl Client {
    fn new(options: &JsValue) -> Result<Client, JsValue> {
        let policy = Policy::default();
        let settings = read_settings(
            options,
            PRODUCTION,
            PLAYPEN,
            policy.timeout,
            policy.total_timeout,
            policy.max_retries,
            policy.max_retry_after,
        )?;
        let base_url = base_url(&settings.base_url().as_string().unwrap_or_default())
            .map_err(configuration)?;
        let token = settings.token();
        if token.as_string().is_some_and(|token| !is_token(&token)) {
            return Err(configuration(INVALID_TOKEN));
        }
        if is_service(&base_url) {
            if token.is_undefined() {
                return Err(configuration(
                    "token is missing: the service answers no request without one",
                ));
            }
            if settings.is_exposed() {
                return Err(configuration(
                    "A token in a browser page is open to everyone: set baseUrl to a proxy that holds it, or dangerouslyAllowBrowser",
                ));
            }
        }
        Ok(Client {
            base_url,
            settings,
            options: options.clone(),
        })
    }

    fn list(&self, list: &JsValue, filter: &JsValue, options: &JsValue) -> JsValue {
        let send = || {
            let call = read_call(options, &self.settings)?;
            let query = filter::encode(filter, !call.is_unchecked())?;
            let url = collection_url(&self.base_url, &query);
            let page = page_of(list, filter, options);
            Ok(self.send(Operation::List, &url, &JsValue::UNDEFINED, &call, &page))
        };
        send().unwrap_or_else(refuse)
    }

    /// What is wrong with the arguments rejects the promise; nothing is thrown.
    fn call(
        &self,
        operation: Operation,
        id: &JsValue,
        value: &JsValue,
        options: &JsValue,
    ) -> JsValue {
        let send = || {
            let call = read_call(options, &self.settings)?;
            let url = if operation == Operation::Create {
                collection_url(&self.base_url, "")
            } else {
                // Whatever is not text is no id, as is the empty text.
                let id = id.as_string().unwrap_or_default();
                customer_url(&self.base_url, &id).map_err(|issues| validation(&issues))?
            };
            let body = match operation {
                Operation::Create => body(value, Subject::NewCustomer, &call)?,
                Operation::Update => body(value, Subject::CustomerUpdate, &call)?,
                _ => JsValue::UNDEFINED,
            };
            Ok(self.send(operation, &url, &body, &call, &JsValue::UNDEFINED))
        };
        send().unwrap_or_else(refuse)
    }

    fn send(
        &self,
        operation: Operation,
        url: &str,
        body: &JsValue,
        options: &Options,
        page: &JsValue,
    ) -> JsValue {
        let call = Call::new(operation, url);
        send(
            call,
            operation.method(),
            url,
            body,
            operation.envelope(),
            &self.settings,
            options,
            page,
        )
    }
}

/// The text that is sent: what was checked, byte for byte, where all of it was.
fn body(value: &JsValue, subject: Subject, options: &Options) -> Result<JsValue, JsValue> {
    let is_checked = !options.is_unchecked();
    let extra = options.extra_body();
    if is_checked {
        let body = Body::of(value, subject);
        let issues = body.check().issues;
        if !issues.is_empty() {
            return Err(validation(&issues));
        }
        if extra.is_undefined() {
            return Ok(body.text);
        }
    }
    let text = if extra.is_undefined() {
        values::unchecked(value, subject)
    } else {
        values::unchecked(&values::merge(value, &extra), subject)
    };
    text.map_err(|issues| validation(&issues))
}
