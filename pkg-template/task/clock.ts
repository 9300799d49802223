/** Time and chance, on hosts too where reading them is forbidden: a hardened compartment (SES) has them throw. */

/** Milliseconds since some moment that stays the same; where there is no clock, always 0. */
export function now(): number {
  return attempt(Date.now) ?? attempt(() => performance.now()) ?? 0;
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
