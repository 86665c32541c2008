//! One attempt: a request and its result.

use std::pin::pin;

use futures_util::future::{Either, select};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestRedirect, Response};

use crate::call::headers::HEADERS;
use crate::client::ended::{Answered, Ended};
use crate::client::error::Error;
use crate::client::platform;
use crate::contract::MAX_ERROR_BODY;
use crate::instant::Milliseconds;

#[wasm_bindgen]
extern "C" {
    /// gloo-net's own call panics if a `fetch` rejects with something that is not an `Error`, or resolves to something
    /// that is not a `Response`: an abort with a string does, and mocks do.
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(request: &web_sys::Request) -> Result<Promise, JsValue>;
}

/// A request before it is sent.
pub struct Request<'a> {
    pub method: &'static str,
    pub url: &'a str,
    pub body: Option<&'a str>,
    pub bearer: Option<&'a str>,
    pub key: Option<&'a str>,
    pub max_response_bytes: u32,
}

/// Ends the request when the attempt is over, and when its future is dropped.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends a request and reads the response, within a time limit.
///
/// # Errors
/// If the request is not valid.
pub async fn send(request: &Request<'_>, within: Milliseconds) -> Result<Ended, Error> {
    let cannot = |_| Error::configuration("The request cannot be made: check base_url");
    let controller = AbortController::new()
        .map_err(|_| Error::configuration("There is no AbortController here"))?;
    let mut builder = RequestBuilder::new(request.url)
        .method(method_of(request.method))
        // A redirect would take the token to another host.
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(&controller.signal()))
        .header("Accept", "application/json");
    if let Some(token) = request.bearer {
        builder = builder.header("Authorization", &["Bearer ", token].concat());
    }
    if let Some(key) = request.key {
        builder = builder.header("Idempotency-Key", key);
    }
    let built = match request.body {
        Some(body) => builder
            .header("Content-Type", "application/json")
            .body(body),
        None => builder.build(),
    };
    let built = web_sys::Request::from(built.map_err(cannot)?);

    let _guard = AbortOnDrop(controller);
    let answer = pin!(exchange(&built, request.max_response_bytes));
    Ok(match select(answer, pin!(platform::sleep(within))).await {
        Either::Left((ended, _)) => ended,
        Either::Right(_) => Ended::Late,
    })
}

fn method_of(method: &str) -> Method {
    match method {
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        _ => Method::GET,
    }
}

async fn exchange(request: &web_sys::Request, max_response_bytes: u32) -> Ended {
    let Ok(promise) = fetch(request) else {
        return Ended::Lost;
    };
    let Ok(response) = JsFuture::from(promise).await else {
        return Ended::Lost;
    };
    let Ok(response) = response.dyn_into::<Response>() else {
        return Ended::NotAResponse;
    };
    let read = body(&response, max_response_bytes).await;
    let is_too_large = matches!(read, Read::TooLarge);
    let text = match read {
        Read::Text(text) => text,
        // For an error the status is enough.
        _ if !response.ok() || is_too_large => String::new(),
        _ => return Ended::Lost,
    };
    Ended::Answered(Answered {
        status: response.status(),
        headers: lines_of(&response.headers()),
        text,
        is_too_large: is_too_large && response.ok(),
    })
}

fn lines_of(headers: &web_sys::Headers) -> String {
    HEADERS
        .map(|name| headers.get(name).ok().flatten().unwrap_or_default())
        .join("\n")
}

enum Read {
    Text(String),
    TooLarge,
    CutOff,
}

/// Reads a body up to the allowed size; of an error's body, only as much as is needed.
async fn body(response: &Response, max_response_bytes: u32) -> Read {
    let is_error = !response.ok();
    let limit = if is_error {
        MAX_ERROR_BODY
    } else {
        max_response_bytes
    };
    let Some(stream) = response.body() else {
        return Read::Text(String::new());
    };
    let Ok(reader) = stream
        .get_reader()
        .dyn_into::<ReadableStreamDefaultReader>()
    else {
        return Read::CutOff;
    };
    let mut bytes = Vec::new();
    loop {
        let Ok(piece) = JsFuture::from(reader.read()).await else {
            return Read::CutOff;
        };
        let get = |name: &str| Reflect::get(&piece, &JsValue::from_str(name)).ok();
        if get("done").is_none_or(|done| done.is_truthy()) {
            break;
        }
        if let Some(chunk) = get("value").and_then(|value| value.dyn_into::<Uint8Array>().ok()) {
            bytes.extend(chunk.to_vec());
        }
        if bytes.len() > limit as usize {
            if !is_error {
                return Read::TooLarge;
            }
            bytes.truncate(limit as usize);
            break;
        }
    }
    Read::Text(String::from_utf8_lossy(&bytes).into_owned())
}
