// MSW: the sandbox answers the application's requests to the service. In a browser: `setupWorker` of `msw/browser`.

import { createSandbox } from "collins-customers/sandbox";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

export const sandbox = createSandbox({ baseUrl: "https://api.example.com/api", seed: 20 });

export const server = setupServer(
  http.all(`${sandbox.baseUrl}/*`, ({ request }) =>
    // It rejects if there is to be no response: MSW would respond with 500.
    sandbox.fetch(request).catch(() => HttpResponse.error()),
  ),
);
