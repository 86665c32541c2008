// Everything a hundred thousand times, in a worker.
import { json } from "../support/server.mjs";
import { wrangler } from "../support/workerd.mjs";

export default {
  tools: ["wrangler"],
  async run(project) {
    await project.copy("worker.mjs", "index.mjs");
    await project.copy("endurance.mjs", "endurance.mjs");
    await project.replace(
      "index.mjs",
      "await api.list(filter);",
      `await api.list(filter);
    await (await import("./endurance.mjs")).endure(collins, 100_000);`,
    );
    const url = await wrangler(project, ["index.mjs", "--compatibility-date", "2026-11-17"]);
    return { scenario: await json(url) };
  },
};
