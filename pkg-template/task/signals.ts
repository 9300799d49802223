/** One listener a signal, however many calls share it: beyond ten, Node warns of a leak. */

/** @type {WeakMap<AbortSignal, { callbacks: Set<() => void>, listener: () => void }>} */
const heard = new WeakMap();

/**
 * @param {AbortSignal} signal
 * @param {() => void} callback
 */
export function listen(signal, callback) {
  const one = heard.get(signal) ?? hear(signal);
  one.callbacks.add(callback);
}

/**
 * @param {AbortSignal} signal
 * @param {() => void} callback
 */
export function unlisten(signal, callback) {
  const one = heard.get(signal);
  if (!one?.callbacks.delete(callback) || one.callbacks.size > 0) return;
  signal.removeEventListener("abort", one.listener);
  heard.delete(signal);
}

function hear(signal) {
  const callbacks = new Set();
  const listener = () => {
    for (const callback of [...callbacks]) callback();
  };
  const one = { callbacks, listener };
  heard.set(signal, one);
  signal.addEventListener("abort", listener);
  return one;
}
