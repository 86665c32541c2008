import { sandboxed } from "../support/sandboxed.mjs";

export default sandboxed({
  tools: ["jest"],
  example: ["jest.test.cjs", "example.test.cjs"],
  template: "jest.test.js",
  file: "sandbox.test.js",
  run: (project) => project.run("jest", []),
});
