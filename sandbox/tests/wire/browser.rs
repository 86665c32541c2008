//! The needs of browsers: cross-origin calls, and files.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

use crate::server::Server;

const PAGE: &str = "http://localhost:3000";

#[test]
fn a_page_of_this_machine_may_call_and_read_the_headers() {
    let server = Server::with_customers(1);
    for origin in [
        PAGE,
        "http://127.0.0.1:1",
        "http://[::1]:65535",
        "https://localhost",
    ] {
        let answer = server
            .try_call("GET", "/api/customers", &[("origin", origin)], "")
            .unwrap();
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        let exposed: Vec<&str> = answer
            .header("access-control-expose-headers")
            .split(',')
            .map(str::trim)
            .collect();
        for name in [
            "x-pagination-page",
            "x-pagination-per-page",
            "x-pagination-total-pages",
            "x-pagination-total-results",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "retry-after",
            "date",
        ] {
            assert!(exposed.contains(&name), "{name}");
        }
    }
}

#[test]
fn a_page_of_another_machine_may_not() {
    let server = Server::with_customers(1);
    for origin in [
        "https://example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "null",
    ] {
        let answer = server
            .try_call("GET", "/api/customers", &[("origin", origin)], "")
            .unwrap();
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
}

#[test]
fn a_preflight_needs_no_token_and_does_not_count_in_a_scenario() {
    let server = Server::with_customers(1);
    let headers = [
        ("origin", PAGE),
        ("access-control-request-method", "PUT"),
        (
            "access-control-request-headers",
            "authorization,content-type,x-sandbox-fault",
        ),
    ];
    let answer = server
        .send(
            "OPTIONS",
            "/scenario/p/status%3D503/api/customers/a",
            &headers,
            "",
        )
        .unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("PUT")
    );
    assert_eq!(answer.header("access-control-allow-headers"), headers[2].1);
    assert_eq!(server.scenario("p")["requests"], 0);
}

#[test]
fn refusals_and_faults_can_be_read_as_well() {
    let server = Server::with_customers(1);
    let stranger = server
        .send("GET", "/api/customers", &[("origin", PAGE)], "")
        .unwrap();
    assert_eq!(
        (
            stranger.status,
            stranger.header("access-control-allow-origin")
        ),
        (401, PAGE)
    );
    let headers = [("origin", PAGE), ("x-sandbox-fault", "status=503")];
    let faulty = server
        .try_call("GET", "/api/customers", &headers, "")
        .unwrap();
    assert_eq!(
        (faulty.status, faulty.header("access-control-allow-origin")),
        (503, PAGE)
    );
}

#[test]
fn the_headers_can_be_hidden() {
    let server = Server::start(&["--seed", "1", "--hide-headers"]);
    let answer = server
        .try_call("GET", "/api/customers", &[("origin", PAGE)], "")
        .unwrap();
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert_eq!(answer.header("access-control-expose-headers"), "");
    // They are sent anyway: the browser hides them.
    assert_eq!(answer.header("x-pagination-total-results"), "1");
}

#[test]
fn the_page_and_the_package_are_served_and_nothing_else() {
    let folder = std::env::temp_dir().join(format!("sandbox-files-{}", std::process::id()));
    let www = folder.join("www");
    fs::create_dir_all(&www).unwrap();
    fs::create_dir_all(folder.join("pkg/dist")).unwrap();
    fs::write(folder.join("secret"), "secret").unwrap();
    fs::write(www.join("index.html"), "<!doctype html>").unwrap();
    fs::write(www.join("page.js"), "1").unwrap();
    fs::write(www.join("page.css"), "a{}").unwrap();
    fs::write(folder.join("pkg/dist/web.js"), "2").unwrap();
    fs::write(folder.join("pkg/dist/core.wasm"), b"\0asm").unwrap();
    let server = Server::start(&["--seed", "0", "--www", www.to_str().unwrap()]);
    for (path, kind, body) in [
        ("/", "text/html", "<!doctype html>"),
        ("/page.js", "text/javascript", "1"),
        ("/page.css", "text/css", "a{}"),
        ("/pkg/dist/web.js", "text/javascript", "2"),
        ("/pkg/dist/core.wasm", "application/wasm", "\0asm"),
    ] {
        let answer = server.send("GET", path, &[], "").unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, body), "{path}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(
            answer
                .header("content-security-policy")
                .contains("'wasm-unsafe-eval'")
        );
    }
    for path in [
        "/none.js",
        "/../secret",
        "/pkg/../secret",
        "/pkg/dist/../../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
    ] {
        assert_eq!(raw_status(&server, path), "404", "{path}");
    }
    fs::remove_dir_all(folder).unwrap();
}

/// A client would normalise the path before it sends it.
fn raw_status(server: &Server, path: &str) -> String {
    let host = server.host();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(!answer.contains("secret"), "{answer}");
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn a_foreign_host_name_that_resolves_to_this_machine_is_refused() {
    let server = Server::start(&[
        "--seed",
        "1",
        "--host",
        "sandbox.local",
        "--host",
        "10.0.2.2:99",
    ]);
    let port = server.origin.rsplit(':').next().unwrap();
    let status = |host: &str, path: &str| {
        let headers = [("host", host), ("authorization", "Bearer sandbox")];
        server.send("GET", path, &headers, "").unwrap().status
    };
    for path in [
        "/api/customers",
        "/",
        "/sandbox/scenarios/a",
        "/scenario/a/ok/api/customers",
    ] {
        for host in [
            format!("evil.example:{port}"),
            format!("localhost.evil.example:{port}"),
            format!("sandbox.local.evil.example:{port}"),
            "localhost:1".into(),
            "localhost".into(),
            "sandbox.local".into(),
        ] {
            assert_eq!(status(&host, path), 421, "{host} {path}");
        }
        for host in [
            format!("localhost:{port}"),
            format!("127.0.0.1:{port}"),
            format!("[::1]:{port}"),
            format!("sandbox.local:{port}"),
            "10.0.2.2:99".into(),
        ] {
            assert_eq!(status(&host, path), 200, "{host} {path}");
        }
    }
    assert_eq!(server.scenario("a")["requests"], 5);
}
