// Turns a response of the service into a Response of the platform.

/** The response headers that a page may always read across origins. */
const SAFELISTED = ["content-length", "content-type"];

const WITHOUT_BODY = [204, 205, 304];

/** Keeps the process alive, as an open connection does; returns a function that undoes it. */
export const waitForever = () => {
  const timer = setInterval(() => {}, 2 ** 31 - 1);
  return () => clearInterval(timer);
};

const CUT_OFF = 1;
const STALLED = 2;

/**
 * Returns a body that ends as the response should. Like one from a network it can be read only once, and an abort
 * interrupts it if it has not been read yet.
 */
function bodyOf({ ending, length }, bytes, signal) {
  let abort;
  let end;
  const leave = () => {
    signal?.removeEventListener("abort", abort);
    end?.();
  };
  return new ReadableStream(
    {
      start(controller) {
        abort = () => {
          end?.();
          controller.error(signal.reason);
        };
        signal?.addEventListener("abort", abort, { once: true });
      },
      pull(controller) {
        if (ending === STALLED) {
          end = waitForever();
          return new Promise(() => {});
        }
        if (ending === CUT_OFF && length > 0) {
          controller.enqueue(bytes.subarray(0, length));
          length = 0;
          return undefined;
        }
        leave();
        if (ending === CUT_OFF) {
          controller.error(new TypeError("terminated"));
          return undefined;
        }
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
        return undefined;
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}

export function toResponse(answer, { url, signal, hasBody, isExposed }) {
  const bytes = new TextEncoder().encode(answer.body);
  const headers = new Headers();
  for (const [name, value] of [...answer.headers, ["content-length", String(bytes.length)]])
    if (isExposed || SAFELISTED.includes(name)) headers.set(name, value);
  const isEmpty = !hasBody || WITHOUT_BODY.includes(answer.status);
  const body = isEmpty ? null : bodyOf(answer, bytes, signal);
  const response = new Response(body, { status: answer.status, headers });
  return Object.defineProperty(response, "url", {
    __proto__: null,
    value: url,
    configurable: true,
  });
}
