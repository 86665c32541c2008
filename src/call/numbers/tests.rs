use super::*;
use crate::call::tests::NOW;
use proptest::prelude::*;

/// The number of a call that has this name.
fn at(call: &[f64], name: &str) -> f64 {
    call[CALL.iter().position(|known| *known == name).expect(name)]
}

/// The position of a name among `names`.
fn number_of(names: &[&str], name: &str) -> f64 {
    let mut numbers = (0_u8..).zip(names);
    let (number, _) = numbers.find(|(_, known)| **known == name).expect(name);
    number.into()
}

/// The name of the step that a call is at.
fn step_of(call: &[f64]) -> &'static str {
    let is_at = |number: u8| (f64::from(number) - at(call, "STEP")).abs() < 0.5;
    let mut numbers = (0_u8..).zip(STEPS);
    let (_, name) = numbers
        .find(|(number, _)| is_at(*number))
        .expect("a known step");
    name
}

/// Passes an event to a call.
fn tell(call: &[f64], event: &[f64], lines: &str) -> [f64; CALL.len()] {
    let mut numbers = event.to_vec();
    numbers.resize(9, f64::NAN);
    numbers.extend(call);
    on(&numbers, lines)
}

fn event(name: &str) -> f64 {
    number_of(&EVENTS, name)
}

fn step(name: &str) -> f64 {
    number_of(&STEPS, name)
}

fn assert_says(call: &[f64], says: &[(&str, f64)]) {
    for (name, value) in says {
        let found = at(call, name);
        assert!(
            (found - value).abs() < f64::EPSILON || found.is_nan() && value.is_nan(),
            "{name}: {found}"
        );
    }
}

#[test]
fn each_number_of_a_call_has_its_name() {
    let terms = [
        ("OPERATION", 0.0),
        ("TIMEOUT", 70.0),
        ("TOTAL_TIMEOUT", 5000.0),
        ("MAX_RETRIES", 3.0),
        ("MAX_RETRY_AFTER", 4000.0),
        ("RENEWABLE", 1.0),
        ("IDEMPOTENT", 1.0),
    ];
    let call = tell(&terms.map(|(_, value)| value), &[event("BEGUN"), 10.0], "");
    assert_says(&call, &terms);
    assert_says(
        &call,
        &[("STEP", step("TOKEN")), ("WITHIN", 70.0), ("REQUESTS", 0.0)],
    );
    let call = tell(&call, &[event("TOKEN_GIVEN"), 4960.0], "");
    assert_says(&call, &terms);
    assert_says(
        &call,
        &[("STEP", step("SEND")), ("WITHIN", 40.0), ("REQUESTS", 1.0)],
    );
    let lines = "20\n\n\n500\n7\n60\n2\n30\n9\n251";
    let answered = [
        event("ANSWERED"),
        4970.0,
        0.0,
        NOW,
        401.0,
        0.0,
        2.0,
        30.0,
        30.0,
    ];
    let renewed = tell(&call, &answered, lines);
    assert_says(
        &renewed,
        &[
            ("STEP", step("TOKEN")),
            ("WITHIN", 30.0),
            ("REAUTHENTICATED", 1.0),
        ],
    );
    let answered = [
        event("ANSWERED"),
        4970.0,
        0.0,
        NOW,
        503.0,
        0.0,
        2.0,
        30.0,
        30.0,
    ];
    let waiting = tell(&call, &answered, lines);
    assert_says(&waiting, &terms);
    assert_says(
        &waiting,
        &[
            ("STEP", step("WAIT")),
            ("WITHIN", 20.0),
            ("QUOTA_LIMIT", 500.0),
            ("QUOTA_REMAINING", 7.0),
            ("QUOTA_RESET_AT", NOW + 60_000.0),
            ("NEXT_PAGE", 3.0),
            ("PAGE", 2.0),
            ("PER_PAGE", 30.0),
            ("TOTAL_PAGES", 9.0),
            ("TOTAL_RESULTS", 251.0),
        ],
    );
    let call = tell(&waiting, &[event("WAITED"), 5000.0], "");
    assert_says(
        &call,
        &[
            ("STEP", step("OUT_OF_TIME")),
            ("REQUESTS", 1.0),
            ("PAGE", f64::NAN),
        ],
    );
    let expected = [event("ANSWERED"), 5000.0, 0.0, NOW, 200.0, 1.0];
    assert_says(&tell(&waiting, &expected, ""), &[("STEP", step("DONE"))]);
    let late = [event("ANSWERED"), 4970.0, 0.0, NOW, 429.0, 0.0];
    let failed = tell(&call, &late, "9000");
    assert_says(
        &failed,
        &[
            ("STEP", step("FAILED")),
            ("RETRY_AFTER", 9000.0),
            ("MAY_HAVE_SUCCEEDED", 0.0),
        ],
    );
}

#[test]
fn the_progress_of_a_call_is_passed_on() {
    let refused = |status| [event("ANSWERED"), 1.0, 0.0, NOW, status, 0.0];
    let update = number_of(&Operation::ALL.map(Operation::method), "PUT");
    let terms = [update, 70.0, 5000.0, 3.0, 0.0, 1.0];
    let mut call = tell(&terms, &[event("BEGUN"), 0.0], "");
    for (status, next, says) in [
        (500.0, "WAIT", ("MAY_HAVE_SUCCEEDED", 1.0)),
        (401.0, "TOKEN", ("REAUTHENTICATED", 1.0)),
        (429.0, "WAIT", ("MAY_HAVE_SUCCEEDED", 1.0)),
        (401.0, "FAILED", ("REQUESTS", 4.0)),
    ] {
        if step_of(&call) == "WAIT" {
            call = tell(&call, &[event("WAITED"), 1.0], "");
        }
        call = tell(&call, &[event("TOKEN_GIVEN"), 1.0], "");
        call = tell(&call, &refused(status), "");
        assert_says(&call, &[("STEP", step(next)), says]);
    }
    assert_says(
        &call,
        &[("MAY_HAVE_SUCCEEDED", 1.0), ("REAUTHENTICATED", 1.0)],
    );
}

#[test]
fn each_kind_of_no_answer_has_its_number() {
    // An update, because its `MAY_HAVE_SUCCEEDED` depends on the kind.
    for (name, expected, open) in [
        ("LOST", "WAIT", 1.0),
        ("LATE", "WAIT", 1.0),
        ("NOT_SENT", "WAIT", 0.0),
        ("NOT_A_RESPONSE", "FAILED", 1.0),
    ] {
        let update = number_of(&Operation::ALL.map(Operation::method), "PUT");
        let call = tell(&[update, 70.0, 5000.0, 3.0], &[event("BEGUN")], "");
        let call = tell(&call, &[event(name), 1.0, 0.0], "");
        assert_says(
            &call,
            &[("STEP", step(expected)), ("MAY_HAVE_SUCCEEDED", open)],
        );
    }
}

/// The ways in which a request may end, and the hints of its answer about when to come back.
fn events() -> impl Strategy<Value = (u32, u16, String)> {
    let statuses = prop::sample::select(vec![
        200, 204, 401, 404, 408, 422, 425, 429, 500, 502, 503, 504,
    ]);
    let status = prop_oneof![4 => statuses, 1 => any::<u16>()];
    let kind = prop_oneof![3 => Just(3), 2 => 4..8_u32];
    (kind, status, "[0-9]{0,14}|[ -~]{0,30}")
}

proptest! {
    /// The driver of JavaScript, with its own clock and random numbers; everything crosses as numbers.
    #[test]
    fn every_call_ends_in_time_and_doubles_nobody(
        operation in 0..5_u32,
        happens in prop::collection::vec((events(), any::<bool>(), 0.0..1.0, 0.0..60_000.0, 0.0..60_000.0), 8),
        max_retries in 0..4_u32,
        total in 1.0..200_000.0,
        renewable in any::<bool>(),
        idempotent in any::<bool>(),
    ) {
        let is_create = operation == Operation::Create as u32;
        let is_write = operation != Operation::List as u32 && operation != Operation::Get as u32;
        let mut elapsed = 0.0;
        let mut sent = 0;
        let mut tokens = 0;
        let mut open = false;
        let terms: [f64; 7] = [operation.into(), 30_000.0, total, max_retries.into(), 60_000.0, renewable.into(), idempotent.into()];
        let mut call = tell(&terms, &[0.0, 0.0, 0.0], "");
        for ((kind, status, text), is_expected, random, took, late) in happens {
            prop_assert_eq!(&call[..7], &terms[..]);
            if step_of(&call) == "TOKEN" {
                tokens += 1;
                prop_assert!(renewable && at(&call, "WITHIN") > 0.0 && elapsed + at(&call, "WITHIN") <= total + 0.001);
                elapsed += at(&call, "WITHIN").min(took);
                call = tell(&call, &[1.0, elapsed, random], "");
            }
            if step_of(&call) == "SEND" {
                let within = at(&call, "WITHIN");
                prop_assert!(within > 0.0 && within <= 30_000.0 && elapsed + within <= total + 0.001);
                sent += 1;
                prop_assert!((at(&call, "REQUESTS") - f64::from(sent)).abs() < 0.5);
                prop_assert!(!renewable || tokens == sent, "each request has a token of its own");
                prop_assert!(sent <= max_retries + 1 + u32::from(renewable && max_retries > 0));
                prop_assert!(!(is_create && open && !idempotent), "a create that may have succeeded was repeated");
                elapsed += within.min(took);
                let lines = format!("\n{text}\n\n\n0\n{text}");
                let is_expected = is_expected && (200..300).contains(&status);
                call = tell(&call, &[kind.into(), elapsed, random, NOW, status.into(), is_expected.into()], &lines);
                open = at(&call, "MAY_HAVE_SUCCEEDED") != 0.0;
                prop_assert!(is_write || !open);
            }
            if step_of(&call) == "WAIT" {
                let wait = at(&call, "WITHIN");
                prop_assert!(wait > 0.0 && wait <= 61_250.0 && elapsed + wait < total, "waits {}", wait);
                // A timer is late at times.
                elapsed += wait + if random < 0.1 { late } else { 0.0 };
                call = tell(&call, &[2.0, elapsed, random], "");
            }
            if matches!(step_of(&call), "DONE" | "FAILED" | "OUT_OF_TIME") {
                prop_assert_eq!(step_of(&call) == "OUT_OF_TIME" && elapsed < total, false, "out of time too early");
                prop_assert!((at(&call, "REQUESTS") - f64::from(sent)).abs() < 0.5);
                prop_assert!(max_retries > 0 || sent <= 1, "more than one request");
                return Ok(());
            }
        }
        prop_assert!(false, "the call did not end");
    }

    #[test]
    fn no_numbers_panic(numbers in prop::collection::vec(any::<f64>(), 0..40), lines in any::<String>()) {
        let told = on(&numbers, &lines);
        prop_assert_eq!(told.len(), CALL.len());
    }
}
