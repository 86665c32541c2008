//! The options of a client, and the rules about where a token may be sent.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;

use futures_util::future::{Either, select};
use web_sys::Url;

use crate::call::Policy;
use crate::client::error::Error;
use crate::client::platform;
use crate::contract::{MAX_RESPONSE_BYTES, PLAYPEN, PRODUCTION};
use crate::instant::Milliseconds;

/// The options of a [`CustomersApi`](crate::client::CustomersApi).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The URL to which `/customers` is appended. In a page it may begin with `/`: a path on the page's own host. With a
    /// token it must begin with `https:`, or with `http:` for loopback hosts.
    pub base_url: String,
    /// The bearer token.
    pub token: Token,
    /// Time limits and retries.
    pub policy: Policy,
    /// The largest body of a success that is read, in bytes. 10 MiB by default.
    pub max_response_bytes: u32,
    /// Sends an `Idempotency-Key` with each create, so that it can be retried. Only for a proxy that supports it: the
    /// service does not document it.
    pub idempotency: bool,
    /// Allows a token in a browser page that talks to the service's own hosts, where everyone can read it.
    pub dangerously_allow_browser: bool,
}

/// A function that returns a token, or an error of your own.
type TokenFunction =
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<String, Box<dyn std::error::Error>>>>>;

/// The bearer token.
#[derive(Clone)]
pub enum Token {
    /// No token: a proxy adds it.
    None,
    /// The same token for all requests.
    Fixed(String),
    /// A function, called before every attempt, and once more after a 401.
    Function(Rc<TokenFunction>),
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Token::None => "None",
            Token::Fixed(_) => "Fixed(…)",
            Token::Function(_) => "Function(…)",
        })
    }
}

impl Token {
    /// The token, if it is not a function.
    pub(super) fn fixed(&self) -> Option<String> {
        match self {
            Token::Fixed(token) => Some(token.clone()),
            _ => None,
        }
    }

    /// Asks for a token, within a time limit.
    pub(super) async fn ask(&self, within: Milliseconds) -> Result<String, Error> {
        let Token::Function(function) = self else {
            return Err(Error::configuration("There is no token function"));
        };
        match select(function(), pin!(platform::sleep(within))).await {
            Either::Left((Ok(token), _)) => check_token(&token).map(|()| token),
            Either::Left((Err(_), _)) => Err(Error::configuration("The token function failed")),
            Either::Right(_) => Err(Error::timeout("The token function did not return in time")),
        }
    }
}

/// A header can carry visible ASCII characters.
fn check_token(token: &str) -> Result<(), Error> {
    if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Error::configuration(
        "The token must be visible ASCII characters: check for a line end or blanks",
    ))
}

impl Options {
    /// The service itself, with a token that belongs to production.
    #[must_use]
    pub fn production(token: Token) -> Self {
        Self::new(PRODUCTION.into(), token)
    }

    /// The service's test environment, with a token that belongs to it.
    #[must_use]
    pub fn playpen(token: Token) -> Self {
        Self::new(PLAYPEN.into(), token)
    }

    /// A proxy, which adds the token.
    #[must_use]
    pub fn proxy(base_url: impl Into<String>) -> Self {
        Self::new(base_url.into(), Token::None)
    }

    fn new(base_url: String, token: Token) -> Self {
        Options {
            base_url,
            token,
            policy: Policy::default(),
            max_response_bytes: MAX_RESPONSE_BYTES,
            idempotency: false,
            dangerously_allow_browser: false,
        }
    }

    /// Returns whether the base URL is a path on the page's own host. Two slashes would lead to another host.
    fn is_rooted(&self) -> bool {
        self.base_url.starts_with('/') && !self.base_url.starts_with("//")
    }

    /// Checks all options.
    pub(super) fn check(&self) -> Result<(), Error> {
        if let Token::Fixed(token) = &self.token {
            check_token(token)?;
        }
        let Policy {
            timeout,
            total_timeout,
            max_retry_after,
            ..
        } = self.policy;
        if [timeout, total_timeout, max_retry_after]
            .iter()
            .any(|limit| limit.is_nan() || *limit <= 0.0)
            || self.max_response_bytes == 0
        {
            return Err(Error::configuration(
                "Time limits and max_response_bytes must be above 0",
            ));
        }
        self.resolve("https://localhost").map(|_| ())
    }

    /// The base URL of a call, without a slash at its end.
    pub(super) fn address(&self) -> Result<String, Error> {
        match platform::origin() {
            None if self.is_rooted() => Err(Error::configuration(
                "base_url must be absolute here: only in a page may it begin with \"/\"",
            )),
            origin => self.resolve(&origin.unwrap_or_default()),
        }
    }

    fn resolve(&self, origin: &str) -> Result<String, Error> {
        let text = if self.is_rooted() {
            [origin, &self.base_url].concat()
        } else {
            self.base_url.clone()
        };
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"?#\\".contains(&byte);
        let url = Url::new(&text)
            .ok()
            .filter(|url| text.bytes().all(is_plain) && ["https:", "http:"].contains(&url.protocol().as_str()))
            .filter(|url| url.username().is_empty() && url.password().is_empty())
            .ok_or_else(|| {
                Error::configuration(
                    "base_url must be an absolute URL such as https://proxy.example/api, or in a page begin with \"/\", \
                     without a query, a fragment and a user name",
                )
            })?;
        let has_token = !matches!(self.token, Token::None);
        let host = url.hostname();
        if has_token && url.protocol() == "http:" && !is_loopback(&host) {
            return Err(Error::configuration(
                "base_url must begin with https:// if a token is sent to another host than loopback",
            ));
        }
        if is_service(&host) {
            if !has_token {
                return Err(Error::configuration(
                    "The token is missing: the service needs one",
                ));
            }
            if self.idempotency {
                return Err(Error::configuration(
                    "idempotency needs a proxy that supports the header Idempotency-Key: set base_url to yours",
                ));
            }
            if platform::is_browser() && !self.dangerously_allow_browser {
                return Err(Error::configuration(
                    "Everyone can read a token in a browser page: set base_url to a proxy that adds it",
                ));
            }
        }
        Ok(text.trim_end_matches('/').to_owned())
    }
}

/// Loopback hosts, as `URL` writes them.
fn is_loopback(host: &str) -> bool {
    host == "[::1]"
        || host == "localhost"
        || host.ends_with(".localhost")
        || (host.starts_with("127.")
            && host
                .bytes()
                .all(|byte| byte == b'.' || byte.is_ascii_digit()))
}

/// The hosts of the service itself. A host may be written with a dot at its end.
fn is_service(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    [PRODUCTION, PLAYPEN]
        .iter()
        .filter_map(|url| Url::new(url).ok())
        .any(|url| url.hostname() == host)
}
