// From TypeScript 5.3 on, `instanceof` gives the union of all errors, which `code` distinguishes.

import {
  type AnyCustomersApiError,
  type ApiError,
  CustomersApiError,
  NotFoundError,
  type RateLimitError,
  TimeoutError,
} from "collins-customers";
import { check, type Equal } from "./equal.js";

export function waitOf(error: unknown): number | null {
  if (error instanceof NotFoundError) {
    check<Equal<typeof error, NotFoundError>>();
    const base: ApiError = error;
    return base.attempts;
  }
  if (error instanceof TimeoutError) check<Equal<typeof error, TimeoutError>>();
  if (!(error instanceof CustomersApiError)) throw error;
  check<Equal<typeof error, AnyCustomersApiError>>();
  if (error.code === "rate_limit") {
    check<Equal<typeof error, RateLimitError>>();
    return error.retryAfterMs;
  }
  return null;
}

export async function caught(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CustomersApiError && error.code === "unprocessable_entity")
      return error.issues;
  }
  return [];
}
