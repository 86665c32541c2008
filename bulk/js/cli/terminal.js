// Output for people: numbers, texts of a file, and progress.

/** Makes a text of a file safe to print: control characters could change the terminal's colours. */
export const shown = (text) => text.replace(/\p{Cc}/gu, " ");

/** `1 row`, `1,000 rows`. */
export const count = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const WIDTH = 30;

/** Shows the progress, only on a terminal. */
export function progress() {
  const { stderr } = process;
  if (!stderr.isTTY) return {};
  return {
    show: ({ bytes, size }) => {
      const done = size ? Math.min(1, bytes / size) : 0;
      const bar = "#".repeat(Math.floor(WIDTH * done)).padEnd(WIDTH);
      const part = size ? `[${bar}] ${Math.floor(100 * done)} %` : `${Math.floor(bytes / 1e6)} MB`;
      stderr.write(`\r${part}`);
    },
    clear: () => stderr.write("\r\x1b[K"),
  };
}

/** A heading: bold on a terminal, unless NO_COLOR is set (https://no-color.org). */
export const heading = (text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[1m${text}\x1b[0m` : text;

/** The time of day, with the date unless it is today's. */
export const clock = (date) => {
  const isToday = date.toDateString() === new Date().toDateString();
  const style = { hour: "2-digit", minute: "2-digit" };
  return date.toLocaleString([], isToday ? style : { ...style, month: "short", day: "numeric" });
};

/** The number of requests and their duration, in a sentence. */
export const priceOf = ({ requests, hours, end }) =>
  `${count(requests, "request")}, ${
    hours > 0
      ? `${count(Math.ceil(hours), "hour")} for the quota, until ${clock(end)}`
      : "within the quota of this hour"
  }`;

/** Shows the progress in one line of a terminal (`show`), and prints sentences that stay, on any output (`say`). */
export function statusLine() {
  const { stderr } = process;
  const clear = () => {
    if (stderr.isTTY) stderr.write("\r\x1b[K");
  };
  return {
    clear,
    show: (text) => {
      if (stderr.isTTY) stderr.write(`\r\x1b[K${text}`);
    },
    say: (text) => {
      clear();
      stderr.write(`${text}\n`);
    },
  };
}
