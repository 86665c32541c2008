//! The seat for JavaScript: the only file that names wasm-bindgen. Its other half is js/index.js.
//!
//! Each instance of the module is one sandbox, so two of them share nothing and the garbage collector takes them.
//! Numbers come back from the exports; texts go out through the imports.

use std::sync::Mutex;

use collins_customers::text::{hexadecimal, pieces};
use fastrand::Rng;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::clock::Instant;
use crate::fault::{self, Kind};
use crate::http::{Answer, Ending, Request};
use crate::json::{self, Json};
use crate::memory::Memory;
use crate::record::Record;
use crate::routes::Operation;
use crate::seed;
use crate::service::Service;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A module has one thread, so nobody ever waits for another.
static SERVICE: Mutex<Option<Service<Memory>>> = Mutex::new(None);

#[wasm_bindgen(module = "/js/outside.js")]
extern "C" {
    /// The text in lower case, Latin letters without their accents.
    pub fn bare(text: &str) -> String;
    /// The text in lower case.
    #[wasm_bindgen(js_name = lowerCase)]
    pub fn lower_case(text: &str) -> String;
    /// What goes wrong with the request that was received.
    fn planned(plan: &str);
    /// The answer to a request. Headers stand one a line, a name and its value by turns.
    fn answered(status: u32, headers: &str, body: &str, ending: u32, length: u32, operation: i32);
    /// What the sandbox remembers.
    fn remembered(customers: &str, ends: f64, used: u32, dice: &str);
    /// What a scenario has seen.
    fn seen(scenario: &str);
}

/// Runs some work on the service; 0 where there is none yet.
fn with(work: impl FnOnce(&mut Service<Memory>) -> i32) -> i32 {
    let mut service = SERVICE.try_lock().ok();
    let service = service.as_mut().and_then(|service| service.as_mut());
    service.map_or(0, work)
}

/// Begins a sandbox: with so many seeds and then these customers, a list as JSON text. The other figures are those
/// of [`remembered`].
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
    let mut store: Memory = seed::customers(seeds)
        .map(|customer| Record::new(&customer))
        .collect();
    if let Ok(Json::List(customers)) = json::read(customers) {
        for customer in customers {
            store.add(with_id(customer, &mut dice));
        }
    }
    let mut service = Service::new(store, token, limit, dice);
    if used > 0 {
        #[expect(clippy::cast_possible_truncation, reason = "an instant of JavaScript")]
        let ends = ends as Instant;
        service.quota.ends = ends;
        service.quota.used = used;
    }
    if let Ok(mut place) = SERVICE.try_lock() {
        *place = Some(service);
    }
}

/// A customer without an id is given one.
fn with_id(customer: Json, dice: &mut Rng) -> Record {
    let Json::Object(mut fields) = customer else {
        return Record::new(&customer);
    };
    if json::get(&fields, "id").is_none() {
        fields.insert(0, ("id".into(), Json::Text(seed::id(dice))));
    }
    Record::new(&Json::Object(fields))
}

/// Lets a fault happen to the next request for an operation. Returns 1 if it is a fault.
#[wasm_bindgen]
pub fn plan_fault(operation: u32, fault: &str) -> i32 {
    let operation = match operation {
        0 => Operation::List,
        1 => Operation::Create,
        2 => Operation::Get,
        3 => Operation::Update,
        _ => Operation::Delete,
    };
    with(|service| service.plan(operation, fault).is_ok().into())
}

/// Lets faults happen to so many requests in a thousand. Returns 1 if they are faults.
#[wasm_bindgen]
pub fn draw_faults(share: u32, faults: &str) -> i32 {
    with(|service| service.draw(share, faults).is_ok().into())
}

/// Notes a request and returns for how many milliseconds its answer has to wait, or -1 if it is answered already.
#[wasm_bindgen]
pub fn receive_request(head: &str) -> f64 {
    let mut delay = 0.0;
    with(|service| {
        match service.receive(&request(head, &[])) {
            Err(answer) => {
                deliver(&answer);
                delay = -1.0;
            }
            Ok(plan) => {
                if let Some(Kind::Delay(time)) = fault::parse(&plan).map(|fault| fault.kind) {
                    delay = time.into();
                }
                planned(&plan);
            }
        }
        0
    });
    delay
}

/// Answers a request, with what was planned for it.
#[wasm_bindgen]
pub fn answer_request(head: &str, body: &[u8], plan: &str, now: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "an instant of JavaScript")]
    let now = now as Instant;
    with(|service| {
        deliver(&service.answer(&request(head, body), plan, now));
        0
    });
}

/// Hands out what the sandbox remembers.
#[wasm_bindgen]
pub fn remember_all() {
    with(|service| {
        let mut customers = String::from("[");
        for text in service.store.texts() {
            if customers.len() > 1 {
                customers.push(',');
            }
            customers.push_str(text);
        }
        customers.push(']');
        let seed = service.dice.get_seed();
        #[expect(clippy::cast_possible_truncation, reason = "one digit of it is read")]
        let dice: String = (0..16)
            .rev()
            .map(|digit| hexadecimal((seed >> (4 * digit)) as u32))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "an instant of JavaScript")]
        let ends = service.quota.ends as f64;
        remembered(&customers, ends, service.quota.used, &dice);
        0
    });
}

/// Hands out what a scenario has seen.
#[wasm_bindgen]
pub fn describe_scenario(name: &str) {
    with(|service| {
        seen(&service.scenarios.describe(name));
        0
    });
}

/// The lines of a request are, in this order, what [`Request`] has.
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
    let mut headers = String::new();
    for (name, value) in &answer.headers {
        headers.push_str(name);
        headers.push('\n');
        headers.push_str(value);
        headers.push('\n');
    }
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
        &headers,
        &answer.body,
        ending,
        length,
        operation,
    );
}
