/** Time and chance, on hosts too where reading them is forbidden: a hardened compartment (SES) has them throw. */

/** Milliseconds on the wall: it goes on while the machine sleeps, and jumps when it is set. Always 0 where there is no clock. */
export function now(): number {
  return attempt(Date.now) ?? attempt(() => performance.now()) ?? 0;
}

/** Milliseconds that never go back, where the host has such a clock. */
export function stopwatch(): number {
  return attempt(() => performance.now()) ?? now();
}

/** From 0 up to 1; always the middle where there is no chance. It spreads retries, and is no secret. */
export function random(): number {
  return attempt(Math.random) ?? 0.5;
}

function attempt(read: () => number): number | undefined {
  try {
    const value = read();
    return Number.isFinite(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
