/** The cases of csv-spectrum, which many parsers of CSV are tested with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { promisify } from "node:util";
import spectrum from "csv-spectrum";
import { formatCsv, parseCsv } from "./support/csv.mjs";
import { bytesInto } from "./support/sources.mjs";

const cases = await promisify(spectrum)();

/** The JSON beside this one is a single object, of another row; the file has lost its degree signs already. */
const mended = {
  location_coordinates: [
    {
      "Contact Phone Number": "2095257564",
      "Location Coordinates": "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W",
      Cities: "Modesto",
      Counties: "Stanislaus",
    },
  ],
};

test("the cases are there", () => assert.ok(cases.length >= 12, `only ${cases.length}`));

for (const { name, csv, json } of cases) {
  const expected = mended[name] ?? JSON.parse(String(json));

  test(name, async () => {
    // An empty cell is null by default: these cases want it as text.
    const options = { empty: "" };
    for (const source of [csv, bytesInto(csv, 1), String(csv)]) {
      assert.deepEqual(await parseCsv(source, options).toArray(), expected);
    }
  });

  test(`${name}: written and read again`, async () => {
    const again = parseCsv(formatCsv(expected), { empty: "" });
    assert.deepEqual(await again.toArray(), expected);
  });
}
