/** A scenario in a process of its own: `node bench/memory/child.mjs NAME MEGABYTES`. Sends what it took to the parent. */
import { Sampler } from "./sampler.mjs";
import { scenarios } from "./scenarios.mjs";

const [name, megabytes] = process.argv.slice(2);
const scenario = scenarios[name];
/** Enough for code to be compiled, and for the heap to have the size that any work gives it. */
const warmUp = 8e6;

await scenario(warmUp, () => {});
const base = process.memoryUsage.rss();
const sampler = new Sampler();
const begun = performance.now();
await scenario(Number(megabytes) * 1e6, sampler.tick);
const seconds = (performance.now() - begun) / 1000;
process.send?.({ base, peak: Math.max(sampler.peak, process.memoryUsage.rss()), seconds });
