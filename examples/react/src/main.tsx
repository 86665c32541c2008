import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Guests } from "./Guests";

const root = document.querySelector("#root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <Guests />
    </StrictMode>,
  );
