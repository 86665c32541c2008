import * as collins from "collins-customers";
import { connection } from "next/server";
import { Suspense } from "react";
import { options } from "../../options.mjs";
import { scenario } from "../../scenario.mjs";

async function Outcome() {
  // The scenario uses a random number before its first request.
  await connection();
  return <pre id="outcome">{JSON.stringify(await scenario(collins, options))}</pre>;
}

export default function Page() {
  return (
    <Suspense>
      <Outcome />
    </Suspense>
  );
}
