// A Next application, built and started as in production, and the results of each of its parts.
import { prepareProxy, throughProxy } from "../support/mounted.mjs";
import { outcome, scenarioOutcome } from "../support/page.mjs";
import { firstNames, json } from "../support/server.mjs";

const tools = ["next", "react", "react-dom"];
/** A route in which the client, the proxy and the sandbox are together. */
const house = (name) => ({
  run: async (_, url) => ({ scenario: await json(`${url}/${name}/house`) }),
});

const EDGE = /^export const runtime = "edge".*\n/m;

/** A route that runs the scenario, and one that is the README's snippet. */
const route = (name) => async (_, url) => ({
  scenario: await json(`${url}/${name}`),
  readme: firstNames(await json(`${url}/${name}/readme`)),
});

export default {
  tools,
  copied: tools,

  async prepare(project) {
    const snippet = project.snippet("Next and Vercel");
    await project.copy("next");
    await project.write({
      "readme-component.js": project.snippet("React and Next"),
      "app/edge/readme/route.js": snippet,
      "app/route/readme/route.js": snippet.replace(EDGE, ""),
    });
    await project.copy("house.mjs", "house.mjs");
    for (const name of ["route", "edge"]) {
      await project.copy(`next/app/${name}/route.js`, `app/${name}/house/route.js`);
      await project.replace(`app/${name}/house/route.js`, "../options.mjs", "../../house.mjs");
      await project.replace(`app/${name}/house/route.js`, '"../../scenario', '"../../../scenario');
    }
    await prepareProxy(project);
    await project.run("next", ["build"]);
    const [url] = await project.serve("next", ["start", "--port", "0"], /http:\/\/localhost:\d+/);
    return url;
  },

  parts: {
    "client page": { readme: "React and Next", run: (_, url) => outcome(`${url}/client`) },
    "server component": { run: (_, url) => scenarioOutcome(`${url}/server`) },
    "route handler": { readme: "Next and Vercel", run: route("route") },
    "edge route": { readme: "Next and Vercel", run: route("edge") },
    "route handler, proxy": house("route"),
    "edge route, proxy": house("edge"),
    "proxy as a route handler": { run: (project, url) => throughProxy(project, url) },
  },
};
