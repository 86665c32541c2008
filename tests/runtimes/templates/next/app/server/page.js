import * as collins from "collins-customers";
import { connection } from "next/server";
import { options } from "../../options.mjs";
import { scenario } from "../../scenario.mjs";

export default async function Page() {
  await connection();
  return <pre id="outcome">{JSON.stringify(await scenario(collins, options))}</pre>;
}
