/** One listener a signal, however many calls share it: beyond ten, Node warns of a leak. */

interface Hearing {
  callbacks: Set<() => void>;
  listener: () => void;
}

const hearings: WeakMap<AbortSignal, Hearing> = /* @__PURE__ */ new WeakMap();

export function listen(signal: AbortSignal, callback: () => void): void {
  const hearing = hearings.get(signal) ?? hear(signal);
  hearing.callbacks.add(callback);
}

export function unlisten(signal: AbortSignal, callback: () => void): void {
  const hearing = hearings.get(signal);
  if (!hearing?.callbacks.delete(callback) || hearing.callbacks.size > 0) return;
  signal.removeEventListener("abort", hearing.listener);
  hearings.delete(signal);
}

function hear(signal: AbortSignal): Hearing {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of [...callbacks]) callback();
  };
  const hearing = { callbacks, listener };
  hearings.set(signal, hearing);
  signal.addEventListener("abort", listener);
  return hearing;
}
