import { workerd } from "../support/workerd.mjs";

export default workerd("2026-11-17");
