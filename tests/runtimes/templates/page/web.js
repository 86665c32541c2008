import { run } from "./run.js";

document.querySelector("#outcome").textContent = await run("web.js");
