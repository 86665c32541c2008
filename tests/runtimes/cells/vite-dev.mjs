import { outcome, source } from "../support/page.mjs";

export default {
  tools: ["vite"],
  readme: "With a bundler",
  async run(project) {
    await source(project);
    const [url] = await project.serve("vite", ["--host", "127.0.0.1"], /http:\S+/);
    return outcome(url);
  },
};
