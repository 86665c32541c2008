import { workerd } from "../support/workerd.mjs";

export default workerd("2024-09-01");
