// Parcel reads the exports of a package only if this is turned on, and the second entry is only there.
import { outcome, webSource } from "../support/page.mjs";
import { line } from "../support/readme.mjs";

export default {
  tools: ["parcel"],
  readme: "The module as a file, with a bundler",
  async run(project) {
    await webSource(project);
    const setting = line('"@parcel/resolver-default": { "packageExports": true }');
    await project.replace("package.json", "{", `{${setting},`);
    await project.run("parcel", ["build", "index.html", "--no-cache"]);
    return outcome(await project.files("dist"));
  },
};
