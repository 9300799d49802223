/** What the README claims of the package: its sizes, its links, and what takes the place of each call of the Python library. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../../scripts/lib/paths.mjs";
import { installPacked } from "../support/pack.mjs";
import { complaints } from "../support/typescript.mjs";

const readme = readFileSync(join(root, "README.md"), "utf8");

let project;
let home;
before(async () => {
  project = await installPacked();
  home = project.path("node_modules/salesforce-bulk");
});
after(() => project.remove());

test("it is in the package", () => {
  assert.equal(readFileSync(join(home, "README.md"), "utf8"), readme);
});

test("its links lead somewhere, in the package and in the repository", () => {
  const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  const files = links.filter((link) => !/^https:\/\//.test(link));
  assert.ok(files.length > 0, "there are links to files");
  const broken = (folder) => files.filter((file) => !existsSync(join(folder, file)));
  assert.deepEqual([broken(home), broken(root)], [[], []]);
});

/** How far a size may be from what the README says. */
const TOLERANCE = 0.05;

const sizes = {
  "the wasm alone": () => readFileSync(join(home, "salesforce_bulk.wasm")),
  "all that a page downloads: bundled, minified": () => bundled(join(home, "index.js")),
};

for (const [name, measured] of Object.entries(sizes)) {
  test(`size: ${name}`, async () => {
    const row = rowsUnder("Sizes").find(([what]) => what === name);
    assert.ok(row, "there is a row for it");
    const bytes = await measured();
    const real = [bytes.length, gzipSync(bytes, { level: 9 }).length];
    const said = row.slice(1).map((cell) => Number.parseFloat(cell) * 1000);
    const wrong = real.filter((size, at) => !(Math.abs(said[at] / size - 1) <= TOLERANCE));
    assert.deepEqual(wrong, [], `the README says ${row.slice(1)}, it is ${real} bytes`);
  });
}

/** The public names of salesforce-bulk 2.2.0 for Python, in its own order. */
const python = `
  SalesforceBulk login_to_salesforce headers create_query_job create_queryall_job create_insert_job
  create_upsert_job create_update_job create_delete_job create_job create_job_doc create_close_job_doc
  create_abort_job_doc close_job abort_job job_status job_state query post_batch post_mapping_file
  get_batch_list get_query_batch_request lookup_job_id batch_status batch_state is_batch_done wait_for_batch
  parse_response get_query_batch_result_ids get_query_batch_results get_all_results_for_query_batch
  get_batch_results parse_error_result_xml check_status raise_error UploadResult CsvDictsAdapter BulkApiError
  BulkBatchFailed BulkJobAborted bulk_states IteratorBytesIO job_to_http_content_type __version__`;

test("every call of the Python library is named", () => {
  const section = readme.slice(readme.indexOf("## From the Python library"));
  const names = python.trim().split(/\s+/);
  const missing = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(section));
  assert.deepEqual(missing, []);
});

test("what takes its place exists", async () => {
  const cells = rowsUnder("From the Python library").map(([, here]) => here);
  const code = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text));
  const calls = code.filter((text) =>
    /^(?:await |new |\(await )?(?:bulk|Bulk|job|batch|error)\b/.test(text),
  );
  assert.ok(calls.length >= 30, `only ${calls.length}`);
  const lines = calls.map((call) => `  void (${call.replace("…", "")});`);
  const program = `${declarations}\nexport async function all() {\n${lines.join("\n")}\n}`;
  await writeFile(project.path("table.ts"), program);
  assert.deepEqual(complaints([project.path("table.ts")]), []);
});

/** What the table's calls speak of. */
const declarations = `
import { Bulk, type BulkError, type Operation, type V1Batch, type V1Job } from "salesforce-bulk";
declare const bulk: Bulk, job: V1Job, batch: V1Batch, error: BulkError, operation: Operation, records: object[];
declare const sessionId: string, instanceUrl: string, username: string, password: string, securityToken: string;
declare const object: string, externalId: string, soql: string, csv: string, id: string;
declare const timeout: number, first: number, max: number;`;

/** The cells of the first table under a heading, row by row, without its head. */
function rowsUnder(heading) {
  const section = readme.slice(readme.indexOf(`\n## ${heading}\n`) + 1);
  const [table] = /(?:^\|.*\n)+/m.exec(section);
  const rows = table.trim().split("\n").slice(2);
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

async function bundled(entry) {
  const settings = { bundle: true, minify: true, format: "esm", write: false, logLevel: "error" };
  const { outputFiles } = await build({ entryPoints: [entry], ...settings });
  return outputFiles[0].contents;
}
