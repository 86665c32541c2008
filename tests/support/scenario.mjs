// Requests that the sandbox counts together, and their faults.

let count = 0;

/**
 * A separate base URL on a sandbox (a program, or in the process), with these faults for its requests, one after the
 * other (in the form of `sandbox --help`).
 */
export function scenario({ baseUrl, fetch = globalThis.fetch }, faults = "ok") {
  const { origin } = new URL(baseUrl);
  const name = `scenario-${++count}`;
  return {
    baseUrl: `${origin}/scenario/${name}/${encodeURIComponent(faults)}/api`,
    /** The requests that the sandbox received, such as `GET /customers`. */
    async seen() {
      const response = await fetch(`${origin}/sandbox/scenarios/${name}`);
      const { seen } = await response.json();
      return seen.map(({ method, path }) => `${method} ${path}`);
    },
  };
}
