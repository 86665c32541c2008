// The whole package in one program: the client sends requests to the proxy, and the proxy to the sandbox.
import { createCustomersProxy } from "collins-customers/proxy";
import { createSandbox } from "collins-customers/sandbox";

const { baseUrl, fetch } = createSandbox();
const proxy = createCustomersProxy({
  token: "sandbox",
  baseUrl,
  fetch,
  authorize: () => true,
  allow: ["list", "get", "create", "update", "delete"],
});

export const options = {
  baseUrl: "https://proxy.example/api",
  fetch: (url, init) => proxy(new Request(url, init)),
};
