/** Objects of Rust's that are freed together. Those of a dead instance are gone already. */
import { currentEpoch } from "../wasm/epoch.ts";

interface Freeable {
  free(): void;
}

export class RustObjects {
  readonly #owned: { object: Freeable; epoch: number }[] = [];

  add<T extends Freeable>(object: T): T {
    this.#owned.push({ object, epoch: currentEpoch() });
    return object;
  }

  free(): void {
    for (const { object, epoch } of this.#owned.splice(0).reverse()) {
      if (epoch === currentEpoch()) object.free();
    }
  }
}
