//! The program as a process: its start, its file, its end, its output.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::json;

use crate::server::{Server, text};

/// A file that is deleted after the test.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let file =
            Self(std::env::temp_dir().join(format!("sandbox-{}-{name}.db", std::process::id())));
        file.remove();
        file
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            // Some of them do not exist.
            let _ = fs::remove_file(format!("{}{end}", self.path()));
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.remove();
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn successful_writes_survive_a_kill() {
    let file = File::new("kill");
    let arguments = ["--seed", "20", "--db", file.path()];
    let mut server = Server::start(&arguments);
    let ids = server.list("sort=id").ids();
    let created = server
        .create(&json!({ "first_name": "Ada", "labels": ["kept"] }))
        .customer();
    let updated = server
        .update(&ids[0], &json!({ "notes": "kept" }))
        .customer();
    assert_eq!(server.delete(&ids[1]).status, 204);
    // SIGKILL: the process cannot do anything more.
    server.child.kill().unwrap();
    server.child.wait().unwrap();

    let server = Server::start(&arguments);
    assert_eq!(server.read(text(&created, "id")).customer(), created);
    assert_eq!(server.read(&ids[0]).customer(), updated);
    assert_eq!(server.read(&ids[1]).status, 404);
    assert_eq!(server.list("labels=kept").ids(), [text(&created, "id")]);
    // The store was not seeded again.
    assert_eq!(server.list("").header("x-pagination-total-results"), "20");
}

#[test]
fn a_foreign_file_is_not_changed() {
    let letter = File::new("letter");
    fs::write(&letter.0, "This is no database.".repeat(100)).unwrap();
    let database = File::new("database");
    let connection = rusqlite::Connection::open(&database.0).unwrap();
    connection
        .execute_batch("CREATE TABLE letters (text TEXT)")
        .unwrap();
    connection.close().unwrap();
    for file in [letter, database] {
        let before = fs::read(&file.0).unwrap();
        let output = run(&["--port", "0", "--db", file.path()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
        assert!(
            fs::read(&file.0).unwrap() == before,
            "{} was changed",
            file.path()
        );
    }
}

#[test]
fn unknown_arguments_are_refused() {
    for arguments in [
        &["--nonsense"][..],
        &["--port", "65536"],
        &["--port"],
        &["--seed", "-1"],
        &["--rate-limit", "many"],
        &["--now", "today"],
        &["word"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            String::from_utf8(output.stderr).unwrap().contains("--help"),
            "{arguments:?}"
        );
    }
}

#[test]
fn help_names_every_option_and_every_fault() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    let help = String::from_utf8(output.stdout).unwrap();
    for word in [
        "--port",
        "--seed",
        "--db",
        "--token",
        "--rate-limit",
        "--hide-headers",
        "--host",
        "--dice",
        "--now",
        "--quiet",
        "--www",
        "status=",
        "throttle",
        "html",
        "redirect",
        "reset",
        "delay=",
        "lost",
        "truncate",
        "stall",
        "empty",
        "json",
        "ok",
    ] {
        assert!(help.contains(&format!("\n  {word}")), "{word}");
    }
}

#[test]
fn it_is_reached_on_this_machine_only() {
    let server = Server::with_customers(0);
    assert!(
        server.origin.starts_with("http://127.0.0.1:"),
        "{}",
        server.origin
    );
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_cleanly_with_requests_under_way() {
    for signal in ["-INT", "-TERM"] {
        let file = File::new(signal);
        let mut server = Server::start(&["--seed", "1", "--db", file.path()]);
        let base = server.origin.clone();
        // An answer that would never end.
        let stalled = std::thread::spawn(move || {
            let request = ureq::get(format!("{base}/scenario/s/stall/api/customers"));
            let response = request
                .header("authorization", "Bearer sandbox")
                .call()
                .unwrap();
            response.into_body().read_to_string().is_err()
        });
        while server.scenario("s")["requests"] == 0 {
            std::thread::yield_now();
        }
        let id = server.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "{signal}");
        assert!(stalled.join().unwrap());
        let mut rest = String::new();
        server.stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "one line is all it prints");
        assert!(
            !fs::exists(format!("{}-wal", file.path())).unwrap(),
            "the file is whole by itself"
        );
    }
}

#[test]
fn the_log_contains_routes_and_no_personal_data() {
    let mut server =
        Server::start_with_log(&["--seed", "3", "--token", "mark-token"], Stdio::piped());
    let headers = [
        ("authorization", "Bearer mark-token"),
        ("content-type", "application/json"),
    ];
    let send = |method, path, body| server.send(method, path, &headers, body).unwrap();
    let body = r#"{"email":"mark-email@example.com","notes":"mark-notes"}"#;
    let created = send("POST", "/api/customers", body).customer();
    let path = format!("/api/customers/{}", text(&created, "id"));
    send("GET", &path, "");
    send(
        "GET",
        "/api/customers?query=mark-query&labels=mark-label",
        "",
    );
    send("PUT", &path, r#"{"email":"mark-refused"}"#);
    send(
        "GET",
        "/scenario/mark-scenario/ok/api/customers/mark-id",
        "",
    );
    send("GET", "/mark-file", "");
    // A separate thread writes the lines: the last of them may come after the answer.
    let mut stderr = BufReader::new(server.child.stderr.take().unwrap());
    let mut log = String::new();
    for _ in 0..6 {
        stderr.read_line(&mut log).unwrap();
    }
    server.child.kill().unwrap();
    stderr.read_to_string(&mut log).unwrap();
    let lines: Vec<&str> = log
        .lines()
        .map(|line| line.rsplit_once(' ').unwrap().0)
        .collect();
    assert_eq!(
        lines,
        [
            "POST /api/customers 201",
            "GET /api/customers/{customer_id} 200",
            "GET /api/customers 200",
            "PUT /api/customers/{customer_id} 422",
            "GET /scenario/{scenario}/{faults}/api/customers/{customer_id} 404",
            "GET (no route) 404",
        ]
    );
    assert!(!log.contains("mark"), "{log}");
}

#[test]
fn a_log_that_nobody_reads_blocks_nothing() {
    let server = Server::start_with_log(&["--seed", "0"], Stdio::piped());
    // A pipe holds 64 KB, some 1500 lines; 1000 more may wait.
    for _ in 0..4000 {
        assert_eq!(server.read("a").status, 404);
    }
}

#[test]
fn with_quiet_nothing_is_logged() {
    let mut server = Server::start_with_log(&["--seed", "0", "--quiet"], Stdio::piped());
    assert_eq!(server.read("a").status, 404);
    server.child.kill().unwrap();
    let mut log = String::new();
    let mut stderr = server.child.stderr.take().unwrap();
    stderr.read_to_string(&mut log).unwrap();
    assert_eq!(log, "");
}

#[test]
fn a_connection_that_sends_no_request_is_ended() {
    let server = Server::with_customers(0);
    let mut silent = TcpStream::connect(server.host()).unwrap();
    let mut slow = TcpStream::connect(server.host()).unwrap();
    slow.write_all(b"GET /api/customers HTTP/1.1\r\nHost: ")
        .unwrap();
    for stream in [&mut silent, &mut slow] {
        stream
            .set_read_timeout(Some(std::time::Duration::from_mins(1)))
            .unwrap();
        let mut answer = String::new();
        // An end or a reset, but not a timeout.
        let end = stream
            .read_to_string(&mut answer)
            .map_err(|error| error.kind());
        assert!(
            matches!(end, Ok(_) | Err(ErrorKind::ConnectionReset)),
            "{end:?}"
        );
    }
    // It does not wait forever for a body either.
    let mut stream = TcpStream::connect(server.host()).unwrap();
    let host = server.host();
    write!(
        stream,
        "POST /api/customers HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\n"
    )
    .unwrap();
    stream
        .set_read_timeout(Some(std::time::Duration::from_mins(1)))
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert_eq!(server.list("").status, 200);
}

#[test]
fn the_same_dice_give_the_same_ids() {
    let ids = |dice: &str| {
        let server = Server::start(&["--seed", "0", "--dice", dice]);
        [server.created(&json!({})), server.created(&json!({}))]
    };
    assert_eq!(ids("7"), ids("7"));
    assert_ne!(ids("7"), ids("8"));
    assert_ne!(ids("7")[0], ids("7")[1]);
}
