// The cells of Vite's versions: a page from its dev server and a built one, with the default entry and with the one
// that loads the module as a file.

import { outcome, source, webSource } from "./page.mjs";

async function dev(project, prepare, heading) {
  await prepare(project, heading);
  // Without `--force` a server that has served another page would already know the package's files.
  const args = ["--host", "127.0.0.1", "--force"];
  const [url] = await project.serve("vite", args, /http:\S+/);
  return outcome(url);
}

async function build(project, prepare, heading) {
  await prepare(project, heading);
  await project.run("vite", ["build"]);
  return outcome(await project.files("dist"));
}

const page = { readme: "With a bundler", prepare: source };
const webPage = { readme: "The module as a file, with Vite", prepare: webSource };

const part = (action, { readme, prepare }) => ({
  readme,
  run: (project) => action(project, prepare, readme),
});

export const vite = (tool) => ({
  tools: [tool],
  parts: {
    dev: part(dev, page),
    build: part(build, page),
    "dev, web": part(dev, webPage),
    "build, web": part(build, webPage),
  },
});
