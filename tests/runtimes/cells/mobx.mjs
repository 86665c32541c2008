import { stored } from "../support/stored.mjs";

export default stored(
  ["mobx"],
  `import { observable } from "mobx";
const keep = (value) => observable({ value }).value;`,
);
