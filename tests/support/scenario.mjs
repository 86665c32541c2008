// Requests that the sandbox counts together, and what goes wrong with them.

let count = 0;

/**
 * A base URL of its own on a sandbox, be it a program or in the process, with these faults for its requests one after the other (as
 * `sandbox --help` writes them).
 */
export function scenario({ baseUrl, fetch = globalThis.fetch }, faults = "ok") {
  const { origin } = new URL(baseUrl);
  const name = `scenario-${++count}`;
  return {
    baseUrl: `${origin}/scenario/${name}/${encodeURIComponent(faults)}/api`,
    /** The requests that the sandbox saw, such as `GET /customers`. */
    async seen() {
      const response = await fetch(`${origin}/sandbox/scenarios/${name}`);
      const { seen } = await response.json();
      return seen.map(({ method, path }) => `${method} ${path}`);
    },
  };
}
