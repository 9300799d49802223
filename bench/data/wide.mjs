/** An export with all fields of an object: 200 columns, and most of the cells empty. */
import { amount, id, time } from "./values.mjs";
import * as words from "./words.mjs";

const fields = Array.from({ length: 198 }, (_, index) => `Field_${index + 1}__c`);

export const columns = ["Id", "Name", ...fields];

const kinds = [
  (random) => String(random.below(1000)),
  (random) => `${random.of(words.ascii.last)}, ${random.of(words.ascii.first)}`,
  (random) => time(random).slice(0, 10),
  (random) => random.of(words.sources),
  (random) => String(amount(random)),
  (random) => random.of(words.ascii.titles),
  (random) => (random.chance(0.5) ? "true" : "false"),
  (random) => id("a01", random.below(100_000)),
];

export function cells(random, index) {
  const filled = fields.map((_, at) =>
    random.chance(0.7) ? "" : kinds[at % kinds.length](random),
  );
  return [id("a00", index), `Record ${index}`, ...filled];
}
