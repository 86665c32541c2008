import { ownFetch } from "../support/server.mjs";

export default ownFetch("node-fetch2");
