// A list through a proxy in workerd.
import { measureProxies } from "../proxies.mjs";

export const work = "list through a proxy in workerd";
export const unit = "× a bare pass-through";
// 0.95 of its speed.
export const target = 1.05;

export const measure = () =>
  measureProxies({
    method: "GET",
    target: "/api/customers?labels=VIP&limit=10&page=2",
    status: 200,
  });
