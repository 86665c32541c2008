// Decides what each caller may do. Replace it with the session of your own application: the value that it returns is
// the scope.
//
// As it is, a caller sends a key, `Authorization: Bearer <key>`, and the secret CALLERS lists the scope of each key, by
// its SHA-256. Without that secret nobody has access.

const unauthenticated = () =>
  Response.json(
    { error: "Unauthenticated." },
    { status: 401, headers: { "WWW-Authenticate": "Bearer" } },
  );

const hashOf = async (text) => {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

export async function authorize(request, { env }) {
  const [, key] = /^Bearer (\S+)$/.exec(request.headers.get("Authorization") ?? "") ?? [];
  if (!key) return unauthenticated();
  const callers = JSON.parse(env.CALLERS ?? "{}");
  const hash = await hashOf(key);
  return Object.hasOwn(callers, hash) ? callers[hash] : unauthenticated();
}
