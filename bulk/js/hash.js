// The hash of a file, taken while it is read. The platform hashes only what is in memory, so blocks are hashed, and
// then their hashes.

const BLOCK = 1024 * 1024;
const SIZE = 32;

const sha256 = async (bytes) => {
  if (!globalThis.crypto?.subtle)
    throw new Error(
      "An import needs crypto.subtle, which browsers have only in secure contexts: serve the page over HTTPS",
    );
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
};

const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The hash of a text. */
export const hashOf = async (text) => toHex(await sha256(new TextEncoder().encode(text)));

/** An input that hashes its bytes while they are read. `hash()` works once all were read. */
export const hashing = (input) => {
  let done;
  return {
    ...input,
    hash: () => toHex(done),
    async *chunks(signal) {
      const block = new Uint8Array(BLOCK);
      const chain = new Uint8Array(2 * SIZE);
      let filled = 0;
      const endBlock = async () => {
        chain.set(await sha256(block.subarray(0, filled)), SIZE);
        chain.set(await sha256(chain));
        filled = 0;
      };
      for await (const chunk of input.chunks(signal)) {
        for (let at = 0; at < chunk.length; ) {
          const part = chunk.subarray(at, at + BLOCK - filled);
          block.set(part, filled);
          filled += part.length;
          at += part.length;
          if (filled === BLOCK) await endBlock();
        }
        yield chunk;
      }
      await endBlock();
      done = chain.slice(0, SIZE);
    },
  };
};
