// The cells in which the sandbox runs inside the tool, without a server.

/** Runs the tool's example in examples/testing, and a template that writes the result of the scenario. */
export const sandboxed = ({ tools, example, template, file, run }) => ({
  tools,
  async run(project) {
    await project.copyExample(...example);
    await project.copy(`sandbox/${template}`, file);
    await run(project);
    return { scenario: await project.json("outcome.json") };
  },
});
