// Node 20 crashed in loops of calls: here with the first, a middle and the newest of its versions. Without the
// workaround, seven of sixty processes crashed.
import { endurance } from "../support/endurance.mjs";

const tools = ["node20.0", "node20.18", "node20"];
const part = (tool) => [tool, endurance(tool, [], { processes: 20, times: 500, often: 20_000 })];

export default { runtime: "node20", parts: Object.fromEntries(tools.map(part)) };
