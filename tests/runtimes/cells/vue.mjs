// Vue with Vite: a page whose objects go through `ref`, `reactive` and a Pinia store.
import { storedOutcome } from "../support/page.mjs";

const prepare = async (project) => {
  await project.copy("vue");
  await project.copy("stored.mjs", "stored.mjs");
  await project.write({ "src/Vips.vue": project.snippet("Vue") });
};

export default {
  tools: ["vue", "vite", "@vitejs/plugin-vue", "pinia"],
  prepare,
  parts: {
    dev: {
      readme: "Vue",
      isStored: true,
      async run(project) {
        const [url] = await project.serve("vite", ["--host", "127.0.0.1"], /http:\S+/);
        return storedOutcome(url);
      },
    },
    build: {
      readme: "Vue",
      isStored: true,
      async run(project) {
        await project.run("vite", ["build"]);
        return storedOutcome(await project.files("dist"));
      },
    },
  },
};
