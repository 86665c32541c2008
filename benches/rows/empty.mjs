import { answers } from "../data.mjs";
import { listCall } from "../list-call.mjs";

export const work = "a whole call, empty list";
export const unit = "× `fetch` + `json()`";
export const target = 2.5;

export const measure = () => listCall(answers.empty, []);
