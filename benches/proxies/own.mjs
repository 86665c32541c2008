import { createCustomersProxy } from "../../pkg/dist/proxy/workerd.js";

export default {
  fetch: createCustomersProxy({
    token: "token",
    baseUrl: "https://service.example/api",
    authorize: () => true,
    allow: ["list", "create"],
  }),
};
