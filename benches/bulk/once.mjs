// Run as a process of its own: node once.mjs <file of a contestant> <file of customers>
// Prints the milliseconds from before the import to the list of faults, the number of faults, and by how many bytes
// the peak memory of the process grew.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [contestant, path] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(path));
const before = process.memoryUsage.rss();
const begin = performance.now();
const { faultsIn } = await import(pathToFileURL(contestant));
const { length } = await faultsIn(bytes);
const milliseconds = performance.now() - begin;
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ milliseconds, length, bytes: peak - before }));
