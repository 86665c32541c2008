//! Checks the `Host` of each request: the server answers only to the names of this machine.
//!
//! A page of another site can point its own name at this machine (DNS rebinding). The browser then treats the server as
//! the page's origin, and no rule about cross-origin calls applies; but the `Host` still contains the page's name.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use sandbox::http::Answer;
use sandbox::refusal::Refusal;

use crate::seat;

/// The names that the server answers to.
#[derive(Clone)]
pub struct Hosts {
    port: u16,
    /// Names and ports.
    others: Arc<[(String, u16)]>,
}

impl Hosts {
    /// The names of this machine, and others: each with this port unless it has its own.
    pub fn new(port: u16, others: &[String]) -> Self {
        let other = |name: &String| split(name, port).unwrap_or_else(|| (name.clone(), port));
        Self {
            port,
            others: others.iter().map(other).collect(),
        }
    }

    fn allow(&self, host: &str) -> bool {
        let Some((name, port)) = split(host, 80) else {
            return false;
        };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let is_here = name.eq_ignore_ascii_case("localhost")
            || bare
                .parse()
                .is_ok_and(|address: IpAddr| address.is_loopback());
        let is_other =
            |(other, at): &(String, u16)| name.eq_ignore_ascii_case(other) && port == *at;
        is_here && port == self.port || self.others.iter().any(is_other)
    }
}

/// Returns the name and the port of an authority; `otherwise` if it has no port.
fn split(authority: &str, otherwise: u16) -> Option<(String, u16)> {
    let uri: Uri = format!("http://{authority}/").parse().ok()?;
    let authority = uri
        .authority()
        .filter(|found| found.as_str() == authority)?;
    // User information before the name is not part of it.
    let plain = !authority.as_str().contains('@');
    let port = authority.port_u16();
    let complete = port.is_some() || !authority.as_str().ends_with(':');
    (plain && complete).then(|| (authority.host().to_owned(), port.unwrap_or(otherwise)))
}

/// Refuses a request that is meant for another host.
pub async fn check(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let mut found = request.headers().get_all(header::HOST).iter();
    let host = match (found.next(), found.next()) {
        (Some(host), None) => host.to_str().unwrap_or_default(),
        _ => "",
    };
    if hosts.allow(host) {
        next.run(request).await
    } else {
        seat::plain(Answer::from(Refusal::Explained(421, WRONG_HOST)))
    }
}

const WRONG_HOST: &str = "The request is for another host: this server answers to the names of this machine, with its \
     port, and to those of --host";

#[cfg(test)]
mod tests {
    use super::Hosts;

    #[test]
    fn only_names_of_this_machine_with_the_port_are_answered() {
        let hosts = Hosts::new(8787, &["sandbox".into(), "10.0.2.2:99".into()]);
        for host in [
            "localhost:8787",
            "LOCALHOST:8787",
            "127.0.0.1:8787",
            "127.8.9.1:8787",
            "[::1]:8787",
            "sandbox:8787",
            "Sandbox:8787",
            "10.0.2.2:99",
        ] {
            assert!(hosts.allow(host), "{host}");
        }
        for host in [
            "",
            "localhost",
            "localhost:",
            "localhost:8788",
            "localhost:80",
            "127.0.0.1",
            "evil.example:8787",
            "localhost.evil.example:8787",
            "127.0.0.1.evil.example:8787",
            "evil.example@localhost:8787",
            "localhost:8787@evil.example",
            "localhost:8787/",
            "128.0.0.1:8787",
            "0.0.0.0:8787",
            "[::2]:8787",
            "sandbox",
            "sandbox:99",
            "10.0.2.2:8787",
            "10.0.2.2",
        ] {
            assert!(!hosts.allow(host), "{host}");
        }
        assert!(
            Hosts::new(80, &[]).allow("localhost"),
            "port 80 needs no name"
        );
    }
}
