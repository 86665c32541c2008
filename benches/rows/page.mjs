import { answers, customers } from "../data.mjs";
import { listCall } from "../list-call.mjs";

export const work = "a whole call, injected `fetch`, 19 KB page of 30 customers";
export const unit = "× `fetch` + `json()`";
export const target = 1.1;

export const measure = () => listCall(answers.page, customers);
