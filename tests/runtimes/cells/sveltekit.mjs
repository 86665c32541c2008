// A SvelteKit application, built and started as in production: the results of its server and its page.
import { prepareProxy, throughProxy } from "../support/mounted.mjs";
import { customersOf, scenarioOutcome } from "../support/page.mjs";

export default {
  tools: [
    "@sveltejs/kit",
    "@sveltejs/adapter-node",
    "@sveltejs/vite-plugin-svelte",
    "svelte",
    "vite",
  ],

  async prepare(project) {
    await project.copy("sveltekit");
    await project.write({ "src/routes/readme/+page.server.js": project.snippet("SvelteKit") });
    await project.replace("package.json", "{", '{"type":"module",');
    await prepareProxy(project);
    await project.run("vite", ["build"]);
    const env = { HOST: "127.0.0.1", PORT: "0" };
    const [url] = await project.serve("node24", ["build/index.js"], /http:\S+:\d+/, { env });
    return url;
  },

  parts: {
    server: {
      readme: "SvelteKit",
      async run(_, url) {
        const { scenario } = await scenarioOutcome(`${url}/server`);
        return { scenario, readme: await customersOf(`${url}/readme`) };
      },
    },
    proxy: {
      // SvelteKit forbids a DELETE without the Origin header of its own page, which browsers send. Its server in Node
      // assumes that there is TLS in front of it.
      run: (project, url) =>
        throughProxy(project, url, { headers: { Origin: url.replace("http:", "https:") } }),
    },
    page: { run: (_, url) => scenarioOutcome(`${url}/client`) },
  },
};
