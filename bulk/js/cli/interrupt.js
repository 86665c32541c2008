// Ctrl-C, as commands that can go on take it.

const SIGNALS = ["SIGINT", "SIGTERM"];

/** Aborts at the first Ctrl-C, or when nobody reads the output any more. A second Ctrl-C ends the process as always. */
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
