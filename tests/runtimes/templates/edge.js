import * as collins from "collins-customers";
import { options } from "./options.mjs";
import { GET } from "./readme.js";
import { scenario } from "./scenario.mjs";

addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  const answer = scenario(collins, options).then((result) => Response.json(result));
  event.respondWith(pathname === "/readme" ? answer.then(GET) : answer);
});
