// A proxy that a framework mounts at /api, and a client in front of it.

export const prepareProxy = (project) => project.copy("proxy/proxy.mjs", "proxy.mjs");

/** The result of the scenario through the proxy of a server at this address; `more` are options of the client. */
export async function throughProxy(project, url, more) {
  await project.copy("proxy/client.mjs", "client.mjs");
  const options = JSON.stringify({ baseUrl: `${url}/api`, ...more });
  return { scenario: JSON.parse(await project.run("node24", ["client.mjs", options])) };
}
