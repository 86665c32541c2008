import { proxy } from "../../../proxy.mjs";

const handle = (request) => proxy(request);

export { handle as DELETE, handle as GET, handle as POST, handle as PUT };
