// Handles Ctrl-C for commands that can be continued.

const SIGNALS = ["SIGINT", "SIGTERM"];

/** Aborts at the first Ctrl-C, or when the output is closed. A second Ctrl-C ends the process as usual. */
export function interruptible() {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error("Stopped"));
  for (const name of SIGNALS) process.once(name, stop);
  process.stdout.once("error", stop);
  return {
    signal: controller.signal,
    done: () => {
      for (const name of SIGNALS) process.off(name, stop);
    },
  };
}
