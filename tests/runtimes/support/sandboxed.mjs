// The cells in which the sandbox runs inside the tool, and no server is asked for anything.

/** Runs a template that writes what came of the scenario. */
export const sandboxed = ({ tools, template, file, run }) => ({
  tools,
  async run(project) {
    await project.copy(`sandbox/${template}`, file);
    await run(project);
    return { scenario: await project.json("outcome.json") };
  },
});
