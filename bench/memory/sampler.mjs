/** How much memory the process has, as the system sees it. */
const interval = 50;

export class Sampler {
  #next = 0;
  peak = 0;

  /** Called often; looks now and then. A timer would wait for a loop that never lets it in. */
  tick = () => {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + interval;
    this.peak = Math.max(this.peak, process.memoryUsage.rss());
  };
}
