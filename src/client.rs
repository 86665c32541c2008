//! The client for Rust in browsers and workers: feature `client`, for WebAssembly only.
//!
//! It is the second driver of [`crate::call`]: the JavaScript client and this one behave alike, because the core makes
//! all decisions. Requests and responses are gloo-net's, timers gloo-timers'. The platform's own `JSON.parse` reads a
//! response, and serde makes a [`Customer`] of the result.
//!
//! Dropping the future of a call ends the call: its request is aborted, and nothing keeps running.
//!
//! ```no_run
//! use collins_customers::client::{CustomersApi, Error, Options};
//! use collins_customers::customer::NewCustomer;
//! use collins_customers::filter::CustomerFilter;
//!
//! # async fn example() -> Result<(), Error> {
//! // A page talks to a proxy, which has the token.
//! let api = CustomersApi::new(Options::proxy("/api"))?;
//! let ada = NewCustomer { first_name: Some("Ada".into()), ..NewCustomer::default() };
//! let ada = api.create(&ada).await?;
//! let vips = api.list(&CustomerFilter::new().labels(["VIP"])).await?;
//! for customer in &vips.customers {
//!     assert!(customer.id.is_some());
//! }
//! api.delete(ada.id.as_deref().unwrap_or_default()).await?;
//! # Ok(())
//! # }
//! ```

mod attempt;
mod ended;
mod error;
mod options;
mod platform;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::call::headers::Headers;
use crate::call::operation::Operation;
use crate::call::pagination::{self, Pagination};
use crate::call::quota::Quota;
use crate::call::{Answer, Call, Event, Step, Terms};
use crate::contract::{CUSTOMERS, DEFAULT_LIMIT};
use crate::customer::{Customer, CustomerUpdate, NewCustomer};
use crate::filter::{CustomerFilter, Value};
use crate::rules::{self, Issue};
use crate::text::push_encoded;

use attempt::Request;
use ended::Ended;
pub use error::{Error, ErrorKind};
pub use options::{Options, Token};

/// A client of the Customers API.
#[derive(Clone, Debug)]
pub struct CustomersApi {
    options: Options,
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The customers of this page.
    pub customers: Vec<Customer>,
    /// The position of the page; `None` if its headers cannot be read.
    pub pagination: Option<Pagination>,
    /// The quota after this request; `None` if its headers cannot be read.
    pub rate_limit: Option<Quota>,
    /// The query of the next page; `None` after the last one.
    next: Option<String>,
}

/// The request of a call.
struct Sent {
    operation: Operation,
    /// The path and the query, below the base URL.
    target: String,
    body: Option<String>,
}

/// The headers of the last response of a call.
struct Received {
    /// The values of those that the core reads, as lines.
    headers: String,
    /// The time of day when it arrived, by the client's clock.
    clock: f64,
}

impl CustomersApi {
    /// Creates a client. It sends nothing.
    ///
    /// # Errors
    /// If an option is not valid: see [`Options`].
    pub fn new(options: Options) -> Result<Self, Error> {
        options.check()?;
        Ok(CustomersApi { options })
    }

    /// Returns one page of customers. `GET /customers` \[doc\]
    ///
    /// # Errors
    /// If the filter has issues, or the call fails.
    pub async fn list<OptedIn, OptedOut>(
        &self,
        filter: &CustomerFilter<OptedIn, OptedOut>,
    ) -> Result<Page, Error> {
        let query = filter.to_query_string().map_err(Error::validation)?;
        self.page(query).await
    }

    /// Returns the page after this one, with the same filter; `None` after the last one. If the headers cannot be
    /// read, a page that is not full is the last one.
    ///
    /// # Errors
    /// If the call fails. The same page can then be requested again.
    pub async fn next_page(&self, page: &Page) -> Result<Option<Page>, Error> {
        match &page.next {
            Some(query) => self.page(query.clone()).await.map(Some),
            None => Ok(None),
        }
    }

    /// Creates a customer. `POST /customers` \[doc\]
    ///
    /// It is not retried if the first request may have succeeded: see [`Error::may_have_succeeded`].
    ///
    /// # Errors
    /// If the customer has issues, or the call fails.
    pub async fn create(&self, customer: &NewCustomer) -> Result<Customer, Error> {
        self.write(
            Operation::Create,
            CUSTOMERS.into(),
            customer,
            rules::new_customer,
        )
        .await
    }

    /// Returns one customer. `GET /customers/{customerId}` \[doc\]
    ///
    /// # Errors
    /// If the id is not valid, or the call fails.
    pub async fn get(&self, id: &str) -> Result<Customer, Error> {
        let sent = Sent {
            operation: Operation::Get,
            target: target_of(id)?,
            body: None,
        };
        self.customer(sent).await
    }

    /// Changes a customer. `PUT /customers/{customerId}` \[doc\]
    ///
    /// # Errors
    /// If the id or the changes have issues, or the call fails.
    pub async fn update(&self, id: &str, changes: &CustomerUpdate) -> Result<Customer, Error> {
        self.write(
            Operation::Update,
            target_of(id)?,
            changes,
            rules::customer_update,
        )
        .await
    }

    /// Deletes a customer. `DELETE /customers/{customerId}` \[doc\]
    ///
    /// If an earlier attempt of this call may have deleted the customer, a 404 on the next one counts as success.
    ///
    /// # Errors
    /// If the id is not valid, or the call fails.
    pub async fn delete(&self, id: &str) -> Result<(), Error> {
        let sent = Sent {
            operation: Operation::Delete,
            target: target_of(id)?,
            body: None,
        };
        self.send(&sent, is_deleted).await.map(|_| ())
    }

    async fn page(&self, query: String) -> Result<Page, Error> {
        let mark = if query.is_empty() { "" } else { "?" };
        let sent = Sent {
            operation: Operation::List,
            target: [CUSTOMERS, mark, &query].concat(),
            body: None,
        };
        let mut customers: Option<Vec<Customer>> = None;
        let received = self
            .send(&sent, |text| {
                customers = read(Operation::List, text);
                customers.is_some()
            })
            .await?;
        let customers = customers.unwrap_or_default();
        let headers = Headers::from_lines(&received.headers);
        let pagination = Pagination::read(&headers);
        let count = u32::try_from(customers.len()).unwrap_or(u32::MAX);
        Ok(Page {
            next: next_query(&query, pagination, count),
            rate_limit: Quota::read(&headers, received.clock),
            pagination,
            customers,
        })
    }

    async fn write(
        &self,
        operation: Operation,
        target: String,
        value: &impl Serialize,
        check: fn(&str) -> Vec<Issue>,
    ) -> Result<Customer, Error> {
        let body = write(value)
            .ok_or_else(|| Error::configuration("The value cannot be written as JSON"))?;
        let issues = check(&body);
        if !issues.is_empty() {
            return Err(Error::validation(issues));
        }
        let body = Some(body);
        self.customer(Sent {
            operation,
            target,
            body,
        })
        .await
    }

    async fn customer(&self, sent: Sent) -> Result<Customer, Error> {
        let mut customer = None;
        self.send(&sent, |text| {
            customer = read(sent.operation, text);
            customer.is_some()
        })
        .await?;
        Ok(customer.unwrap_or_default())
    }

    /// Sends a request until it succeeds or the core says to stop. `is_expected` reads the body of a success.
    async fn send(
        &self,
        sent: &Sent,
        mut is_expected: impl FnMut(&str) -> bool,
    ) -> Result<Received, Error> {
        let Options {
            policy,
            token,
            idempotency,
            ..
        } = &self.options;
        let url = self.options.address()? + &sent.target;
        let key = (*idempotency && sent.operation == Operation::Create).then(platform::random_key);
        let mut call = Call::new(Terms {
            operation: sent.operation,
            policy: *policy,
            renewable: matches!(token, Token::Function(_)),
            idempotent: key.is_some(),
        });
        let mut bearer = token.fixed();
        let mut ended = Ended::Lost;
        let mut clock = platform::clock();
        let begun = platform::elapsed();
        let tell = |call: &mut Call, event: Event| {
            call.on(event, platform::elapsed() - begun, platform::random())
        };
        let mut step = tell(&mut call, Event::Begun);
        loop {
            step = match step {
                Step::Token { within } => {
                    let asked = token.ask(within).await;
                    bearer = Some(asked.map_err(|error| error.of(sent.operation, &call))?);
                    tell(&mut call, Event::TokenGiven)
                }
                Step::Send { within } => {
                    let request = Request {
                        method: sent.operation.method(),
                        url: &url,
                        body: sent.body.as_deref(),
                        bearer: bearer.as_deref(),
                        key: key.as_deref(),
                        max_response_bytes: self.options.max_response_bytes,
                    };
                    ended = attempt::send(&request, within).await?;
                    clock = platform::clock();
                    match &ended {
                        Ended::Lost => tell(&mut call, Event::Lost),
                        Ended::Late => tell(&mut call, Event::Late),
                        Ended::NotAResponse => tell(&mut call, Event::NotAResponse),
                        Ended::Answered(answer) => {
                            let answer = Answer {
                                status: answer.status,
                                headers: &Headers::from_lines(&answer.headers),
                                is_expected: answer.is_success() && is_expected(&answer.text),
                                clock,
                            };
                            tell(&mut call, Event::Answered(answer))
                        }
                    }
                }
                Step::Wait { wait } => {
                    platform::sleep(wait).await;
                    tell(&mut call, Event::Waited)
                }
                Step::Done => {
                    let headers = match ended {
                        Ended::Answered(answer) => answer.headers,
                        _ => String::new(),
                    };
                    return Ok(Received { headers, clock });
                }
                Step::Failed { retry_after } => {
                    return Err(Error::ended(
                        sent.operation,
                        &call,
                        ended,
                        retry_after,
                        clock,
                    ));
                }
                Step::OutOfTime => {
                    let error = Error::timeout("total_timeout ended before the next request");
                    return Err(error.of(sent.operation, &call));
                }
            };
        }
    }
}

/// The path of one customer.
fn target_of(id: &str) -> Result<String, Error> {
    let issues = rules::customer_id(id);
    if !issues.is_empty() {
        return Err(Error::validation(issues));
    }
    let mut target = [CUSTOMERS, "/"].concat();
    push_encoded(&mut target, id);
    Ok(target)
}

/// The query of the page after this one, if there is one.
fn next_query(query: &str, pagination: Option<Pagination>, count: u32) -> Option<String> {
    let filter = CustomerFilter::parse(query).ok()?;
    let number = |name, default| match filter.get(name) {
        Some(Value::Integer(number)) => *number,
        _ => default,
    };
    let next = pagination::next(
        pagination,
        number("page", 1),
        count,
        number("limit", DEFAULT_LIMIT),
    )?;
    filter.page(next).to_query_string().ok()
}

/// The JSON text of a value, written by the platform.
fn write(value: &impl Serialize) -> Option<String> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let value = value.serialize(&serializer).ok()?;
    js_sys::JSON::stringify(&value).ok()?.as_string()
}

/// Reads the value that an operation returns from the text of its response.
fn read<T: DeserializeOwned>(operation: Operation, text: &str) -> Option<T> {
    serde_wasm_bindgen::from_value(field(text, operation.envelope())?).ok()
}

/// A field of JSON text.
fn field(text: &str, name: &str) -> Option<JsValue> {
    let value = js_sys::JSON::parse(text).ok()?;
    let inner = js_sys::Reflect::get(&value, &JsValue::from_str(name)).ok()?;
    (!inner.is_undefined()).then_some(inner)
}

/// Returns whether this is the response to a delete: nothing, or a form of nothing in JSON, or the customer. A
/// gateway's page and an error in a 200 are not.
fn is_deleted(text: &str) -> bool {
    let bare: String = text.split_whitespace().collect();
    matches!(bare.as_str(), "" | "null" | "{}" | "[]")
        || read::<Customer>(Operation::Get, text).is_some()
}
