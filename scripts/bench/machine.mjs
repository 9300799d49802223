/** Where and when something has been measured. */
import { cpus } from "node:os";

export function machine() {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? process.arch;
  const date = new Date().toISOString().slice(0, 10);
  return `${model}, ${processors.length} cores; Node ${process.versions.node}; ${date}`;
}
