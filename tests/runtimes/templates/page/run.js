// The scenario with one of the package's files. Returns the result as text.
import { options } from "./options.mjs";
import { scenario } from "./scenario.mjs";

export async function run(file) {
  try {
    const collins = await import(`/collins-customers/dist/${file}`);
    await collins.init?.();
    await collins.ready;
    return JSON.stringify(await scenario(collins, options));
  } catch (error) {
    return `${error}\n${error.stack}`;
  }
}
