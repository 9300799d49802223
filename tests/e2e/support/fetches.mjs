/** Ways of being `fetch` that a test can order. */

/** `fetch`, but for the requests that fit: those are answered by `spoil(url, init)`. */
export function spoiling(fits, spoil) {
  return (url, init) => (fits(url, init) ? spoil(url, init) : fetch(url, init));
}

/** A promise, and who settles it. */
export function deferred() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}
