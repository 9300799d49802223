/** Module hooks: what `lib/` imports as `../glue.js` is the fake beside this file. */
const fake = new URL("./fake-glue.mjs", import.meta.url).href;

export async function resolve(specifier, context, next) {
  return specifier === "../glue.js" ? { url: fake, shortCircuit: true } : next(specifier, context);
}
