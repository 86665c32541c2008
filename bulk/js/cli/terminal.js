// What people read: numbers, texts of a file, and how far the work is.

/** A text of a file: a name in it is no reason for a terminal to change its colours. */
export const shown = (text) => text.replace(/\p{Cc}/gu, " ");

/** `1 row`, `1,000 rows`. */
export const count = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** Shows how far the work is, on a terminal only. */
export function progress() {
  const { stderr } = process;
  if (!stderr.isTTY) return {};
  return {
    show: ({ bytes, size }) => {
      const part = size ? `${Math.floor((100 * bytes) / size)} %` : `${Math.floor(bytes / 1e6)} MB`;
      stderr.write(`\r${part}`);
    },
    clear: () => stderr.write("\r\x1b[K"),
  };
}
