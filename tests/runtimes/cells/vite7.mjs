import { vite } from "../support/vite.mjs";

export default vite("vite7");
