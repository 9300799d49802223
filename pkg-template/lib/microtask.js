/**
 * The glue's own `queueMicrotask`: the build has it import this one in place of the global.
 *
 * Rust runs its tasks in microtasks, where nobody could catch what they throw. A panic ends in a trap there, which
 * would end a Node process, although every call that it concerns has been rejected by then; and tasks of the dead
 * instance that are still queued would throw after it.
 */
import { currentEpoch } from "./epoch.js";

export function queueMicrotask(task) {
  const epoch = currentEpoch();
  globalThis.queueMicrotask(() => {
    if (epoch !== currentEpoch()) return;
    try {
      task();
    } catch (error) {
      if (epoch === currentEpoch()) throw error;
    }
  });
}
