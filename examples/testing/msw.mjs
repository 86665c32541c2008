// MSW: the sandbox answers the application's requests to the service. In a browser: `setupWorker` of `msw/browser`.

import { createSandbox } from "collins-customers/sandbox";
import { http } from "msw";
import { setupServer } from "msw/node";

export const sandbox = createSandbox({ baseUrl: "https://api.example.com/api", seed: 20 });

export const server = setupServer(
  http.all(`${sandbox.baseUrl}/*`, ({ request }) => sandbox.fetch(request)),
);
