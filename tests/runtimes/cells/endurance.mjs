// Node 20 ended processes in loops of calls: the first, one in the middle and the newest of its versions. Of sixty
// processes of the package as it was, seven were ended.
import { endurance } from "../support/endurance.mjs";

const tools = ["node20.0", "node20.18", "node20"];
const part = (tool) => [tool, endurance(tool, [], { processes: 20, times: 500, often: 20_000 })];

export default { runtime: "node20", parts: Object.fromEntries(tools.map(part)) };
