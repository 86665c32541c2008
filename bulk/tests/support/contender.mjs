// A process that wants a file (`node contender.mjs FILE`) whenever it is told to, and lets it go when it is told to.

import { lock } from "../../js/lock.js";

const [, , file] = process.argv;
let unlock;

process.on("message", async (what) => {
  if (what === "free") {
    await unlock();
    process.send("freed");
    return;
  }
  try {
    unlock = await lock(file, (id) => Object.assign(new Error("taken"), { id }));
    process.send({ owner: process.pid });
  } catch ({ message, id }) {
    process.send({ owner: id, message });
  }
});
process.send("ready");
