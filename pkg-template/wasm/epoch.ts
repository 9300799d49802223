/**
 * Every instance of the wasm has a number, the epoch. A panic, a trap, or whatever JavaScript throws through it ends one:
 * whatever belongs to the dead instance sees by its number that it must not touch the wasm any more.
 */
let epoch = 0;
let onCrash: (error: unknown) => void = () => {};

export function currentEpoch(): number {
  return epoch;
}

export function endEpoch(): void {
  epoch += 1;
}

/** Has `handler` called when something was thrown through the living instance. */
export function handleCrash(handler: (error: unknown) => void): void {
  onCrash = handler;
}

/** Something was thrown through the wasm of this epoch: that instance is not to be trusted any more. */
export function crash(error: unknown, of: number = epoch): void {
  if (of === epoch) onCrash(error);
}
