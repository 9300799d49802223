/**
 * The glue's own `queueMicrotask`: the build has it import this one in place of the global.
 *
 * Rust runs its tasks in microtasks, where nobody could catch what they throw: a trap after a panic, memory that is used
 * up, an exception of JavaScript's. It would end a Node process. Here it ends the instance, whose calls all reject.
 */
import { crash, currentEpoch } from "./epoch.ts";

export function queueMicrotask(task: () => void): void {
  const epoch = currentEpoch();
  globalThis.queueMicrotask(() => {
    if (epoch !== currentEpoch()) return;
    try {
      task();
    } catch (error) {
      crash(error, epoch);
    }
  });
}
