// The kind of machine, without anything that identifies this one.

import { readFileSync } from "node:fs";
import os from "node:os";

/** The system's own name for itself, if it has one. */
function system() {
  try {
    const text = readFileSync("/etc/os-release", "utf8");
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)[1];
  } catch {
    return `${os.type()} ${os.release()}`;
  }
}

export function machine() {
  const processors = os.cpus();
  const cores = `${processors.length} cores`;
  return [cores, processors[0]?.model.trim(), system(), `Node ${process.version}`]
    .filter(Boolean)
    .join(", ");
}
