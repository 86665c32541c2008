// Playwright: the sandbox answers a page's requests to `/api` on its own host.

import { createSandbox } from "collins-customers/sandbox";

/** Call this before `page.goto`. */
export async function serve(page, origin) {
  const sandbox = createSandbox({ baseUrl: `${origin}/api`, seed: 20 });
  await page.route(`${sandbox.baseUrl}/**`, async (route) => {
    const request = route.request();
    try {
      const response = await sandbox.fetch(request.url(), {
        method: request.method(),
        headers: await request.allHeaders(),
        body: request.postData() ?? undefined,
      });
      const { status, headers } = response;
      const body = await response.text();
      await route.fulfill({ status, headers: Object.fromEntries(headers), body });
    } catch {
      await route.abort("connectionreset"); // a fault such as "lost-answer"
    }
  });
  return sandbox;
}
