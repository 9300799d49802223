/** The CSV codec on its own. */
import {
  type CsvBytes,
  formatCsv,
  type LazyRow,
  parseCsv,
  type Rows,
  splitCsv,
  type TextRow,
} from "salesforce-bulk";
import { assertType, type Equal } from "./equal.ts";

declare const file: File;
declare const text: string;
declare const source: string | File;

interface Contact {
  Id: string;
  Email: string;
}

/** As CSV gives it. */
type ContactRow = TextRow<Contact>;

// Nobody named the columns.
const rows = parseCsv(text);
assertType<Equal<typeof rows, Rows<TextRow<Record<string, string>>>>>();
for await (const row of rows) {
  const id: string | null | undefined = row.Id;
  id?.length;
}

// Somebody did.
const contacts = parseCsv<Contact>(file, {
  delimiter: "SEMICOLON",
  header: ["Id", "Email"],
  empty: "",
  null: "#N/A",
  nested: true,
  ragged: "pad",
  fatal: true,
  maxRecordBytes: 1 << 20,
  signal: AbortSignal.timeout(1000),
});
assertType<Equal<typeof contacts, Rows<ContactRow>>>();
for await (const contact of contacts) assertType<Equal<typeof contact, ContactRow>>();
for await (const chunk of contacts.chunks()) assertType<Equal<typeof chunk, ContactRow[]>>();
assertType<Equal<Awaited<ReturnType<typeof contacts.toArray>>, ContactRow[]>>();
assertType<Equal<Awaited<ReturnType<typeof contacts.columns>>, string[]>>();
assertType<Equal<ReturnType<typeof contacts.bytes>, ReadableStream<Uint8Array<ArrayBuffer>>>>();

// The other ways to read them.
const arrays = contacts.arrays();
assertType<Equal<typeof arrays, Rows<(string | null)[]>>>();
const lazy = contacts.lazy();
assertType<Equal<typeof lazy, Rows<LazyRow<ContactRow>>>>();
for await (const contact of lazy) {
  assertType<Equal<typeof contact.Email, string | null>>();
  assertType<Equal<ReturnType<typeof contact.toObject>, ContactRow>>();
  assertType<Equal<ReturnType<typeof contact.toJSON>, ContactRow>>();
  // @ts-expect-error they are read, not written
  contact.Email = "";
}

// Every kind of source, and every delimiter by its name or its character.
parseCsv(new TextEncoder().encode(text), { delimiter: "\t" });
parseCsv(new ArrayBuffer(0), { delimiter: "`" });
parseCsv(new Blob([]), { delimiter: "^" });
parseCsv(new Response(), { delimiter: "|" });
parseCsv(file.stream(), { delimiter: ";" });
parseCsv(file.stream().pipeThrough(new TextDecoderStream()), { delimiter: "," });
parseCsv([text, new Uint8Array(0)], { empty: null });
parseCsv(text, { delimiter: "auto" });
parseCsv(pieces());

async function* pieces() {
  yield text;
  yield new Uint8Array(0);
}

// Writing: whatever gives objects.
const csv = formatCsv([{ Id: 1, Account: { Name: "Acme" } }], {
  delimiter: "|",
  lineEnding: "CRLF",
  header: false,
  null: "#N/A",
  columns: ["Id", "Account.Name"],
  emptyString: "null",
  strict: true,
  signal: undefined,
});
assertType<Equal<typeof csv, CsvBytes>>();
for await (const piece of csv) assertType<Equal<typeof piece, Uint8Array<ArrayBuffer>>>();
assertType<Equal<ReturnType<typeof csv.bytes>, ReadableStream<Uint8Array<ArrayBuffer>>>>();
formatCsv(contacts);
formatCsv(new Set([{ Id: new Date() }]));
for (const piece of [new Uint8Array(new ArrayBuffer(1))]) new Blob([piece]);
for await (const piece of csv) new Blob([piece]);
// @ts-expect-error a date is no record
formatCsv([new Date()]);
// @ts-expect-error nor is a function
formatCsv([() => ({ Id: 1 })]);
// @ts-expect-error nor is what has to be awaited
formatCsv([Promise.resolve({ Id: 1 })]);
// @ts-expect-error nor is a list
formatCsv([["Id", 1]]);

// Splitting: of a Blob Blobs, of anything else bytes.
for await (const part of splitCsv(file, { maxBytes: 1000 })) assertType<Equal<typeof part, Blob>>();
for await (const part of splitCsv(text, { maxRows: 10, maxChars: 1000, delimiter: "TAB" })) {
  assertType<Equal<typeof part, Uint8Array<ArrayBuffer>>>();
}
for await (const part of splitCsv(file.stream(), { maxChars: 1000 })) {
  assertType<Equal<typeof part, Uint8Array<ArrayBuffer>>>();
}

// @ts-expect-error a number is no source
parseCsv(1);
// @ts-expect-error nor are records
parseCsv([{ Id: 1 }]);
// @ts-expect-error no such delimiter
parseCsv(text, { delimiter: ":" });
// @ts-expect-error names are texts
parseCsv(text, { header: [1] });
// @ts-expect-error no such choice
parseCsv(text, { empty: undefined as unknown as "null" });
// @ts-expect-error no such choice
parseCsv(text, { ragged: "drop" });
// @ts-expect-error no such option
parseCsv(text, { dynamicTyping: true });
// @ts-expect-error rows are no array
rows.length;
// @ts-expect-error the columns are not the caller's to set
rows.columns = Promise.resolve([]);

// @ts-expect-error texts are no records
formatCsv(["a"]);
// @ts-expect-error nor is CSV
formatCsv(text);
// @ts-expect-error no such line ending
formatCsv([], { lineEnding: "\n" });
// @ts-expect-error no such choice
formatCsv([], { emptyString: "keep" });

// @ts-expect-error a limit must be given
splitCsv(text);
// @ts-expect-error records are for formatCsv
splitCsv([{ Id: 1 }], { maxRows: 1 });
// @ts-expect-error a limit is a number
splitCsv(text, { maxRows: "1" });
// @ts-expect-error which of the two it is decides what parts are
splitCsv(source, { maxRows: 1 });
