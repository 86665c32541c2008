// The cells in which the sandbox runs inside the tool, and no server is asked for anything.

/** Runs what examples/testing has for the tool, and a template that writes what came of the scenario. */
export const sandboxed = ({ tools, example, template, file, run }) => ({
  tools,
  async run(project) {
    await project.copyExample(...example);
    await project.copy(`sandbox/${template}`, file);
    await run(project);
    return { scenario: await project.json("outcome.json") };
  },
});
