// Another build of this client: see `cargo xtask bench --beside`.

import { BESIDE, importBuild } from "../peers.mjs";
import { withApi } from "./own.mjs";

const { CustomersApi } = await importBuild(BESIDE);

export const clientWith = withApi(CustomersApi);
