// The proxy in an application of Hono's, in Node.
import { prepareProxy, throughProxy } from "../support/mounted.mjs";

export default {
  tools: ["hono", "@hono/node-server"],
  async run(project) {
    await prepareProxy(project);
    await project.copy("proxy/hono.mjs", "server.mjs");
    const [url] = await project.serve("node24", ["server.mjs"], /http:\S+:\d+/);
    return throughProxy(project, url);
  },
};
