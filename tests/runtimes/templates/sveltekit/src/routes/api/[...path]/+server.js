import { proxy } from "../../../../proxy.mjs";

export const fallback = ({ request }) => proxy(request);
