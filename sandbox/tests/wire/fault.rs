//! Every fault, over the wire.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::server::{Answer, PATIENCE, Server, text};

const NEW: &str = r#"{"first_name":"Ada"}"#;

impl Server {
    fn faulty(&self, fault: &str) -> Answer {
        self.try_call("POST", "/api/customers", &[("x-sandbox-fault", fault)], NEW)
            .unwrap()
    }

    fn count(&self) -> usize {
        self.all("").len()
    }

    /// Sends a request on its own connection and returns everything that is received until the connection ends, and how
    /// it ends.
    fn raw(&self, method: &str, path: &str, fault: &str, body: &str) -> (String, ErrorKind) {
        let mut stream = self.sent(method, path, fault, body);
        let mut received = Vec::new();
        let end = match stream.read_to_end(&mut received) {
            Ok(_) => ErrorKind::UnexpectedEof,
            Err(error) => error.kind(),
        };
        (String::from_utf8(received).unwrap(), end)
    }

    /// Sends a request on its own connection and returns everything that is received until nothing has been received for
    /// a while and `is_done` is true. The connection must not end before.
    fn held(
        &self,
        method: &str,
        path: &str,
        fault: &str,
        body: &str,
        is_done: impl Fn(&str) -> bool,
    ) -> String {
        let mut stream = self.sent(method, path, fault, body);
        stream
            .set_read_timeout(Some(Duration::from_millis(500)))
            .unwrap();
        let (mut received, mut buffer) = (String::new(), [0; 4096]);
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => panic!("the connection ended after {received:?}"),
                Ok(count) => received += std::str::from_utf8(&buffer[..count]).unwrap(),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::WouldBlock, "{received:?}");
                    if is_done(&received) {
                        return received;
                    }
                }
            }
        }
    }

    fn sent(&self, method: &str, path: &str, fault: &str, body: &str) -> TcpStream {
        let host = self.host();
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer sandbox\r\n\
             X-Sandbox-Fault: {fault}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        stream
    }
}

#[test]
fn a_status_comes_instead_of_the_operation() {
    let server = Server::with_customers(0);
    for (code, body) in [
        (401, json!({ "error": "Unauthenticated." })),
        (
            404,
            json!({ "message": "The requested resource was not found" }),
        ),
        (429, json!({ "message": "Too Many Attempts." })),
        (503, json!({ "message": "Service Unavailable" })),
    ] {
        let answer = server.faulty(&format!("status={code}"));
        assert_eq!((answer.status, answer.json()), (code, body));
        // An unexpected hint would be followed.
        assert_eq!(answer.header("x-ratelimit-reset"), "");
        assert_eq!(answer.header("retry-after"), "");
    }
    assert_eq!(server.faulty("status=204").body, "");
    assert_eq!(server.count(), 0);
}

#[test]
fn a_fault_sets_the_headers_that_it_names() {
    let server = Server::with_customers(0);
    let answer = server.faulty("status=429;retry-after=2;X-RateLimit-Reset=1700000000");
    assert_eq!((answer.status, answer.header("retry-after")), (429, "2"));
    assert_eq!(answer.header("x-ratelimit-reset"), "1700000000");
    let dated = server.faulty("status=503;date=Wed%2C 21 Oct 2015 07:28:00 GMT;retry-after-ms=5");
    assert_eq!(dated.header("date"), "Wed, 21 Oct 2015 07:28:00 GMT");
    assert_eq!(dated.header("retry-after-ms"), "5");
    let fine = server.faulty("ok;x-ratelimit-remaining=0");
    assert_eq!(
        (fine.status, fine.header("x-ratelimit-remaining")),
        (201, "0")
    );
}

#[test]
fn a_gateway_answers_in_html() {
    let server = Server::with_customers(0);
    let answer = server.faulty("html");
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (502, "text/html")
    );
    assert!(answer.body.starts_with("<html>"));
    assert_eq!(server.count(), 0);
}

#[test]
fn a_redirect_leads_to_another_host_name_of_the_sandbox() {
    let server = Server::with_customers(0);
    let headers = [("x-sandbox-fault", "redirect")];
    let answer = server
        .try_call("GET", "/api/customers?limit=3", &headers, "")
        .unwrap();
    let port = server.origin.rsplit(':').next().unwrap();
    assert_eq!(answer.status, 302);
    assert_eq!(
        answer.header("location"),
        format!("http://localhost:{port}/api/customers")
    );
}

#[test]
fn a_reset_comes_before_any_byte_and_before_the_operation() {
    let server = Server::with_customers(0);
    let end = server.raw("POST", "/api/customers", "reset", NEW);
    assert_eq!(end, (String::new(), ErrorKind::ConnectionReset));
    assert_eq!(server.count(), 0);
}

#[test]
fn a_lost_answer_is_lost_after_the_operation() {
    let server = Server::with_customers(0);
    let end = server.raw("POST", "/api/customers", "lost", NEW);
    assert_eq!(end, (String::new(), ErrorKind::ConnectionReset));
    let id = server.list("").ids().remove(0);
    let end = server.raw("DELETE", &format!("/api/customers/{id}"), "lost", "");
    assert_eq!(end, (String::new(), ErrorKind::ConnectionReset));
    assert_eq!(server.count(), 0);
}

#[test]
fn a_truncated_answer_announces_its_whole_length_and_sends_half() {
    let server = Server::with_customers(0);
    let whole = server.create(&json!({ "first_name": "Ada" })).body;
    let (received, end) = server.raw("POST", "/api/customers", "truncate", NEW);
    assert_eq!(end, ErrorKind::UnexpectedEof);
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 201 "), "{head}");
    let length = format!("content-length: {}", whole.len());
    assert!(head.lines().any(|line| line == length), "{head}");
    assert_eq!(body.len(), whole.len() / 2);
    assert_eq!(server.count(), 2);
}

#[test]
fn a_stalled_answer_stops_after_its_headers() {
    let server = Server::with_customers(0);
    let received = server.held("POST", "/api/customers", "stall", NEW, |received| {
        received.ends_with("\r\n\r\n")
    });
    assert!(received.starts_with("HTTP/1.1 201 "), "{received}");
    assert_eq!(server.count(), 1);
}

#[test]
fn an_answer_without_a_body_is_cut_off_or_stalled_as_a_whole() {
    let server = Server::with_customers(2);
    let path = || format!("/api/customers/{}", server.list("").ids().remove(0));
    let end = server.raw("DELETE", &path(), "truncate", "");
    assert_eq!(end, (String::new(), ErrorKind::ConnectionReset));
    let is_deleted = |_: &str| server.count() == 0;
    let received = server.held("DELETE", &path(), "stall", "", is_deleted);
    assert_eq!(received, "");
    assert_eq!(server.count(), 0);
}

#[test]
fn an_empty_answer_keeps_its_status() {
    let server = Server::with_customers(0);
    let answer = server.faulty("empty");
    assert_eq!(
        (
            answer.status,
            answer.body.as_str(),
            answer.header("content-length")
        ),
        (201, "", "0")
    );
    assert_eq!(server.count(), 1);
}

#[test]
fn broken_json_is_sent_as_a_success() {
    let server = Server::with_customers(0);
    let answer = server.faulty("json");
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err());
    assert_eq!(server.count(), 1);
}

#[test]
fn a_delayed_operation_is_not_carried_out_for_a_client_that_left() {
    let server = Server::with_customers(0);
    // Longer than the client waits: it leaves first.
    let received = server.held("POST", "/api/customers", "delay=3000", NEW, |_| true);
    assert_eq!(received, "");
    // Later than that one would have come.
    assert_eq!(server.faulty("delay=3500").status, 201);
    assert_eq!(server.count(), 1);
}

#[test]
fn an_invalid_fault_is_explained() {
    let server = Server::with_customers(0);
    for fault in ["nonsense", "status=99", "delay=soon", "ok,"] {
        let answer = server.faulty(fault);
        assert_eq!(answer.status, 400);
        assert!(
            text(&answer.json(), "message").contains("X-Sandbox-Fault"),
            "{}",
            answer.body
        );
    }
    assert_eq!(server.count(), 0);
}

#[test]
fn a_sequence_is_used_up_by_the_requests_of_a_scenario() {
    let server = Server::with_customers(1);
    let call = |scenario| {
        let headers = [
            (
                "x-sandbox-fault",
                "status=503, status=429;retry-after=1, ok",
            ),
            ("x-sandbox-scenario", scenario),
        ];
        server
            .try_call("GET", "/api/customers", &headers, "")
            .unwrap()
            .status
    };
    assert_eq!(
        [
            call("a"),
            call("a"),
            call("b"),
            call("a"),
            call("a"),
            call("b")
        ],
        [503, 429, 503, 200, 200, 429]
    );
    assert_eq!(server.scenario("a")["requests"], 4);
    assert_eq!(server.scenario("b")["requests"], 2);
    assert_eq!(server.scenario("c"), json!({ "requests": 0, "seen": [] }));
}

#[test]
fn a_used_up_quota_is_reported_in_either_form() {
    let server = Server::with_customers(0);
    let told = server.faulty("throttle");
    assert_eq!((told.status, told.header("retry-after")), (429, ""));
    assert_eq!(told.header("x-ratelimit-remaining"), "0");
    assert!(told.header("x-ratelimit-reset").ends_with('Z'));
    let laravel = server.faulty("throttle=laravel");
    assert_eq!((laravel.status, laravel.header("retry-after")), (429, "2"));
    let reset: u64 = laravel.header("x-ratelimit-reset").parse().unwrap();
    assert!(reset > 1_700_000_000);
    assert_eq!(server.count(), 0);
}

#[test]
fn a_url_cannot_choose_headers_of_its_answer() {
    let server = Server::with_customers(1);
    for header in [
        "set-cookie=a",
        "access-control-allow-origin=*",
        "content-type=text/html",
        "x-anything=1",
    ] {
        let faults = format!("ok%3B{}", header.replace('=', "%3D").replace('/', "%2F"));
        let answer = server.get(&format!("/scenario/s/{faults}/api/customers"));
        assert_eq!(answer.status, 400, "{header}");
        let name = header.split('=').next().unwrap();
        let value = header.split('=').next_back().unwrap();
        assert_ne!(answer.header(name), value, "{header}");
        // A page cannot send such a header without permission.
        let headers = [("x-sandbox-fault", format!("ok;{header}"))];
        let headers = [(headers[0].0, headers[0].1.as_str())];
        let answer = server
            .try_call("GET", "/api/customers", &headers, "")
            .unwrap();
        assert_eq!(answer.header(name), value, "{header}");
    }
}

#[test]
fn the_name_of_a_scenario_ends_at_its_limit() {
    let server = Server::with_customers(0);
    for (length, status) in [(100, 200), (101, 400)] {
        let name = "n".repeat(length);
        let path = format!("/scenario/{name}/ok/api/customers");
        assert_eq!(server.get(&path).status, status);
        let headers = [("x-sandbox-scenario", name.as_str())];
        let named = server
            .try_call("GET", "/api/customers", &headers, "")
            .unwrap();
        assert_eq!(named.status, status);
        let seen = server.scenario(&name)["requests"].clone();
        assert_eq!(seen, if status == 200 { 2 } else { 0 });
    }
}

#[test]
fn without_a_scenario_the_first_fault_always_applies() {
    let server = Server::with_customers(0);
    assert_eq!(
        [
            server.faulty("status=503, ok").status,
            server.faulty("status=503, ok").status
        ],
        [503, 503]
    );
}

#[test]
fn a_base_url_can_carry_scenario_and_faults() {
    let server = Server::with_customers(1);
    let id = server.list("").ids().remove(0);
    let base = "/scenario/read%20twice/status%3D503%3Bretry-after%3D1%2C%20ok/api";
    let first = server.get(&format!("{base}/customers"));
    assert_eq!((first.status, first.header("retry-after")), (503, "1"));
    assert_eq!(
        server.get(&format!("{base}/customers/{id}")).customer()["id"],
        id.as_str()
    );
    let redirected = server.get(&format!("/scenario/r/redirect/api/customers/{id}"));
    assert!(
        redirected
            .header("location")
            .ends_with(&format!("/scenario/r/redirect/api/customers/{id}"))
    );
    let seen = json!({
        "requests": 2,
        "seen": [{ "method": "GET", "path": "/customers" }, { "method": "GET", "path": "/customers/{customer_id}" }],
    });
    assert_eq!(server.scenario("read%20twice"), seen);
    // The token is required here, too.
    assert_eq!(
        server
            .send("GET", "/scenario/s/ok/api/customers", &[], "")
            .unwrap()
            .status,
        401
    );
}
