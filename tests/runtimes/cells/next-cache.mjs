// Next with `cacheComponents`, which renders at build time everything that does not wait: reading the clock or a random
// number before the first request would fail the build.
import { customersOf, scenarioOutcome } from "../support/page.mjs";
import { firstNames, json } from "../support/server.mjs";

const tools = ["next", "react", "react-dom"];
const EDGE = /^export const runtime = "edge".*\n/m;

export default {
  tools,
  copied: tools,

  async prepare(project) {
    await project.copy("next-cache");
    await project.write({
      "readme-component.js": project.snippet("Next server components"),
      "app/route/route.js": project.snippet("Next and Vercel").replace(EDGE, ""),
    });
    await project.run("next", ["build"]);
    const [url] = await project.serve("next", ["start", "--port", "0"], /http:\/\/localhost:\d+/);
    const { scenario } = await scenarioOutcome(`${url}/server`);
    return { url, scenario };
  },

  parts: {
    component: {
      readme: "Next server components",
      run: async (_, { url, scenario }) => ({
        scenario,
        readme: await customersOf(`${url}/readme`),
      }),
    },
    "cached function": {
      readme: "Next server components",
      run: async (_, { url, scenario }) => ({
        scenario,
        readme: await customersOf(`${url}/cached`),
      }),
    },
    "route handler": {
      readme: "Next and Vercel",
      run: async (_, { url, scenario }) => ({
        scenario,
        readme: firstNames(await json(`${url}/route`)),
      }),
    },
  },
};
