/**
 * Cases with what people have written about them: in a third of the rows a cell of several lines, and where they are
 * accented, four cells beyond ASCII in two fifths of the rows.
 */
import { amount, id, time } from "./values.mjs";
import * as words from "./words.mjs";

const texts = ["Subject", "Contact_Name__c", "City__c", "Role__c"];
const notes = ["Description", "Comments"];
const codes = Array.from({ length: 10 }, (_, index) => `Code_${index + 1}__c`);

export const columns = ["Id", ...texts, ...notes, ...codes, "CreatedDate", "OwnerId", "Amount__c"];

/** The cells of a case, in the order of the columns. */
export function cells(random, index, accented) {
  const { first, last, cities, titles } =
    accented && random.chance(0.4) ? words.accented : words.ascii;
  const name = `${random.of(first)} ${random.of(last)}`;
  return [
    id("500", index),
    `Call ${name} back`,
    name,
    random.of(cities),
    random.of(titles),
    ...written(random),
    ...codes.map((_, at) => code(random, at)),
    time(random),
    id("005", random.below(50)),
    String(amount(random)),
  ];
}

/** In a tenth of the rows with quotes and line ends, in a fifth with line ends. */
function written(random) {
  const answer = `Sent to ${random.of(words.departments) || "nobody"}`;
  const kind = random.next();
  if (kind < 0.1) return [`They said "later".\nAsked for "${random.of(words.sources)}".`, answer];
  if (kind < 0.3) return ["Answered", `${answer}\nClosed\n${random.of(words.states)}`];
  return ["Answered", answer];
}

function code(random, at) {
  return at % 3 === 0 ? random.of(words.sources) : `K-${10_000 + random.below(90_000)}`;
}
