// A fresh project: an empty folder in which only the package's tarball and the tools of its cell are installed.

import { constants, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { transform } from "esbuild";
import sirv from "sirv";
import { root, token } from "../../support/sandbox.mjs";
import { run, serve } from "./processes.mjs";
import { snippet } from "./readme.mjs";
import {
  environment,
  frameworks,
  manifestOf,
  modules,
  programOf,
  withDependencies,
} from "./tools.mjs";

const templates = new URL("../templates/", import.meta.url);
const scenario = await readFile(new URL("../scenario.mjs", import.meta.url), "utf8");

export const temporaryFolder = () => mkdtemp(join(tmpdir(), "collins-customers-"));

/** Packs the package and installs it in an empty project. Each cell gets a copy of it. */
export async function install(folder) {
  const npm = (args, cwd) => run("npm", [...args, "--silent"], { cwd, env: process.env });
  const packed = await npm(["pack", "--json", "--pack-destination", folder], join(root, "pkg"));
  const project = join(folder, "project");
  await mkdir(project);
  await writeFile(join(project, "package.json"), JSON.stringify({ private: true }));
  const tarball = join(folder, JSON.parse(packed)[0].filename);
  await npm(["install", "--offline", "--no-audit", "--no-fund", tarball], project);
  return project;
}

export class Project {
  #endings = [];

  /** @param installed The project to copy. @param baseUrl The service of this cell. */
  constructor(installed, baseUrl) {
    this.installed = installed;
    this.options = { token, baseUrl };
  }

  /**
   * Creates the folder, with the scenario and its options, as ES modules and for `require`. Tools are linked; those
   * that refuse links out of the project are `copied` with all their dependencies. A project of a large framework is
   * below its tools, as in a repository of many projects.
   */
  async create({ tools = [], copied = [], isLarge = false }) {
    this.folder = isLarge ? await mkdtemp(join(frameworks, "project-")) : await temporaryFolder();
    this.after(() => rm(this.folder, { recursive: true, force: true }));
    await cp(this.installed, this.folder, { recursive: true });
    // Tools assume that the folder of a lock file is the root of the repository.
    if (isLarge) await rm(join(this.folder, "package-lock.json"));
    for (const tool of isLarge ? [] : tools) {
      await (copied.includes(tool) ? this.#copy(tool) : this.#link(tool));
      await this.#linkPrograms(tool);
    }
    const options = `export const options = ${JSON.stringify(this.options)};\n`;
    await this.write({ "scenario.mjs": scenario, "options.mjs": options });
    for (const [name, code] of Object.entries({ scenario, options })) {
      const script = await transform(code, { format: "cjs" });
      await this.write({ [`${name}.cjs`]: script.code });
    }
  }

  async #link(tool) {
    // Older versions of a tool are installed under another name; a project uses their own name.
    const path = join(this.folder, "node_modules", (await manifestOf(tool)).name);
    await mkdir(dirname(path), { recursive: true });
    await symlink(join(modules, tool), path);
  }

  async #copy(tool) {
    for (const name of await withDependencies(tool)) {
      const path = join(this.folder, "node_modules", name);
      await cp(join(modules, name), path, { recursive: true, mode: constants.COPYFILE_FICLONE });
    }
  }

  /** Links the programs of a package, like npm. */
  async #linkPrograms(tool) {
    const { name, bin = {} } = await manifestOf(tool);
    const programs = typeof bin === "string" ? { [name]: bin } : bin;
    await mkdir(join(this.folder, "node_modules/.bin"), { recursive: true });
    for (const [program, file] of Object.entries(programs)) {
      const path = join(this.folder, "node_modules", name, file);
      await symlink(path, join(this.folder, "node_modules/.bin", program));
    }
  }

  /** Writes files, given as their contents by path. */
  async write(files) {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }

  /** Copies a template, a file or the contents of a folder, to a place in the project. */
  async copy(template, path = ".") {
    await cp(new URL(template, templates), join(this.folder, path), { recursive: true });
  }

  /** Copies a file of examples/testing, as users do. */
  async copyExample(name, path) {
    await cp(join(root, "examples/testing", name), join(this.folder, path));
  }

  /** Replaces a text in a file. */
  async replace(path, from, to) {
    const content = await readFile(join(this.folder, path), "utf8");
    if (!content.includes(from)) throw new Error(`${path} does not hold ${from}`);
    await this.write({ [path]: content.replaceAll(from, to) });
  }

  /** The value of a JSON file. */
  async json(path) {
    return JSON.parse(await readFile(join(this.folder, path), "utf8"));
  }

  /** The snippet of the README below a heading. */
  snippet(heading) {
    return snippet(heading, this.options);
  }

  #settings(settings) {
    // The environment variable that the snippets of the README read.
    const env = { ...environment, COLLINS_TOKEN: token, ...settings?.env };
    const programs = [this.folder, frameworks].map((folder) => join(folder, "node_modules/.bin"));
    env.PATH = [...programs, env.PATH].join(delimiter);
    return { cwd: this.folder, ...settings, env };
  }

  /** Runs a tool to its end. Resolves to its standard output. */
  run(tool, args, settings) {
    return run(programOf(tool), args, this.#settings(settings));
  }

  /** Starts a server, until the cell is over. Resolves to the match of `ready` in its output. */
  async serve(tool, args, ready, settings) {
    const { match, stop } = await serve(programOf(tool), args, ready, this.#settings(settings));
    this.after(stop);
    return match;
  }

  /** Serves files of the project, except the requests that `answer(request, response)` answers. Returns the address. */
  async files(path = ".", headers = {}, answer = () => false) {
    const handler = sirv(join(this.folder, path), {
      dev: true,
      setHeaders(response) {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      },
    });
    const server = createServer((request, response) => {
      if (!answer(request, response)) handler(request, response);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.after(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${server.address().port}/`;
  }

  /** Does something when the cell is over. */
  after(ending) {
    this.#endings.push(ending);
  }

  async end() {
    for (const ending of this.#endings.reverse()) await ending();
  }
}
