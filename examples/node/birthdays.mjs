// Prints the birthdays of this month, or of another one: node birthdays.mjs 12
import { CustomerFilter, CustomersApi } from "collins-customers";

const { COLLINS_TOKEN, COLLINS_URL = "https://api-playpen.collinsbookings.com/api" } = process.env;
const api = new CustomersApi({ token: COLLINS_TOKEN, baseUrl: COLLINS_URL });

const month = Number(process.argv[2] ?? new Date().getMonth() + 1);
const filter = new CustomerFilter().dobMonth([month]);

const day = ({ dob }) => dob.slice(8);
// Any field of a customer may be null.
const name = ({ first_name, last_name }) => [first_name, last_name].filter(Boolean).join(" ");

try {
  const guests = await api.iterate(filter).toArray({ maxItems: 10_000 });
  guests.sort((one, other) => day(one).localeCompare(day(other)));
  for (const guest of guests) console.log(`${day(guest)}  ${name(guest)}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
