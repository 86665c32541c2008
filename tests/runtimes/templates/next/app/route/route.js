import * as collins from "collins-customers";
import { options } from "../../options.mjs";
import { scenario } from "../../scenario.mjs";

export const dynamic = "force-dynamic";

export const GET = async () => Response.json(await scenario(collins, options));
