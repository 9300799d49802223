/** Rows that are hard to carry from one place to another. */
export const text =
  'first line\nsecond "quoted", with; commas\tand ünïcödé 東京 🦀 <b>&amp;</b> it\'s';

const fields = [
  "Name",
  "Ext__c",
  "Description",
  "BillingStreet",
  "NumberOfEmployees",
  "AnnualRevenue",
  "Active__c",
  "Since__c",
];

/** Selects every field of the rows below. */
export const select = `SELECT Id, ${fields.join(", ")} FROM Account`;

let numbers = 0;

/** External ids that no other test uses; they sort as they are made. */
export function keys(count) {
  numbers += 1;
  const prefix = `check-${String(numbers).padStart(3, "0")}`;
  return Array.from({ length: count }, (_, at) => `${prefix}-${at}`);
}

/** An account with all kinds of values. */
export const full = (key) => ({
  Name: 'Müller & "Söhne", 株式会社 😀',
  Ext__c: key,
  Description: text,
  BillingStreet: "Main Street 1\n2nd floor",
  NumberOfEmployees: 42,
  AnnualRevenue: 1234567.25,
  Active__c: true,
  Since__c: "2024-02-29",
});

/** An account with as little as the org accepts. */
export const sparse = (key) => ({
  ...Object.fromEntries(fields.map((field) => [field, null])),
  Name: "Sparse",
  Ext__c: key,
  Active__c: false,
});

/** An account that the org refuses. */
export const nameless = (key) => ({ ...sparse(key), Name: null, Description: "no name" });

/** What a row is in CSV, where null and empty text are one. */
export const asCsv = (row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? "")]));

/** The condition that finds these external ids. */
export const among = (keys) => `Ext__c IN (${keys.map((key) => `'${key}'`).join(", ")})`;
