/**
 * The script of a worker that checks files, so that a page stays responsive: see `worker` of `checkFile`. It is
 * imported for its effect alone.
 */
export {};
