//! The functions for JavaScript. They return numbers; strings are handed over by [`tell`].

use collins_customers::call::headers::Headers;
use collins_customers::call::operation::Operation;
use collins_customers::call::quota::Quota;
use collins_customers::text::split_at_byte;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::body;
use crate::path::Path;
use crate::query::{self, Listed};
use crate::refusal::Refusal;
use crate::scope::Scope;

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

#[wasm_bindgen(module = "/js/told.js")]
extern "C" {
    /// Hands over a string, by the number of its kind.
    fn tell(what: u32, text: &str);
    /// Hands over the figures of the quota; NaN if unknown.
    fn figures(limit: f64, remaining: f64, reset_at: f64);
}

// As in told.js.
const TARGET: u32 = 0;
const BODY: u32 = 1;

// As in core.js.
const SEND: i32 = 0;
const SEND_LOOSE: i32 = 1;
const NOBODY: i32 = 2;
const BAD_SCOPE: i32 = 500;
const BAD_RECORD: i32 = 502;

const NO_QUERY: &str = "Only a list takes a query";

/// The number of the operation of a request, given its path and query; -1 if there is no such path; -2 and -3 if
/// there is no such method for all customers, and for one.
#[wasm_bindgen]
pub fn find_operation(method: &str, target: &str) -> i32 {
    let (path, _) = parts(target);
    let Some(path) = Path::read(path) else {
        return -1;
    };
    match path.operation(method) {
        Some(operation) => operation as i32,
        None => match path {
            Path::Customers => -2,
            Path::Customer(_) => -3,
        },
    }
}

/// The path and the query of a target.
fn parts(target: &str) -> (&str, &str) {
    split_at_byte(target, b'?').unwrap_or((target, ""))
}

/// Checks a request, by the number of its operation. Hands over the target or the body that is sent, if it is not the
/// received one. For a refusal it returns the status and hands over the body.
#[wasm_bindgen]
pub fn check_request(operation: u32, target: &str, body: &[u8], scope: &str, lenient: bool) -> i32 {
    let Some(scope) = Scope::read(scope) else {
        return BAD_SCOPE;
    };
    let operation = Operation::ALL.get(operation as usize);
    let decided = operation.ok_or(Refusal::Missing);
    match decided.and_then(|operation| decide(*operation, target, body, &scope, lenient)) {
        Ok(next) => next,
        Err(refusal) => refused(&refusal),
    }
}

fn decide(
    operation: Operation,
    asked: &str,
    body: &[u8],
    scope: &Scope,
    lenient: bool,
) -> Result<i32, Refusal> {
    let (path, query) = parts(asked);
    let place = Path::read(path).ok_or(Refusal::Missing)?;
    let mut target = place.written();
    if operation != Operation::List && !query.is_empty() {
        return Err(Refusal::Unreadable(NO_QUERY));
    }
    let mut is_loose = false;
    match (operation, &place) {
        (Operation::List, _) => match query::check(query, scope, lenient)? {
            Listed::Query {
                text,
                is_loose: loose,
            } => {
                if !text.is_empty() {
                    target.push('?');
                    target.push_str(&text);
                }
                is_loose = loose;
            }
            Listed::Nobody { page, limit } => {
                figures(f64::from(page), f64::from(limit), f64::NAN);
                return Ok(NOBODY);
            }
        },
        (Operation::Create, _) => {
            let checked = body::check_new(body, scope, lenient)?;
            if let Some(written) = &checked.written {
                tell(BODY, written);
            }
            is_loose = checked.is_loose;
        }
        (Operation::Update, Path::Customer(id)) => {
            is_loose = body::check_update(body, id, scope, lenient)?.is_loose;
        }
        _ => {}
    }
    // Most callers write the canonical form.
    if target != asked {
        tell(TARGET, &target);
    }
    Ok(if is_loose { SEND_LOOSE } else { SEND })
}

/// Checks whether a record of the service is in scope, and whether this body (empty for none) may be written to it. For
/// a refusal it returns the status and hands over the body.
#[wasm_bindgen]
pub fn check_record(record: &[u8], body: &[u8], scope: &str) -> i32 {
    let Some(scope) = Scope::read(scope) else {
        return BAD_SCOPE;
    };
    let Ok(record) = str::from_utf8(record) else {
        return BAD_RECORD;
    };
    match scope.admits(record) {
        Err(_) => return BAD_RECORD,
        Ok(false) => return refused(&Refusal::Missing),
        Ok(true) => {}
    }
    if body.is_empty() {
        return SEND;
    }
    let issues = str::from_utf8(body)
        .ok()
        .and_then(|body| scope.check_update(body, record).ok());
    match issues {
        Some(issues) if issues.is_empty() => SEND,
        Some(issues) => refused(&Refusal::Invalid(issues)),
        None => BAD_RECORD,
    }
}

/// Hands over the quota in the headers of an answer, given one per line, in the order of the core's table, and the time
/// of the service's clock.
#[wasm_bindgen]
pub fn read_quota(lines: &str, now: f64) {
    if let Some(quota) = Quota::read_at(&Headers::from_lines(lines), now) {
        figures(
            quota.limit,
            quota.remaining,
            quota.reset_at.unwrap_or(f64::NAN),
        );
    }
}

fn refused(refusal: &Refusal) -> i32 {
    let body: String = refusal.body();
    tell(BODY, &body);
    i32::from(refusal.status())
}
