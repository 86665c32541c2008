import { CustomersApi, CustomersApiError } from "collins-customers";

/** The page holds no token: whatever serves it adds one on the way. */
export const api = new CustomersApi({ baseUrl: "/api" });

/** A sentence for the person in front of the page. */
export const sentence = (error: unknown) =>
  error instanceof CustomersApiError ? error.userMessage : "Something went wrong.";
