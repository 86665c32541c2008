// The language's own dates, in versions of TypeScript that have them.

import { CustomerFilter, type PlainDate } from "collins-customers";

export const day: PlainDate = Temporal.PlainDate.from("1995-01-13");
new CustomerFilter().bookingDate(Temporal.Now.plainDateISO());
// @ts-expect-error
new CustomerFilter().bookingDate(Temporal.Now.plainDateTimeISO());
// @ts-expect-error
new CustomerFilter().bookingDate(Temporal.Now.zonedDateTimeISO());
// @ts-expect-error
new CustomerFilter().bookingDate(Temporal.Now.instant());
