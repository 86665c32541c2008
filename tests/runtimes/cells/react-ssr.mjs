// React on a custom server: a stream that waits for customers.
import { lines } from "../support/page.mjs";

export default {
  tools: ["react-dom", "react", "esbuild"],
  readme: "React server rendering",
  async run(project) {
    await project.copy("react-ssr.jsx", "main.jsx");
    await project.write({ "readme.jsx": project.snippet("React server rendering") });
    const bundle = ["--bundle", "--format=esm", "--packages=external", "--outfile=main.mjs"];
    await project.run("esbuild", ["main.jsx", "--jsx=automatic", ...bundle]);
    const [scenario, ...readme] = lines(await project.run("node24", ["main.mjs"]));
    return { scenario: JSON.parse(scenario), readme };
  },
};
