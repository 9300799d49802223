/**
 * The tenth schema: what makes objects fast for one header must not make them slow for the next ones in the same process.
 */
import { csvOf } from "../data/csv.mjs";
import { renamed, shapes } from "../data/shapes.mjs";
import { megabytesPerSecond, race } from "../measure.mjs";
import { readThrough } from "./read.mjs";
import { size } from "./table.mjs";

/** How much of each schema that is not timed is read. */
const passing = 8e6;

export async function schemas({ mb, rounds }, { readers }) {
  const [ours] = readers;
  const first = await timed(ours, 1, mb, rounds);
  for (let number = 2; number <= 9; number++) await pass(ours, number);
  const tenth = await timed(ours, 10, mb, rounds);
  return {
    id: "schemas",
    title: `Reading ascii under ten headers in turn (${size(mb * 1e6)})`,
    ours: "tenth",
    rows: [
      { id: "tenth", name: "salesforce-bulk: chunks(), tenth header", speed: tenth },
      { id: "first", name: "salesforce-bulk: chunks(), first header", speed: first },
    ],
  };
}

const schema = (number) => renamed(shapes.ascii, number);

async function pass(reader, number) {
  const shape = schema(number);
  await readThrough(reader, csvOf(shape, { bytes: passing }), shape.columns[0]);
}

async function timed(reader, number, mb, rounds) {
  const shape = schema(number);
  const csv = csvOf(shape, { bytes: mb * 1e6 });
  const run = () => readThrough(reader, csv, shape.columns[0]);
  const { it } = await race([{ id: "it", run }], rounds);
  return megabytesPerSecond(csv.bytes, it);
}
