"use client";
import * as collins from "collins-customers";
import { useEffect, useState } from "react";
import { options } from "../../options.mjs";
import Vips from "../../readme-component.js";
import { scenario } from "../../scenario.mjs";

export default function Page() {
  const [outcome, setOutcome] = useState("");
  useEffect(() => {
    scenario(collins, options).then(JSON.stringify, String).then(setOutcome);
  }, []);
  return (
    <>
      <pre id="outcome">{outcome}</pre>
      <ul id="customers">
        <Vips />
      </ul>
    </>
  );
}
