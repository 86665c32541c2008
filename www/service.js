// The page's service: the sandbox that serves it. `cargo xtask demo --static` replaces this file with
// static/service.js, which contains a sandbox.

/** The options of the page's client. */
export const service = { baseUrl: `${location.origin}/api`, token: "sandbox" };
