// The cells of test runners. Both write their reports in the same form.

/** Runs the template and the README's snippet as tests; the snippet shows the names of its own. */
export const tests = ({ tools, template, readme, args }) => ({
  tools,
  readme,
  shows: ["finds Ada"],
  async run(project) {
    await project.copy(template, "scenario.test.js");
    await project.write({ "readme.test.js": project.snippet(readme) });
    await project.run(tools[0], [...args, "--outputFile=report.json"]);
    const { testResults } = await project.json("report.json");
    const { assertionResults } = testResults.find(({ name }) => name.endsWith("readme.test.js"));
    return {
      scenario: await project.json("outcome.json"),
      readme: assertionResults
        .filter(({ status }) => status === "passed")
        .map(({ title }) => title),
    };
  },
});
