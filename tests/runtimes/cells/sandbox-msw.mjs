import { sandboxed } from "../support/sandboxed.mjs";

export default sandboxed({
  tools: ["msw"],
  example: ["msw.mjs", "example.mjs"],
  template: "msw.mjs",
  file: "msw.mjs",
  run: (project) => project.run("node", ["msw.mjs"]),
});
