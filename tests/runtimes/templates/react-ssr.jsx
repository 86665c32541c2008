import * as collins from "collins-customers";
import { renderToString } from "react-dom/server";
import { options } from "./options.mjs";
import { GET } from "./readme.jsx";
import { scenario } from "./scenario.mjs";

/** A server renders this at once: the rules are synchronous. */
const Issues = () => collins.validateNewCustomer({ email: "no address" }).map(({ code }) => code);

const response = await GET();
const html = (await response.text()) + renderToString(<Issues />);
if (!html.includes("invalid_email")) throw new Error(html);
console.log(JSON.stringify(await scenario(collins, options)));
for (const [, name] of html.matchAll(/<li>(.*?)<\/li>/g)) console.log(name);
