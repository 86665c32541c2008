// What the page does with the package, in the words of a program.

import { find } from "./dom.js";
import { filterOf, setterOf } from "./filter.js";

/** Shows the call that lists these customers, and the request that it makes. */
export function showSent(object, baseUrl) {
  const setters = Object.entries(object).map(
    ([parameter, value]) => `\n    .${setterOf(parameter)}(${written(value)})`,
  );
  find("#sent-code").textContent =
    `import { CustomersApi, CustomerFilter } from "collins-customers";

const api = new CustomersApi({ baseUrl, token });
const page = await api.list(
  new CustomerFilter()${setters.join("")},
);`;
  const query = filterOf(object).toQueryString();
  const { pathname } = new URL(baseUrl);
  find("#sent-request").textContent = `GET ${pathname}/customers${query && `?${query}`}`;
}

const written = (value) =>
  Array.isArray(value) ? `[${value.map(written).join(", ")}]` : JSON.stringify(value);

/** Measures the package's file as it is, and as a server would send it. */
export async function showBytes(address) {
  const answer = await fetch(address);
  const bytes = await answer.arrayBuffer();
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const { byteLength } = await new Response(packed).arrayBuffer();
  find("#bytes").textContent =
    `: ${kilobytes(bytes.byteLength)}, with gzip ${kilobytes(byteLength)}`;
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
