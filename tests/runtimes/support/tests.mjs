// The cells of test runners. Both write reports in the same form.

/** Runs the template and the README's snippet as tests; the result of the snippet is the names of its tests. */
export const tests = ({ tools, template, readme, args, settings }) => ({
  tools,
  readme,
  shows: ["finds Ada"],
  async run(project) {
    const extension = template.slice(template.lastIndexOf("."));
    const files = [`scenario.test${extension}`, `readme.test${extension}`];
    await project.copy(template, files[0]);
    await project.write({ [files[1]]: project.snippet(readme) });
    await project.run(tools[0], [...args, "--outputFile=report.json"], settings);
    const { testResults } = await project.json("report.json");
    const { assertionResults } = testResults.find(({ name }) => name.endsWith(files[1]));
    return {
      scenario: await project.json("outcome.json"),
      readme: assertionResults
        .filter(({ status }) => status === "passed")
        .map(({ title }) => title),
    };
  },
});
