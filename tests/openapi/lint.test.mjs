// Checks the OpenAPI description in the package with a linter.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { root } from "../support/sandbox.mjs";

const source = await readFile(join(root, "pkg/openapi.json"), "utf8");

const problems = async (text) => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const found = await lintFromString({ source: text, absoluteRef: "openapi.json", config });
  return found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
};

test("the linter reports nothing", async () => {
  assert.deepEqual(await problems(source), []);
});

test("the linter would report a mistake", async () => {
  const broken = JSON.parse(source);
  broken.paths["/customers"].get.parameters[0].in = "nowhere";
  broken.security = [{ nobody: [] }];
  delete broken.info.license;
  const rules = (await problems(JSON.stringify(broken))).map(([rule]) => rule);
  for (const rule of ["struct", "security-defined", "info-license"])
    assert.ok(rules.includes(rule), `${rule} is not among ${rules}`);
});
