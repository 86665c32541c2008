//! The service: takes a request and an instant, returns a response.
//!
//! An adapter makes two calls per request. [`Service::receive`] notes the request and decides on a fault; if it is a
//! delay, the adapter waits. [`Service::answer`] then carries the request out. The adapter also carries out the ending
//! of an [`Answer`], and provides the clock.

use collins_customers::filter::query;
use collins_customers::rules::{self, Issue, Segment};
use collins_customers::text::{decode_segment, pieces, split_at_byte};
use fastrand::Rng;

use crate::change;
use crate::clock::{self, Instant};
use crate::fault::{self, Fault, Kind, Origin};
use crate::http::{Answer, Ending, Request};
use crate::json::{self, Unreadable};
use crate::quota::Quota;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::routes::{Operation, Resource, Route};
use crate::scenario::{LONGEST_NAME, Scenarios};
use crate::seed;
use crate::selection::Selection;
use crate::store::{Failed, Page, Store};

/// A token that is known but has no rights.
pub const FORBIDDEN_TOKEN: &str = "sandbox-forbidden";

/// The maximum length of a body, in bytes: many times the longest that the contract allows.
pub const LONGEST_BODY: usize = 1 << 20;

/// The pagination headers of a list.
pub const PAGINATION: [&str; 4] = [
    "x-pagination-page",
    "x-pagination-per-page",
    "x-pagination-total-pages",
    "x-pagination-total-results",
];

const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
     <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// The time that a `throttle` asks to wait, in milliseconds.
const THROTTLED: Instant = 2000;

/// The service and its whole state.
pub struct Service<S> {
    /// The customers.
    pub store: S,
    /// The quota.
    pub quota: Quota,
    /// The scenarios.
    pub scenarios: Scenarios,
    /// The random numbers for new ids and random faults.
    pub dice: Rng,
    token: String,
    /// Faults that were planned for the next requests for an operation.
    planned: Vec<(Operation, String)>,
    /// Faults to draw at random, separated by commas.
    drawn: String,
    share: u32,
}

/// The fault for a request, in the syntax of faults; `"ok"` for none.
pub type Plan = String;

impl<S: Store> Service<S> {
    /// A service that accepts this token and this many requests an hour.
    pub fn new(store: S, token: &str, requests_an_hour: u32, dice: Rng) -> Self {
        Self {
            store,
            quota: Quota::new(requests_an_hour),
            scenarios: Scenarios::default(),
            dice,
            token: token.into(),
            planned: Vec::new(),
            drawn: String::new(),
            share: 0,
        }
    }

    /// Plans a fault for the next request for an operation. Faults of one operation apply one after the other.
    ///
    /// # Errors
    /// The fault is invalid.
    pub fn plan(&mut self, operation: Operation, fault: &str) -> Result<(), &'static str> {
        fault::parse(fault).ok_or(fault::USAGE)?;
        self.planned.push((operation, fault.into()));
        Ok(())
    }

    /// Applies faults at random: one of these, or of all if none are given, to `share` requests in a thousand.
    ///
    /// # Errors
    /// A fault is invalid.
    pub fn draw(&mut self, share: u32, faults: &str) -> Result<(), &'static str> {
        self.share = share;
        self.drawn = String::from(if faults.is_empty() {
            fault::ALL
        } else {
            faults
        });
        let valid = fault::turn(&self.drawn, 0, Origin::Header);
        valid.map(|_| ()).ok_or(fault::USAGE)
    }

    /// Notes a request for a route and decides on its fault.
    ///
    /// # Errors
    /// The requested fault is invalid.
    pub fn receive(&mut self, request: &Request) -> Result<Plan, Answer> {
        let unreadable = |reason| Err(Refusal::Explained(400, reason).into());
        let route = Route::new(request.path).unwrap_or_default();
        let (scenario, faults, origin) = match route.wish {
            Some((scenario, faults)) => match (decode_segment(scenario), decode_segment(faults)) {
                (Some(scenario), Some(faults)) => (scenario, faults, Origin::Url),
                _ => return unreadable("The URL is not percent-encoded UTF-8"),
            },
            None => (
                request.scenario.into(),
                request.fault.into(),
                Origin::Header,
            ),
        };
        let faults: String = if faults.is_empty() {
            "ok".into()
        } else {
            faults
        };
        if fault::turn(&faults, 0, origin).is_none() {
            return unreadable(fault::USAGE);
        }
        if scenario.len() > LONGEST_NAME {
            return unreadable("The name of a scenario has at most 100 bytes");
        }
        let mut position = 0;
        if !scenario.is_empty() {
            let template = match route.resource {
                Resource::Customers => "/customers",
                Resource::Customer(_) => "/customers/{customer_id}",
                Resource::Unknown => "(no route)",
            };
            let before = self.scenarios.note(&scenario, request.method, template);
            position = before as usize;
        }
        let wished = fault::turn(&faults, position, origin).unwrap_or("ok");
        if wished.trim_ascii() != "ok" {
            return Ok(wished.into());
        }
        let operation = route.resource.operation(request.method);
        let planned = self
            .planned
            .iter()
            .position(|(of, _)| Some(*of) == operation);
        if let Some(planned) = planned {
            return Ok(self.planned.remove(planned).1);
        }
        if operation.is_some() && self.share > 0 && self.dice.u32(0..1000) < self.share {
            let count = pieces(&self.drawn, b',').count();
            let drawn = self.dice.u32(..) as usize % count.max(1);
            let drawn = pieces(&self.drawn, b',').nth(drawn);
            return Ok(drawn.unwrap_or_default().into());
        }
        Ok(wished.into())
    }

    /// Answers a request, with the fault that [`Service::receive`] planned for it.
    pub fn answer(&mut self, request: &Request, plan: &str, now: Instant) -> Answer {
        let fault = fault::parse(plan).unwrap_or(Fault {
            kind: Kind::Ok,
            headers: String::new(),
            has_hints_only: true,
        });
        let route = Route::new(request.path).unwrap_or_default();
        let mut answer = match fault.kind {
            _ if request.body.len() > LONGEST_BODY => Refusal::Status(413).into(),
            Kind::Ok | Kind::Delay(_) => self.operation(request, &route, now),
            Kind::Status(status) => Refusal::Status(status).into(),
            Kind::Throttle { laravel } => throttled(now, laravel),
            Kind::Html => Answer::with_body(502, "text/html", GATEWAY_PAGE.into()),
            Kind::Redirect => {
                let mut answer = Answer::empty(302);
                answer.set("location", &other_host(request));
                answer
            }
            Kind::Reset => ending(Answer::empty(204), Ending::Reset),
            Kind::Lost => ending(self.operation(request, &route, now), Ending::Reset),
            Kind::Truncate => {
                let answer = self.operation(request, &route, now);
                // Without a body only the headers can be cut off.
                let end = match answer.body.len() {
                    0 => Ending::Reset,
                    length => Ending::CutOff(length / 2),
                };
                ending(answer, end)
            }
            Kind::Stall => {
                let answer = self.operation(request, &route, now);
                let end = if answer.body.is_empty() {
                    Ending::Silent
                } else {
                    Ending::Stalled
                };
                ending(answer, end)
            }
            Kind::Empty => {
                let mut answer = self.operation(request, &route, now);
                answer.clear();
                answer
            }
            Kind::Json => {
                self.operation(request, &route, now);
                Answer::json(200, r#"{"customers":[{"id":"#.into())
            }
        };
        answer.operation = route.resource.operation(request.method);
        answer.set("date", &clock::http(now));
        answer.headers.push_str(&fault.headers);
        answer
    }

    /// Authenticates first; an authenticated request counts towards the quota before it is carried out.
    fn operation(&mut self, request: &Request, route: &Route, now: Instant) -> Answer {
        match bearer(request.authorization) {
            Some(token) if token == self.token => {}
            Some(FORBIDDEN_TOKEN) => return Refusal::Status(403).into(),
            _ => return Refusal::Status(401).into(),
        }
        let standing = self.quota.take(now);
        let mut answer = if standing.allowed {
            self.carry_out(request, route, now)
                .unwrap_or_else(Answer::from)
        } else {
            Refusal::Status(429).into()
        };
        standing.describe(&mut answer);
        answer
    }

    fn carry_out(
        &mut self,
        request: &Request,
        route: &Route,
        now: Instant,
    ) -> Result<Answer, Refusal> {
        let operation = match route.resource {
            Resource::Unknown => return Err(MISSING),
            ref resource => resource
                .operation(request.method)
                .ok_or(Refusal::Method(resource.methods()))?,
        };
        let id = match route.resource {
            // An invalid id belongs to no customer.
            Resource::Customer(id) => decode_segment(id)
                .filter(|id| rules::customer_id(id).is_empty())
                .ok_or(MISSING)?,
            _ => String::new(),
        };
        match operation {
            Operation::List => self.list(request.query),
            Operation::Create => {
                let fields = fields(request, rules::new_customer)?;
                let customer = change::blank(&seed::id(&mut self.dice), now);
                let record = Record::new(change::apply(&fields, &customer, now)?);
                let answer = found(201, &record.text);
                self.store.insert(record)?;
                Ok(answer)
            }
            Operation::Get => Ok(found(200, &self.store.get(&id)?.ok_or(MISSING)?)),
            Operation::Update => {
                let fields = fields(request, customer_update)?;
                let change = |text: &str| change::apply(&fields, text, now).map(Record::new);
                let changed = self.store.update(&id, change)?;
                Ok(found(200, &changed.ok_or(MISSING)??))
            }
            Operation::Delete => {
                let existed = self.store.delete(&id)?;
                existed.then(|| Answer::empty(204)).ok_or(MISSING)
            }
        }
    }

    fn list(&mut self, query: &str) -> Result<Answer, Refusal> {
        let filters = query::to_json(query)?;
        let issues = rules::list_filter(&filters);
        if !issues.is_empty() {
            return Err(issues.into());
        }
        let selection = Selection::new(&filters)?;
        let Page { customers, total } = self.store.list(&selection)?;
        let mut body = String::from("{\"customers\":[");
        for customer in customers {
            json::comma(&mut body);
            body.push_str(&customer);
        }
        body.push_str("]}");
        let mut answer = Answer::json(200, body);
        // As in Laravel, an empty result is one empty page.
        let pages = total.div_ceil(selection.limit.max(1)).max(1);
        let figures = [selection.page, selection.limit, pages, total];
        for (name, figure) in PAGINATION.iter().zip(figures) {
            answer.set_number(name, figure);
        }
        Ok(answer)
    }
}

const MISSING: Refusal = Refusal::Status(404);

impl From<Failed> for Refusal {
    fn from(_: Failed) -> Self {
        Self::Status(500)
    }
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = split_at_byte(authorization, b' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

fn found(status: u16, customer: &str) -> Answer {
    let mut body = String::from("{\"customer\":");
    body.push_str(customer);
    body.push('}');
    Answer::json(status, body)
}

fn ending(mut answer: Answer, ending: Ending) -> Answer {
    answer.ending = ending;
    answer
}

/// A used-up quota that is renewed soon, reported as documented or as in stock Laravel.
fn throttled(now: Instant, laravel: bool) -> Answer {
    let mut answer = Answer::from(Refusal::Status(429));
    let reset = now - now.rem_euclid(1000) + THROTTLED;
    answer.set_number("x-ratelimit-remaining", 0);
    if laravel {
        let seconds = |time: Instant| u32::try_from(time / 1000).unwrap_or(u32::MAX);
        answer.set_number("retry-after", seconds(THROTTLED));
        answer.set_number("x-ratelimit-reset", seconds(reset));
    } else {
        answer.set("x-ratelimit-reset", &clock::iso(reset));
    }
    answer
}

/// Returns the same URL under another name of this machine: another host to a client, but the same server, so that a
/// followed redirect is noticed.
fn other_host(request: &Request) -> String {
    let port = pieces(request.host, b':').last().unwrap_or_default();
    let is_name = request.host.starts_with("localhost:");
    let mut url = String::from("http://");
    url.push_str(if is_name { "127.0.0.1:" } else { "localhost:" });
    url.push_str(if port == request.host { "80" } else { port });
    url.push_str(request.path);
    url
}

/// The rules for an update. The bookings are read-only: a customer that was read and is sent back contains them, so
/// they are ignored.
fn customer_update(text: &str) -> Vec<Issue> {
    let mut issues = rules::customer_update(text);
    issues.retain(
        |issue| !matches!(issue.path.as_slice(), [Segment::Name(name)] if name == "bookings"),
    );
    issues
}

/// Reads a body; `rules` are the rules of the operation.
fn fields(request: &Request, rules: fn(&str) -> Vec<Issue>) -> Result<String, Refusal> {
    let kind = pieces(request.content_type, b';')
        .next()
        .unwrap_or_default();
    if !kind.trim_ascii().eq_ignore_ascii_case("application/json") {
        return Err(Refusal::Status(415));
    }
    let text = str::from_utf8(request.body).map_err(|_| NOT_AN_OBJECT)?;
    let body = json::read(text);
    if body == Err(Unreadable::Repeated) {
        return Err(Refusal::Explained(
            400,
            "The body names a field more than once",
        ));
    }
    let is_object = |body: &String| body.starts_with('{');
    let fields = body.ok().filter(is_object).ok_or(NOT_AN_OBJECT)?;
    let issues = rules(text);
    if issues.is_empty() {
        Ok(fields)
    } else {
        Err(issues.into())
    }
}

const NOT_AN_OBJECT: Refusal = Refusal::Explained(400, "The body must be a JSON object");
