// The entry of the worker: its Rust is in src/lib.rs. `wasm-pack build --target web` writes pkg/.

import { birthdays, initSync } from "./pkg/birthdays.js";
import module from "./pkg/birthdays_bg.wasm";

initSync({ module });

export default {
  async fetch(request, env) {
    const month = Number(new URL(request.url).searchParams.get("month"));
    if (!(month >= 1 && month <= 12)) return new Response("month is 1 to 12\n", { status: 400 });
    return new Response(await birthdays(env.COLLINS_TOKEN, env.COLLINS_URL, month));
  },
};
