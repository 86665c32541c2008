// Checks a file in a worker.

/** The report about a file. `onProgress` is told how many of its bytes are read; the signal ends it at once. */
export function check(file, { mapping, fixes, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("check-worker.js", import.meta.url), { type: "module" });
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    signal.addEventListener("abort", () => end(reject, signal.reason));
    worker.addEventListener("error", () =>
      end(reject, new Error("The check could not be started")),
    );
    worker.addEventListener("message", ({ data: { progress, report, error } }) => {
      if (progress) onProgress(progress);
      if (report) end(resolve, report);
      if (error) end(reject, new Error(error));
    });
    const module = import.meta.resolve("collins-customers/bulk");
    worker.postMessage({ module, file, mapping, fixes });
  });
}
