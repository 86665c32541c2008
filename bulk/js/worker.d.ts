/**
 * The script of a worker that checks files, so that a page stays responsive: see the option `worker` of `checkFile`.
 * Import it for its side effect.
 */
export {};
