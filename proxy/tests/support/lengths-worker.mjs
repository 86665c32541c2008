// Gives a proxy a create with the stated length of the test, and reports the result.

import { createCustomersProxy } from "./pkg/dist/proxy/workerd.js";

const PIECE = 64;

/** A stream of text and blanks behind it, in pieces, with the number of bytes that were read. */
function streamOf({ type, body, comes }) {
  const end = comes ?? Infinity;
  const pulled = { bytes: 0 };
  const stream = new ReadableStream(
    {
      ...(type === "bytes" && { type }),
      pull(controller) {
        const length = Math.min(PIECE, end - pulled.bytes);
        if (length > 0) {
          const text = body.slice(pulled.bytes, pulled.bytes + length).padEnd(length);
          controller.enqueue(new TextEncoder().encode(text));
          pulled.bytes += length;
        }
        if (pulled.bytes < end) return;
        controller.close();
        controller.byobRequest?.respond(0);
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, pulled };
}

export default {
  async fetch(request) {
    const { said, most, ...given } = await request.json();
    const sent = [];
    const proxy = createCustomersProxy({
      token: "token",
      baseUrl: "https://service.example/api",
      authorize: () => true,
      allow: ["create"],
      maxBodyBytes: most,
      fetch: async (_, { body }) => {
        sent.push(new TextDecoder().decode(body));
        return Response.json({ customer: { id: "a" } }, { status: 201 });
      },
    });
    const { stream, pulled } = streamOf(given);
    const headers = new Headers({ "Content-Type": "application/json" });
    if (said !== null) headers.set("Content-Length", said);
    const create = new Request("https://app.example/api/customers", {
      method: "POST",
      body: stream,
      headers,
    });
    const { status } = await proxy(create);
    const result = { said: create.headers.get("content-length"), status, sent };
    return Response.json({ ...result, pulled: pulled.bytes });
  },
};
