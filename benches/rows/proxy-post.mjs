// A create through a proxy in workerd.
import { body } from "../data.mjs";
import { measureProxies } from "../proxies.mjs";

export const work = "create through a proxy in workerd";
export const unit = "× a bare pass-through";
// 0.90 of its speed.
export const target = 1.11;

export const measure = () =>
  measureProxies({
    method: "POST",
    target: "/api/customers",
    body: JSON.stringify(body),
    status: 201,
  });
