//! Tests the client for Rust in a browser, against the sandbox: browser.test.mjs starts both.
#![cfg(all(test, target_arch = "wasm32"))]

use std::cell::Cell;
use std::rc::Rc;

use collins_customers::client::{CustomersApi, ErrorKind, Options, Token};
use collins_customers::customer::{CustomerUpdate, NewCustomer};
use collins_customers::filter::CustomerFilter;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The base URL of the sandbox.
const SANDBOX: &str = env!("SANDBOX_URL");

fn options() -> Options {
    let mut options = Options::proxy(SANDBOX);
    options.token = Token::Fixed("sandbox".into());
    options
}

/// A client whose requests get these faults, in order.
fn failing(scenario: &str) -> Options {
    let mut options = options();
    options.base_url = SANDBOX.replace("/api", &format!("/scenario/{scenario}/{scenario}/api"));
    options
}

fn ada() -> NewCustomer {
    NewCustomer {
        first_name: Some("Ada".into()),
        labels: Some(vec!["rust-client".into()]),
        ..NewCustomer::default()
    }
}

#[wasm_bindgen_test]
async fn the_five_operations() {
    let api = CustomersApi::new(options()).unwrap();
    let ada = api.create(&ada()).await.unwrap();
    let id = ada.id.clone().unwrap();
    assert_eq!(ada.first_name.as_deref(), Some("Ada"));

    let changes = CustomerUpdate {
        notes: Some(Some("window table".into())),
        ..CustomerUpdate::default()
    };
    let changed = api.update(&id, &changes).await.unwrap();
    assert_eq!(changed.notes.as_deref(), Some("window table"));
    let cleared = CustomerUpdate {
        notes: Some(None),
        ..CustomerUpdate::default()
    };
    assert_eq!(api.update(&id, &cleared).await.unwrap().notes, None);
    assert_eq!(api.get(&id).await.unwrap().first_name, ada.first_name);

    api.delete(&id).await.unwrap();
    let error = api.get(&id).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(404)));
}

#[wasm_bindgen_test]
async fn the_pages_of_a_list() {
    let api = CustomersApi::new(options()).unwrap();
    let first = api.list(&CustomerFilter::new().limit(7)).await.unwrap();
    assert_eq!(first.customers.len(), 7);
    let pagination = first.pagination.unwrap();
    assert_eq!((pagination.page, pagination.per_page), (1, 7));
    assert!(first.rate_limit.unwrap().remaining > 0.0);

    let second = api.next_page(&first).await.unwrap().unwrap();
    assert_eq!(second.pagination.unwrap().page, 2);
    assert_ne!(first.customers[0].id, second.customers[0].id);
    let last = CustomerFilter::new().limit(7).page(pagination.total_pages);
    let last = api.list(&last).await.unwrap();
    assert!(api.next_page(&last).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn what_cannot_be_right_is_not_sent() {
    let api = CustomersApi::new(options()).unwrap();
    let long = NewCustomer {
        phone: Some("1".repeat(21)),
        ..NewCustomer::default()
    };
    let error = api.create(&long).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(error.issues()[0].code.as_str(), "too_long");
    assert_eq!(error.attempts(), 0);

    let error = api.get("../venues").await.unwrap_err();
    assert_eq!(error.issues()[0].code.as_str(), "invalid_id");
    let error = api
        .list(&CustomerFilter::new().limit(31))
        .await
        .unwrap_err();
    assert_eq!(error.issues()[0].code.as_str(), "out_of_range");
}

#[wasm_bindgen_test]
async fn a_base_url_is_safe_for_the_token() {
    let refused = |base_url: &str| {
        let mut options = options();
        options.base_url = base_url.into();
        CustomersApi::new(options).is_err_and(|error| error.kind() == ErrorKind::Configuration)
    };
    for base_url in [
        "http://proxy.example/api",
        "https://user:word@proxy.example/api",
        "https://proxy.example/api?tenant=1",
        "ftp://proxy.example/api",
        "//proxy.example/api",
        "proxy",
        // Everyone could read the token.
        "https://api.collinsbookings.com/api",
    ] {
        assert!(refused(base_url), "{base_url}");
    }
    for base_url in [
        "https://proxy.example/api/",
        "http://127.0.0.1:1/api",
        "http://[::1]:1/api",
        "/api",
    ] {
        assert!(!refused(base_url), "{base_url}");
    }
    let mut blank = options();
    blank.token = Token::Fixed("two words".into());
    assert_eq!(
        CustomersApi::new(blank).unwrap_err().kind(),
        ErrorKind::Configuration
    );
}

#[wasm_bindgen_test]
async fn a_read_is_retried_and_a_create_is_not() {
    let api = CustomersApi::new(failing("status=500,ok")).unwrap();
    api.list(&CustomerFilter::new()).await.unwrap();

    let api = CustomersApi::new(failing("lost")).unwrap();
    let error = api.create(&ada()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.may_have_succeeded());
    assert_eq!(error.attempts(), 1);
}

#[wasm_bindgen_test]
async fn a_wait_that_is_too_long_is_an_error_at_once() {
    let mut options = failing("throttle");
    options.policy.max_retry_after = 1.0;
    let error = CustomersApi::new(options)
        .unwrap()
        .get("1")
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(429));
    assert!(error.retry_after().unwrap() > 1.0);
}

#[wasm_bindgen_test]
async fn a_reset_is_read_without_the_other_figures_of_the_quota() {
    let fault = "status=429;x-ratelimit-reset=4102444800";
    let api = CustomersApi::new(failing(fault)).unwrap();
    let error = api.get("1").await.unwrap_err();
    assert_eq!(error.reset_at(), Some(4_102_444_800_000.0));
}

#[wasm_bindgen_test]
async fn what_is_not_a_customer_is_told() {
    for fault in ["json", "empty"] {
        let api = CustomersApi::new(failing(fault)).unwrap();
        let error = api.list(&CustomerFilter::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{fault}");
        assert!(
            error.to_string().contains("not what the operation returns"),
            "{error}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_body_is_read_up_to_its_limit() {
    let mut options = options();
    options.max_response_bytes = 100;
    let error = CustomersApi::new(options)
        .unwrap()
        .list(&CustomerFilter::new())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.to_string().contains("max_response_bytes"), "{error}");
    assert_eq!(error.attempts(), 1);
}

#[wasm_bindgen_test]
async fn silence_ends_with_the_timeout() {
    let mut options = failing("stall");
    options.policy.timeout = 200.0;
    options.policy.max_retries = 0;
    let error = CustomersApi::new(options)
        .unwrap()
        .get("1")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[wasm_bindgen_test]
async fn a_token_function_is_asked_again_after_a_401() {
    let asked = Rc::new(Cell::new(0));
    let count = Rc::clone(&asked);
    let mut options = options();
    options.token = Token::Function(Rc::new(move || {
        count.set(count.get() + 1);
        let token = if count.get() == 1 { "stale" } else { "sandbox" };
        Box::pin(async move { Ok(token.to_owned()) })
    }));
    let api = CustomersApi::new(options).unwrap();
    api.list(&CustomerFilter::new()).await.unwrap();
    assert_eq!(asked.get(), 2);
}

#[wasm_bindgen_test]
async fn neither_token_nor_values_are_printed() {
    let mut options = options();
    options.token = Token::Fixed("Zq7xTOKEN".into());
    let api = CustomersApi::new(options).unwrap();
    let error = api.get("Zq7xID").await.unwrap_err();
    let printed = format!("{api:?} {error} {error:?}");
    assert!(!printed.contains("Zq7x"), "{printed}");
    assert_eq!(error.status(), Some(401));
}
