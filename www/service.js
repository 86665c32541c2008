// Where the page's service is: the sandbox that serves it. `cargo xtask demo --static` puts static/service.js in the
// place of this file, which brings a sandbox along.

/** The options of the page's client. */
export const service = { baseUrl: `${location.origin}/api`, token: "sandbox" };
