// The sandbox as the package's command, in a project with only the package: without Rust and other tools.

export default {
  async run(project) {
    const args = ["--no-install", "collins-customers", "sandbox", "--port", "0", "--seed", "20"];
    const [, origin] = await project.serve("npx", args, /^listening on (\S+)$/m);
    const options = { baseUrl: `${origin}/api`, token: "sandbox" };
    await project.write({ "options.mjs": `export const options = ${JSON.stringify(options)};\n` });
    await project.copy("module.mjs", "main.mjs");
    return { scenario: JSON.parse(await project.run("node", ["main.mjs"])) };
  },
};
