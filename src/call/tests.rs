use super::*;

/// The largest number that `Math.random` can give.
const ALMOST_1: f64 = 1.0 - f64::EPSILON / 2.0;

/// 1 January 2026, 00:00:00 UTC, a Thursday.
pub(super) const NOW: Milliseconds = 1_767_225_600_000.0;

/// A header: its name and its value.
type Header = (&'static str, &'static str);

pub(super) fn terms(operation: Operation) -> Terms {
    Terms {
        operation,
        policy: Policy::default(),
        renewable: true,
        idempotent: false,
    }
}

fn with_retries(operation: Operation, max_retries: u32) -> Terms {
    let mut terms = terms(operation);
    terms.policy.max_retries = max_retries;
    terms
}

/// A call whose first request was sent.
fn sent(terms: Terms) -> Call {
    let mut call = Call::new(terms);
    go_on(&mut call, Event::Begun, 0.0);
    call
}

/// Continues a call until a request is sent. There is time for it.
fn go_on(call: &mut Call, event: Event, elapsed: Milliseconds) {
    let mut step = call.on(event, elapsed, 0.0);
    if let Step::Token { .. } = step {
        step = call.on(Event::TokenGiven, elapsed, 0.0);
    }
    assert!(matches!(step, Step::Send { .. }), "{step:?}");
}

/// Reports to a call how its request ended.
fn end(
    call: &mut Call,
    ending: Ending,
    headers: &[(&str, &str)],
    elapsed: Milliseconds,
    random: f64,
) -> Step {
    let headers = &Headers::from_pairs(headers.iter().copied());
    let answered = |status| {
        Event::Answered(Answer {
            status,
            headers,
            is_expected: false,
            clock: NOW,
        })
    };
    let event = match ending {
        Ending::NoAnswer => Event::Lost,
        Ending::NotSent => Event::NotSent,
        Ending::Status(status) => answered(status),
        Ending::Unexpected => answered(200),
    };
    call.on(event, elapsed, random)
}

/// The same without delay and with a random number of 0; sends the next request, if there is one.
fn met(call: &mut Call, ending: Ending, headers: &[(&str, &str)]) -> Step {
    let step = end(call, ending, headers, 0.0, 0.0);
    match step {
        Step::Wait { .. } => go_on(call, Event::Waited, 0.0),
        Step::Token { .. } => go_on(call, Event::TokenGiven, 0.0),
        _ => {}
    }
    step
}

/// The step of a call after a first answer of this status.
pub(super) fn first(status: u16, headers: &[(&str, &str)], terms: Terms) -> Step {
    end(&mut sent(terms), Ending::Status(status), headers, 0.0, 0.0)
}

fn is_failed(step: Step) -> bool {
    matches!(step, Step::Failed { .. })
}

/// The waits before the retries of a get, without a hint.
fn waits(ending: Ending, count: u32, random: f64) -> Vec<Milliseconds> {
    let mut terms = with_retries(Operation::Get, count);
    terms.policy.total_timeout = f64::INFINITY;
    let mut call = sent(terms);
    let mut waits = Vec::new();
    while let Step::Wait { wait } = end(&mut call, ending, &[], 0.0, random) {
        assert!(waits.len() < count as usize, "it goes on and on");
        waits.push(wait);
        go_on(&mut call, Event::Waited, 0.0);
    }
    waits
}

#[test]
fn the_defaults_are_the_documented_ones() {
    let policy = Policy {
        timeout: 30_000.0,
        total_timeout: 120_000.0,
        max_retries: 2,
        max_retry_after: 60_000.0,
    };
    assert_eq!(Policy::default(), policy);
}

#[test]
fn the_table() {
    const RETRY: (&str, bool) = ("retry", false);
    // A retried write may already have succeeded.
    const AGAIN: (&str, bool) = ("retry", true);
    const TOKEN: (&str, bool) = ("token", false);
    const STOP: (&str, bool) = ("stop", false);
    const MAYBE: (&str, bool) = ("stop", true);
    const NONE: &[Header] = &[];
    const AFTER: &[Header] = &[("Retry-After", "1")];
    let statuses = |statuses: &[u16]| statuses.iter().copied().map(Ending::Status).collect();
    let rows: [(Vec<Ending>, _, _, _, _); 10] = [
        // what happened, headers, get and list, update and delete, create
        ([Ending::NoAnswer].into(), NONE, RETRY, AGAIN, MAYBE),
        ([Ending::NotSent].into(), NONE, RETRY, RETRY, RETRY),
        (statuses(&[408, 500, 502, 504]), NONE, RETRY, AGAIN, MAYBE),
        (statuses(&[503]), NONE, RETRY, AGAIN, MAYBE),
        (statuses(&[503]), AFTER, RETRY, RETRY, RETRY),
        (statuses(&[425, 429]), NONE, RETRY, RETRY, RETRY),
        (statuses(&[401]), NONE, TOKEN, TOKEN, TOKEN),
        (
            statuses(&[
                400, 402, 403, 404, 405, 407, 409, 410, 413, 418, 422, 424, 426, 428, 499,
            ]),
            NONE,
            STOP,
            STOP,
            STOP,
        ),
        ([Ending::Unexpected].into(), NONE, STOP, MAYBE, MAYBE),
        // Not in the documentation's table.
        (
            statuses(&[
                0, 301, 302, 303, 304, 307, 308, 501, 505, 507, 511, 520, 524, 599,
            ]),
            AFTER,
            STOP,
            MAYBE,
            MAYBE,
        ),
    ];
    for (endings, headers, reads, writes, create) in rows {
        for ending in endings {
            for operation in Operation::ALL {
                let expected = match operation {
                    Operation::List | Operation::Get => reads,
                    Operation::Update | Operation::Delete => writes,
                    Operation::Create => create,
                };
                let mut call = sent(terms(operation));
                let step = match end(&mut call, ending, headers, 0.0, 0.0) {
                    Step::Wait { .. } => "retry",
                    Step::Token { .. } => "token",
                    Step::Failed { .. } => "stop",
                    _ => "other",
                };
                let found = (step, call.may_have_succeeded());
                assert_eq!(found, expected, "{operation:?} {ending:?} {headers:?}");
                // Without retries there is exactly one request, whatever happens to it.
                let mut call = sent(with_retries(operation, 0));
                let step = end(&mut call, ending, headers, 0.0, 0.0);
                assert!(is_failed(step), "{operation:?} {ending:?} {step:?}");
                assert_eq!(
                    (call.requests(), call.may_have_succeeded()),
                    (1, expected.1)
                );
            }
        }
    }
}

#[test]
fn an_answer_as_expected_ends_the_call_well() {
    for operation in Operation::ALL {
        for status in [200, 201, 204, 500] {
            let mut call = sent(terms(operation));
            let answer = Answer {
                status,
                headers: &Headers::default(),
                is_expected: true,
                clock: NOW,
            };
            assert_eq!(call.on(Event::Answered(answer), 1e9, 0.0), Step::Done);
            assert!(!call.may_have_succeeded());
        }
    }
}

#[test]
fn every_kind_of_no_answer_has_its_row() {
    for (event, ending) in [
        (Event::Lost, Ending::NoAnswer),
        (Event::Late, Ending::NoAnswer),
        (Event::NotSent, Ending::NotSent),
        (Event::NotAResponse, Ending::Unexpected),
    ] {
        for operation in Operation::ALL {
            let (mut call, mut other) = (sent(terms(operation)), sent(terms(operation)));
            let step = call.on(event, 0.0, 0.0);
            assert_eq!(step, end(&mut other, ending, &[], 0.0, 0.0));
            assert_eq!(call, other, "{event:?} {operation:?}");
        }
    }
}

#[test]
fn a_token_and_a_request_have_what_is_left_of_the_time_each() {
    let terms = terms(Operation::Create);
    let last = 120_000.0;
    for (elapsed, within) in [
        (0.0, Some(30_000.0)),
        (last - 30_001.0, Some(30_000.0)),
        (last - 29_999.0, Some(29_999.0)),
        (last - 1.0, Some(1.0)),
        (last, None),
        (last + 1.0, None),
        (f64::INFINITY, None),
    ] {
        for event in [Event::Begun, Event::Waited] {
            let mut call = Call::new(terms);
            let step = call.on(event, elapsed, 0.0);
            let expected = within.map_or(Step::OutOfTime, |within| Step::Token { within });
            assert_eq!(step, expected, "{elapsed}");
            let mut call = Call::new(Terms {
                renewable: false,
                ..terms
            });
            let step = call.on(event, elapsed, 0.0);
            let expected = within.map_or(Step::OutOfTime, |within| Step::Send { within });
            assert_eq!(step, expected, "{elapsed}");
            assert_eq!(call.requests(), u32::from(within.is_some()));
        }
        let mut call = Call::new(terms);
        let step = call.on(Event::TokenGiven, elapsed, 0.0);
        let expected = within.map_or(Step::OutOfTime, |within| Step::Send { within });
        assert_eq!(step, expected, "{elapsed}");
        assert_eq!(call.requests(), u32::from(within.is_some()));
    }
}

#[test]
fn time_spent_in_hooks_before_a_request_counts() {
    let terms = terms(Operation::Create);
    let last = 120_000.0;
    for (elapsed, within) in [
        (5.0, Some(30_000.0)),
        (last - 1.0, Some(1.0)),
        (last, None),
        (f64::INFINITY, None),
    ] {
        let mut call = Call::new(terms);
        call.on(Event::TokenGiven, 0.0, 0.0);
        let step = call.on(Event::Delayed, elapsed, 0.0);
        let expected = within.map_or(Step::OutOfTime, |within| Step::Send { within });
        assert_eq!(step, expected, "{elapsed}");
        assert_eq!(call.requests(), u32::from(within.is_some()));
    }
}

#[test]
fn a_call_without_time_says_what_its_requests_may_have_done() {
    for (ending, open) in [(Ending::Status(500), true), (Ending::Status(429), false)] {
        let mut call = sent(terms(Operation::Update));
        let step = end(&mut call, ending, &[], 0.0, 0.0);
        assert!(matches!(step, Step::Wait { .. }));
        let step = call.on(Event::Waited, 120_000.0, 0.0);
        assert_eq!(step, Step::OutOfTime);
        assert_eq!((call.requests(), call.may_have_succeeded()), (1, open));
    }
}

#[test]
fn a_create_is_retried_after_a_503_only_with_a_readable_retry_after() {
    let step = |headers: &[(&str, &str)]| first(503, headers, terms(Operation::Create));
    let after = |text| step(&[("Retry-After", text)]);
    assert_eq!(after("2"), Step::Wait { wait: 2000.0 });
    let date = after("Thu, 01 Jan 2026 00:00:02 GMT");
    assert_eq!(date, Step::Wait { wait: 2250.0 });
    // It was turned away, although it may be sent again at once: then after the ordinary wait.
    assert_eq!(after("0"), Step::Wait { wait: 500.0 });
    assert!(is_failed(after("soon")));
    assert!(is_failed(step(&[("retry-after-ms", "2000")])));
    let reset = [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "2")];
    assert!(is_failed(step(&reset)));
}

#[test]
fn a_create_with_an_idempotency_key_is_retried_like_a_read() {
    let known = Terms {
        idempotent: true,
        ..terms(Operation::Create)
    };
    for (ending, again, open) in [
        (Ending::NoAnswer, true, true),
        (Ending::Status(408), true, true),
        (Ending::Status(500), true, true),
        (Ending::Status(503), true, true),
        (Ending::Status(429), true, false),
        (Ending::Status(501), false, true),
        (Ending::Status(422), false, false),
        (Ending::Unexpected, false, true),
    ] {
        let mut call = sent(known);
        let step = end(&mut call, ending, &[], 0.0, 0.0);
        assert_eq!(!is_failed(step), again, "{ending:?}");
        assert_eq!(call.may_have_succeeded(), open, "{ending:?}");
    }
}

#[test]
fn max_retries_counts_the_requests_after_the_first() {
    for max_retries in [0, 1, 2, 5] {
        for ending in [Ending::NoAnswer, Ending::Status(500), Ending::Status(429)] {
            let waits = waits(ending, max_retries, 0.5);
            assert_eq!(waits.len(), max_retries as usize, "{ending:?}");
        }
    }
}

#[test]
fn a_new_token_is_asked_for_once_and_does_not_count_as_a_retry() {
    let unauthenticated = Ending::Status(401);
    let within = 30_000.0;
    let mut call = sent(with_retries(Operation::Get, 1));
    let mut next = |ending| met(&mut call, ending, &[]);
    assert_eq!(next(unauthenticated), Step::Token { within });
    assert_eq!(next(Ending::Status(500)), Step::Wait { wait: 500.0 });
    assert!(is_failed(next(unauthenticated)));
    assert_eq!(call.requests(), 3);

    let mut call = sent(with_retries(Operation::Create, 1));
    let mut next = |ending| met(&mut call, ending, &[]);
    assert_eq!(next(Ending::Status(429)), Step::Wait { wait: 1000.0 });
    assert_eq!(next(unauthenticated), Step::Token { within });
    assert!(is_failed(next(Ending::Status(429))));
    assert!(!call.may_have_succeeded());
}

#[test]
fn a_new_token_is_not_asked_for_without_a_function_a_retry_or_time() {
    let fixed = Terms {
        renewable: false,
        ..terms(Operation::Get)
    };
    let late = |elapsed| {
        let mut call = sent(terms(Operation::Get));
        end(&mut call, Ending::Status(401), &[], elapsed, 0.0)
    };
    assert!(is_failed(first(401, &[], fixed)));
    assert!(is_failed(first(401, &[], with_retries(Operation::Get, 0))));
    assert_eq!(late(119_999.0), Step::Token { within: 1.0 });
    assert!(is_failed(late(120_000.0)));
}

#[test]
fn a_404_ends_a_delete_well_if_an_earlier_attempt_may_have_deleted() {
    let gone = Ending::Status(404);
    for (earlier, is_done) in [
        (&[][..], false),
        (&[Ending::NoAnswer], true),
        (&[Ending::Status(408)], true),
        (&[Ending::Status(500)], true),
        (&[Ending::Status(502)], true),
        (&[Ending::Status(503)], true),
        (&[Ending::Status(504)], true),
        (&[Ending::Status(425)], false),
        (&[Ending::Status(429)], false),
        (&[Ending::Status(401)], false),
        (&[Ending::Status(429), Ending::NoAnswer], true),
        (&[Ending::NoAnswer, Ending::Status(429)], true),
        (&[Ending::NoAnswer, Ending::Status(401)], true),
    ] {
        for operation in [Operation::Delete, Operation::Update] {
            let mut call = sent(terms(operation));
            for ending in earlier {
                assert!(!is_failed(met(&mut call, *ending, &[])));
            }
            let step = met(&mut call, gone, &[]);
            if operation == Operation::Delete && is_done {
                assert_eq!(step, Step::Done, "{earlier:?}");
            } else {
                assert!(is_failed(step), "{operation:?} {earlier:?}");
            }
        }
    }
    // The delete was turned away before: somebody else has deleted the customer, or it never existed.
    let mut call = sent(terms(Operation::Delete));
    met(&mut call, Ending::Status(503), &[("Retry-After", "1")]);
    assert!(is_failed(met(&mut call, gone, &[])));
}

#[test]
fn a_write_that_may_have_succeeded_stays_uncertain() {
    for operation in Operation::ALL {
        let mut call = sent(terms(operation));
        for ending in [Ending::NoAnswer, Ending::Status(429), Ending::Status(422)] {
            met(&mut call, ending, &[]);
        }
        let is_write = !matches!(operation, Operation::List | Operation::Get);
        assert_eq!(call.may_have_succeeded(), is_write, "{operation:?}");
    }
}

#[test]
fn waits_without_a_hint_double_up_to_their_limit() {
    let longest = [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0];
    for ending in [
        Ending::NoAnswer,
        Ending::Status(500),
        Ending::Status(503),
        Ending::Status(425),
    ] {
        assert_eq!(waits(ending, 7, 0.0), longest);
        assert_eq!(waits(ending, 7, 0.5), longest.map(|wait| wait * 0.875));
        for (wait, longest) in waits(ending, 7, ALMOST_1).into_iter().zip(longest) {
            assert!(
                (wait - longest * 0.75).abs() < 0.001 && wait >= longest * 0.75,
                "{wait}"
            );
        }
    }
    let longest = [1000.0, 2000.0, 4000.0, 8000.0, 16_000.0, 20_000.0, 20_000.0];
    let limited = Ending::Status(429);
    assert_eq!(waits(limited, 7, 0.0), longest);
    assert_eq!(waits(limited, 7, 0.5), longest.map(|wait| wait * 0.5));
    for wait in waits(limited, 7, ALMOST_1) {
        assert!(wait > 0.0 && wait < 0.001, "{wait}");
    }
    // Nothing overflows, however often.
    assert_eq!(waits(limited, 1000, 0.0).last(), Some(&20_000.0));
}

#[test]
fn the_first_hint_that_parses_wins() {
    let all = [
        ("retry-after-ms", "1500"),
        ("Retry-After", "2"),
        ("X-RateLimit-Reset", "2026-01-01T00:00:03Z"),
    ];
    for (garbage, wait) in [
        (&[][..], 1500.0),
        (&[0], 2000.0),
        (&[0, 1], 3250.0),
        (&[0, 1, 2], 1000.0),
    ] {
        let mut headers = all;
        for index in garbage {
            headers[*index].1 = "soon";
        }
        let left: Vec<_> = (0..3)
            .filter(|index| !garbage.contains(index))
            .map(|index| all[index])
            .collect();
        for headers in [&headers[..], &left] {
            let step = first(429, headers, terms(Operation::Get));
            assert_eq!(step, Step::Wait { wait }, "{headers:?}");
        }
    }
}

#[test]
fn only_an_instant_gets_a_margin_and_jitter() {
    let wait = |header, random| {
        let mut call = sent(terms(Operation::Get));
        let Step::Wait { wait } = end(&mut call, Ending::Status(429), &[header], 0.0, random)
        else {
            panic!("expected a wait");
        };
        wait
    };
    let reset = ("X-RateLimit-Reset", "2");
    for (random, expected) in [(0.0, 2250.0), (0.5, 2750.0)] {
        let date = ("Retry-After", "Thu, 01 Jan 2026 00:00:02 GMT");
        for (header, expected) in [
            (date, expected),
            (reset, expected),
            (("Retry-After", "2"), 2000.0),
            (("retry-after-ms", "2000"), 2000.0),
        ] {
            assert!((wait(header, random) - expected).abs() < f64::EPSILON);
        }
    }
    let longest = wait(reset, ALMOST_1);
    assert!(longest > 3249.999 && longest <= 3250.0, "{longest}");
}

#[test]
fn a_wait_beyond_what_is_allowed_stops_at_once() {
    for (name, allowed, beyond) in [
        ("retry-after-ms", "60000", "60001"),
        ("Retry-After", "60", "61"),
        (
            "Retry-After",
            "Thu, 01 Jan 2026 00:01:00 GMT",
            "Thu, 01 Jan 2026 00:01:01 GMT",
        ),
        ("Retry-After", "60", "99999999999999999999999"),
        (
            "X-RateLimit-Reset",
            "2026-01-01 00:01:00",
            "2026-01-01 00:01:00.001",
        ),
        ("X-RateLimit-Reset", "1767225660000", "1767225660001"),
        ("X-RateLimit-Reset", "60", "3600"),
    ] {
        for status in [425, 429, 503] {
            let remaining = ("X-RateLimit-Remaining", "0");
            let step = |text| {
                let mut call = sent(terms(Operation::Get));
                let headers = [(name, text), remaining];
                end(&mut call, Ending::Status(status), &headers, 0.0, ALMOST_1)
            };
            let step_allowed = step(allowed);
            assert!(
                matches!(
                    step_allowed,
                    Step::Wait {
                        wait: 60_000.0..=61_250.0
                    }
                ),
                "{allowed} {step_allowed:?}"
            );
            assert!(is_failed(step(beyond)), "{beyond}");
        }
    }
    // The error has the wait that the service asked for, not the one with jitter.
    let Step::Failed { retry_after } =
        first(429, &[("X-RateLimit-Reset", "3600")], terms(Operation::Get))
    else {
        panic!("expected it to fail");
    };
    assert!((retry_after - 3_600_000.0).abs() < f64::EPSILON);
}

#[test]
fn a_wait_that_leaves_no_time_for_a_request_stops_at_once() {
    for (headers, wait) in [
        (&[][..], 1000.0),
        (&[("Retry-After", "3")], 3000.0),
        (&[("X-RateLimit-Reset", "3")], 3250.0),
    ] {
        let late = |elapsed| {
            let mut call = sent(terms(Operation::Get));
            end(&mut call, Ending::Status(429), headers, elapsed, 0.0)
        };
        let last = 120_000.0 - wait;
        assert_eq!(late(last - 1.0), Step::Wait { wait });
        assert!(is_failed(late(last)));
        assert!(is_failed(late(1_000_000.0)));
    }
}
