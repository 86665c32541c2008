import { CustomersApi, CustomersApiError } from "collins-customers";

/** The page has no token: the server that it comes from adds one. */
export const api = new CustomersApi({ baseUrl: "/api" });

/** A sentence for the person in front of the page. */
export const sentence = (error: unknown) =>
  error instanceof CustomersApiError ? error.userMessage : "Something went wrong.";
