import { CustomersApi } from "collins-customers";
import { options } from "../../options.mjs";

const api = new CustomersApi(options);

async function vips() {
  "use cache";
  const { customers } = await api.list({ labels: ["VIP"] });
  return customers;
}

export default async function Page() {
  const names = (await vips()).map((customer) => customer.first_name);
  return <pre id="customers">{names.join("\n")}</pre>;
}
