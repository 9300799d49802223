/**
 * Every instance of the wasm has a number, the epoch. A panic ends one: whatever belongs to the dead instance sees by
 * its number that it must not touch the wasm any more.
 */
let epoch = 0;

export function currentEpoch() {
  return epoch;
}

export function endEpoch() {
  epoch += 1;
}
