import { run } from "./run.js";

// Browsers before 2023 refuse to compile a module of this size on a page's main thread.
WebAssembly.Module = WebAssembly.Instance = class {
  constructor() {
    throw new RangeError("disallowed on the main thread, if the buffer size is larger than 4KB");
  }
};

document.querySelector("#outcome").textContent = await run("inline.js");
