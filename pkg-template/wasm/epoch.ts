/**
 * Every instance of the wasm has a number, the epoch. A panic, a trap, or whatever JavaScript throws through it ends one:
 * whatever belongs to the dead instance sees by its number that it must not touch the wasm any more.
 */
let epoch = 0;
/** @type {(error: unknown) => void} */
let onCrash = () => {};

export function currentEpoch() {
  return epoch;
}

export function endEpoch() {
  epoch += 1;
}

/** @param {(error: unknown) => void} handler called when something was thrown through the living instance */
export function handleCrash(handler) {
  onCrash = handler;
}

/** Something was thrown through the wasm of this epoch: that instance is not to be trusted any more. */
export function crash(error, of = epoch) {
  if (of === epoch) onCrash(error);
}
