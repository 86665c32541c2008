//! The command line.

use std::path::PathBuf;

use lexopt::prelude::*;

/// The text of `--help`.
pub const HELP: &str = "\
A development server that speaks the contract of the Collins Customers API, on this machine only.

Usage: cargo run -p sandbox -- [OPTIONS]

Options:
  --port PORT         The port on 127.0.0.1; 0 picks a free one [default: 8787]
  --seed COUNT        How many customers a new store begins with [default: 1000]
  --db FILE           Keep the customers in FILE; without it they live in memory
  --token TOKEN       The token that may enter [default: sandbox]
  --rate-limit COUNT  How many requests an hour allows [default: 100000]
  --hide-headers      Do not let pages of other origins read the pagination and quota headers
  --host NAME         Answer to this name too, beside those of this machine; may be given more than once,
                      and with a port (`sandbox`, `10.0.2.2:8787`)
  --dice NUMBER       Begin the sequence of new ids with this number: the same requests get the same answers
  --now INSTANT       Let it always be this time (`2025-06-30 12:00:00`, UTC), in place of the present
  --quiet             Log nothing
  --www DIR           The demo page; the package is read from `pkg` beside it [default: the checkout's www]
  --help              Print this

It prints `listening on http://127.0.0.1:PORT` once it can be reached, and stops on Ctrl-C or SIGTERM. It
logs a line for each request: method, route, status, duration. Lines that nobody takes in time are left out.

  /api                       the API; the base URL for a client is http://127.0.0.1:PORT/api
  /                          the demo page
  /pkg/                      the npm package as it was built last
  /sandbox/scenarios/{name}  how many requests a scenario has seen, and which

The token `sandbox-forbidden` is known but may do nothing: it is answered with 403.

Faults. The header `X-Sandbox-Fault` makes an answer go wrong, so that a client can be tried:
  status=CODE  this status instead of the operation
  throttle     a used-up quota instead of the operation, renewed in two seconds; with throttle=laravel it is
               told as stock Laravel does, in unix seconds and with a Retry-After
  html         a gateway's page, 502, instead of the operation
  redirect     a redirect to another name of this server, instead of the operation
  reset        the connection is reset instead of the operation
  delay=MS     the operation, that many milliseconds later
  lost         the operation is carried out, then the connection is reset: the answer is lost
  truncate     the operation is carried out, then the connection ends in the middle of the answer
  stall        the operation is carried out, then nothing follows the headers of the answer
  empty        the operation is carried out, then the answer has no body
  json         the operation is carried out, then the answer is a 200 with broken JSON
  ok           the operation, undisturbed
Each may add headers to its answer: `status=429;retry-after=2`. A value is percent-decoded, so a comma
in it is written %2C. Several faults, separated by commas, form a sequence: `status=503, ok`. The
requests that carry the same `X-Sandbox-Scenario` use it up one by one; after its end all is ok.
Without a scenario the first fault of the sequence always applies. As a custom header brings a browser
to ask for permission first, a base URL says the same (its parts percent-encoded), but for headers other
than those that say when to try again: http://127.0.0.1:PORT/scenario/{name}/{faults}/api
The name of a scenario has at most 100 bytes, and the last 1000 scenarios are known.
";

/// The parsed command line.
pub struct Arguments {
    /// The port on the loopback address; 0 for any free one.
    pub port: u16,
    /// The number of customers that an empty store is filled with.
    pub seed: u32,
    /// The file that stores the customers; in memory without one.
    pub file: Option<PathBuf>,
    /// The token that is accepted.
    pub token: String,
    /// Requests per hour.
    pub rate_limit: u32,
    /// True if pages of other origins may read the pagination and quota headers.
    pub expose_headers: bool,
    /// The host names to accept, besides those of this machine.
    pub hosts: Vec<String>,
    /// The seed for new ids; random if absent.
    pub dice: Option<u64>,
    /// A fixed time, in milliseconds since 1970.
    pub now: Option<i64>,
    /// True if nothing is logged.
    pub quiet: bool,
    /// The folder of the demo page.
    pub www: PathBuf,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            port: 8787,
            seed: 1000,
            file: None,
            token: "sandbox".into(),
            rate_limit: 100_000,
            expose_headers: true,
            hosts: Vec::new(),
            dice: None,
            now: None,
            quiet: false,
            www: concat!(env!("CARGO_MANIFEST_DIR"), "/../www").into(),
        }
    }
}

/// Reads the command line; `None` if it asks for help.
pub fn read(mut parser: lexopt::Parser) -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments = Arguments::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => arguments.port = parser.value()?.parse()?,
            Long("seed") => arguments.seed = parser.value()?.parse()?,
            Long("db") => arguments.file = Some(parser.value()?.into()),
            Long("token") => arguments.token = parser.value()?.string()?,
            Long("rate-limit") => arguments.rate_limit = parser.value()?.parse()?,
            Long("hide-headers") => arguments.expose_headers = false,
            Long("host") => arguments.hosts.push(parser.value()?.string()?),
            Long("dice") => arguments.dice = Some(parser.value()?.parse()?),
            Long("now") => arguments.now = Some(parser.value()?.parse_with(instant)?),
            Long("quiet") => arguments.quiet = true,
            Long("www") => arguments.www = parser.value()?.into(),
            Short('h') | Long("help") => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(arguments))
}

fn instant(text: &str) -> Result<i64, &'static str> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an instant of the years 1 to 9999"
    )]
    let read = collins_customers::instant::date_time(text).map(|at| at as i64);
    read.ok_or("not a date and a time, as in 2025-06-30 12:00:00")
}
