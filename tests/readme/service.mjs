// The service for a block of the README that runs by itself: in memory, at the test environment's address. Loaded with
// --import.

import { createSandbox } from "collins-customers/sandbox";

process.env.COLLINS_TOKEN = "sandbox";
const baseUrl = "https://api-playpen.collinsbookings.com/api";
globalThis.fetch = createSandbox({ baseUrl, seed: 100 }).fetch;
