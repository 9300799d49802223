/** Values as Salesforce writes them. */

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An id of 18 characters: the object's prefix, the org, a number, and what makes it case-safe. */
export function id(prefix, number) {
  let tail = "";
  for (let rest = number; tail.length < 7; rest = Math.floor(rest / letters.length)) {
    tail = letters[rest % letters.length] + tail;
  }
  return `${prefix}Hs000${tail}IAU`;
}

/** A time as in `2024-03-17T08:41:22.000+0000`. */
export function time(random) {
  const date = `${2015 + random.below(10)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
  return `${date}T${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}.000+0000`;
}

export function phone(random) {
  return `(${200 + random.below(700)}) 555-${String(random.below(10_000)).padStart(4, "0")}`;
}

export function amount(random) {
  return random.below(100_000_000) / 100;
}

function two(number) {
  return number < 10 ? `0${number}` : String(number);
}
