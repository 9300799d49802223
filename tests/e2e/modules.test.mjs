/** The two ways in which Node loads the package: both query and insert. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { QUICK, useOrg } from "./support/org.mjs";
import { commonjs, modules } from "./support/package.mjs";

const org = useOrg();

for (const [name, { Bulk, isBulkError }] of Object.entries({
  import: modules,
  require: commonjs,
})) {
  test(`${name}: what is inserted can be queried`, async () => {
    const bulk = new Bulk({ ...(await org.session()), ...QUICK });
    const summary = await bulk.insert("Account", [{ Name: `By ${name}` }]).done();
    assert.deepEqual(
      { ...summary, jobs: summary.jobs.length },
      {
        processed: 1,
        succeeded: 1,
        failed: 0,
        unprocessed: 0,
        jobs: 1,
      },
    );
    const rows = await bulk.query(`SELECT Name FROM Account WHERE Name = 'By ${name}'`).toArray();
    assert.deepEqual(rows, [{ Name: `By ${name}` }]);
  });

  test(`${name}: an error is known by the other copy, too`, async () => {
    const bulk = new Bulk({ ...(await org.session()), ...QUICK });
    const error = await bulk
      .query("SELECT Nothing FROM Account")
      .toArray()
      .catch((e) => e);
    assert.ok(isBulkError(error) && modules.isBulkError(error) && commonjs.isBulkError(error));
  });
}

test("both export the same names", () => {
  assert.deepEqual(Object.keys(commonjs).sort(), Object.keys(modules).sort());
});
