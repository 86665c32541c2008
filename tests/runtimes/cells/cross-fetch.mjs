import { ownFetch } from "../support/server.mjs";

export default ownFetch("cross-fetch");
