// What people read: numbers, texts of a file, and how far the work is.

/** A text of a file: a name in it is no reason for a terminal to change its colours. */
export const shown = (text) => text.replace(/\p{Cc}/gu, " ");

/** `1 row`, `1,000 rows`. */
export const count = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const WIDTH = 30;

/** Shows how far the work is, on a terminal only. */
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

/** A heading of what is printed: bold on a terminal, unless NO_COLOR is set (https://no-color.org). */
export const heading = (text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[1m${text}\x1b[0m` : text;

/** The time of day, with the date unless it is today's. */
export const clock = (date) => {
  const isToday = date.toDateString() === new Date().toDateString();
  const style = { hour: "2-digit", minute: "2-digit" };
  return date.toLocaleString([], isToday ? style : { ...style, month: "short", day: "numeric" });
};

/** What requests cost. */
export const priceOf = ({ requests, hours, end }) =>
  `${count(requests, "request")}, ${
    hours > 0
      ? `${count(Math.ceil(hours), "hour")} for the quota, until ${clock(end)}`
      : "within the quota of this hour"
  }`;

/** One line on a terminal that says how far the work is (`show`), and sentences that stay, anywhere (`say`). */
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
