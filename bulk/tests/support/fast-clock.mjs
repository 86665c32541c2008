// Loaded before a program (`node --import`): its hour takes two seconds. All programs with the same beginning have
// the same time. Timers of less than a second, such as the platform's own, are unchanged.

export const SPEED = 1800;

const begin = Number(process.env.CLOCK_BEGIN);
const { Date: RealDate, setTimeout: realTimeout } = globalThis;
const now = () => begin + Math.floor((RealDate.now() - begin) * SPEED);

if (begin) {
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length ? given : [now()]));
    }
    static now() {
      return now();
    }
  };
  globalThis.setTimeout = (code, milliseconds, ...given) =>
    realTimeout(code, milliseconds < 1000 ? milliseconds : milliseconds / SPEED, ...given);
}
