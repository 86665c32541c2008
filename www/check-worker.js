// Checks a file beside the page, which stays responsive meanwhile. A worker has no import map, so the page says where
// the package is.

/** How many faults are listed. */
const KEPT = 100;

addEventListener("message", async ({ data: { module, file, mapping, fixes } }) => {
  try {
    const { checkFile } = await import(module);
    const onProgress = (progress) => postMessage({ progress });
    const { customers: _, ...report } = await checkFile(file, {
      mapping,
      fixes,
      keep: KEPT,
      onProgress,
    });
    postMessage({ report });
  } catch (error) {
    postMessage({ error: error.message });
  }
});
