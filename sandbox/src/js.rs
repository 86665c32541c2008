//! The bindings for JavaScript. The other half is js/index.js; what other files import is in [`crate::outside`].
//!
//! Each instance of the module is one sandbox, so two of them share nothing, and garbage collection frees them.
//! The exports return numbers; strings are passed out through the imports.

use std::sync::Mutex;

use collins_customers::text::{hexadecimal, pieces};
use fastrand::Rng;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::clock::Instant;
use crate::fault::{self, Kind};
use crate::http::{Answer, Ending, Request};
use crate::json;
use crate::memory::Memory;
use crate::record::Record;
use crate::routes::Operation;
use crate::seed;
use crate::service::Service;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A module has one thread, so the lock is never contended.
// It stays for as long as the instance does: code that drops it would never run.
static SERVICE: Mutex<Option<&mut Service<Memory>>> = Mutex::new(None);

#[wasm_bindgen(module = "/js/outside.js")]
extern "C" {
    /// The fault for the request that was received, or the requests of a scenario.
    fn told(text: &str);
    /// The response to a request. The headers are lines: a name, its value, the next name, and so on.
    fn answered(status: u32, headers: &str, body: &str, ending: u32, length: u32, operation: i32);
    /// The state of the sandbox.
    fn remembered(customers: &str, ends: f64, used: u32, dice: &str);
}

/// Calls the function with the service; returns 0 if there is none yet.
// Not generic: it is in the module once.
fn with(work: &mut dyn FnMut(&mut Service<Memory>) -> i32) -> i32 {
    let mut service = SERVICE.try_lock().ok();
    let service = service.as_mut().and_then(|service| service.as_mut());
    service.map_or(0, |service| work(service))
}

/// Opens a sandbox with this many generated customers and then the given ones, a list as JSON text. The other numbers
/// are those of [`remembered`].
#[wasm_bindgen]
pub fn open_sandbox(
    token: &str,
    limit: u32,
    seeds: u32,
    customers: &str,
    ends: f64,
    used: u32,
    dice: &str,
) {
    let dice = dice.chars().fold(0, |dice: u64, digit| {
        dice << 4 | u64::from(digit.to_digit(16).unwrap_or(0))
    });
    let mut dice = Rng::with_seed(dice);
    let mut store = Memory::default();
    for customer in seed::customers(seeds) {
        store.add(Record::new(customer));
    }
    for customer in json::parts(&json::read(customers).unwrap_or_default()) {
        store.add(with_id(customer, &mut dice));
    }
    let mut service = Service::new(store, token, limit, dice);
    if used > 0 {
        #[expect(clippy::cast_possible_truncation, reason = "an instant of JavaScript")]
        let ends = ends as Instant;
        service.quota.ends = ends;
        service.quota.used = used;
    }
    if let Ok(mut place) = SERVICE.try_lock() {
        *place = Some(Box::leak(Box::new(service)));
    }
}

/// Gives the customer an id if it has none.
fn with_id(customer: &str, dice: &mut Rng) -> Record {
    let mut text = String::from(customer);
    if json::get(customer, "id").is_none() {
        text = String::from("{\"id\":\"");
        text.push_str(&seed::id(dice));
        text.push_str("\"}");
        for (name, value) in json::fields(customer) {
            text = json::set(&text, name, value);
        }
    }
    Record::new(text)
}

/// Plans a fault for the next request for an operation. Returns 1 if the fault is valid.
#[wasm_bindgen]
pub fn plan_fault(operation: u32, fault: &str) -> i32 {
    let operation = match operation {
        0 => Operation::List,
        1 => Operation::Create,
        2 => Operation::Get,
        3 => Operation::Update,
        _ => Operation::Delete,
    };
    with(&mut |service| service.plan(operation, fault).is_ok().into())
}

/// Applies faults to this many requests in a thousand. Returns 1 if all of them are valid.
#[wasm_bindgen]
pub fn draw_faults(share: u32, faults: &str) -> i32 {
    with(&mut |service| service.draw(share, faults).is_ok().into())
}

/// Notes a request and returns how many milliseconds its response has to wait, or -1 if it has been answered already.
#[wasm_bindgen]
pub fn receive_request(head: &str) -> f64 {
    let mut delay = 0.0;
    with(&mut |service| {
        match service.receive(&request(head, &[])) {
            Err(answer) => {
                deliver(&answer);
                delay = -1.0;
            }
            Ok(plan) => {
                if let Some(Kind::Delay(time)) = fault::parse(&plan).map(|fault| fault.kind) {
                    delay = time.into();
                }
                told(&plan);
            }
        }
        0
    });
    delay
}

/// Answers a request, with the fault that was planned for it.
#[wasm_bindgen]
pub fn answer_request(head: &str, body: &[u8], plan: &str, now: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "an instant of JavaScript")]
    let now = now as Instant;
    with(&mut |service| {
        deliver(&service.answer(&request(head, body), plan, now));
        0
    });
}

/// Hands out the state of the sandbox.
#[wasm_bindgen]
pub fn remember_all() {
    with(&mut |service| {
        let mut customers = String::from("[");
        for text in service.store.texts() {
            json::comma(&mut customers);
            customers.push_str(text);
        }
        customers.push(']');
        let seed = service.dice.get_seed();
        let mut dice = String::new();
        #[expect(clippy::cast_possible_truncation, reason = "one digit of it is read")]
        for digit in (0..16).rev() {
            dice.push(hexadecimal((seed >> (4 * digit)) as u32));
        }
        #[expect(clippy::cast_precision_loss, reason = "an instant of JavaScript")]
        let ends = service.quota.ends as f64;
        remembered(&customers, ends, service.quota.used, &dice);
        0
    });
}

/// Hands out the requests of a scenario.
#[wasm_bindgen]
pub fn describe_scenario(name: &str) {
    with(&mut |service| {
        told(&service.scenarios.describe(name));
        0
    });
}

/// Parses a request: its lines are the fields of [`Request`], in this order.
fn request<'r>(head: &'r str, body: &'r [u8]) -> Request<'r> {
    let mut lines = pieces(head, b'\n');
    let mut line = || lines.next().unwrap_or_default();
    Request {
        method: line(),
        path: line(),
        query: line(),
        authorization: line(),
        content_type: line(),
        host: line(),
        fault: line(),
        scenario: line(),
        body,
    }
}

fn deliver(answer: &Answer) {
    let (ending, length) = match answer.ending {
        Ending::Whole => (0, 0),
        Ending::CutOff(length) => (1, length),
        Ending::Stalled => (2, 0),
        Ending::Silent => (3, 0),
        Ending::Reset => (4, 0),
    };
    let operation = answer.operation.map_or(-1, |operation| operation as i32);
    let length = u32::try_from(length).unwrap_or(0);
    answered(
        answer.status.into(),
        &answer.headers,
        &answer.body,
        ending,
        length,
        operation,
    );
}
