/** Which columns records have, and which of their fields count. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { written } from "./support/csv.mjs";
import { failure } from "./support/failure.mjs";

test("the union of all fields, in the order in which they come", async () => {
  const records = [{ b: 1 }, { a: 2, b: 3 }, { c: 4 }, {}];
  assert.equal(await written(records), "b,a,c\n1,,\n3,2,\n,,4\n,,\n");
});

test("named columns: their order is theirs, and they need not be there", async () => {
  const records = [{ a: 1, b: 2 }, { b: 3, a: 4 }, { b: 5 }, {}];
  const columns = ["b", "nothing", "a"];
  assert.equal(await written(records, { columns }), "b,nothing,a\n2,,1\n3,,4\n5,,\n,,\n");
});

test("columns are not the caller's to change any more", async () => {
  const columns = ["a", "b"];
  function* records() {
    columns.push("c");
    yield { a: 1, b: 2 };
  }
  assert.equal(await written(records(), { columns }), "a,b\n1,2\n");
});

test("a key that no column is for", async () => {
  const records = [{ a: 1 }, { a: 2, Odd__c: 3 }];
  const where = { code: "record", row: 2, field: "Odd__c", message: /Odd__c/ };
  await failure(written(records, { columns: ["a"] }), where);
  await failure(written([{ a: 1 }, { Odd__c: null }], { columns: ["a"] }), where);
});

function* numbered(count, more) {
  for (let at = 0; at < count; at += 1) yield { a: at };
  yield more;
}

test("the first 10,000 records say what the columns are", async () => {
  const csv = await written(numbered(9_999, { b: "x" }));
  assert.ok(csv.startsWith("a,b\n0,\n"));
  assert.ok(csv.endsWith("\n9998,\n,x\n"));
});

test("a new key after them is an error", async () => {
  const late = { code: "record", row: 10_001, field: "b", message: /\bb\b/ };
  await failure(written(numbered(10_000, { b: "x" })), late);
  const known = await written(numbered(10_000, { b: "x" }), { columns: ["a", "b"] });
  assert.ok(known.endsWith("\n9999,\n,x\n"));
});

test("no records", async () => {
  assert.equal(await written([]), "");
  assert.equal(await written([], { header: false }), "");
  assert.equal(await written([], { columns: ["a", "b"] }), "a,b\n");
  assert.equal(await written([], { columns: ["a", "b"], header: false }), "");
});

test("records without any field have no columns, unless they are named", async () => {
  await failure(written([{}, {}]), { code: "record" });
  assert.equal(await written([{}, {}], { columns: ["a", "b"] }), "a,b\n,\n,\n");
});

test("records in another order, and sparse ones", async () => {
  const records = [
    { a: 1, b: 2, c: 3 },
    { c: 6, b: 5, a: 4 },
    { c: 9 },
    { b: 8, c: 9 },
    { a: 7, c: 9 },
    { a: 1, b: 2, c: 3 },
  ];
  assert.equal(await written(records), "a,b,c\n1,2,3\n4,5,6\n,,9\n,8,9\n7,,9\n1,2,3\n");
});

class Contact {
  #secret = "s";
  name = "Ann";
  static kind = "k";
  get derived() {
    return this.#secret;
  }
  method() {
    return this.#secret;
  }
}

test("own enumerable fields count, and nothing else", async () => {
  const inherits = Object.create({ inherited: "no", name: "no" });
  inherits.own = 1;
  const hides = Object.defineProperty({ own: 2 }, "hidden", { value: "no", enumerable: false });
  const nothing = Object.assign(Object.create(null), { own: 3 });
  const symbol = { own: 4, [Symbol("no")]: "no" };
  const getter = {
    get own() {
      return 5;
    },
  };
  assert.equal(await written([new Contact()]), "name\nAnn\n");
  assert.equal(await written([inherits, hides, nothing, symbol, getter]), "own\n1\n2\n3\n4\n5\n");
});

test("an inherited field is none under a named column either", async () => {
  const inherits = Object.create({ b: "no" });
  inherits.a = 1;
  const columns = ["a", "b", "toString", "constructor"];
  assert.equal(
    await written([inherits, { a: 2, toString: "x" }], { columns }),
    "a,b,toString,constructor\n1,,,\n2,,x,\n",
  );
  class Derived {
    a = 3;
    get b() {
      return "no";
    }
  }
  assert.equal(await written([new Derived()], { columns: ["a", "b"] }), "a,b\n3,\n");
});

test("names of the language are names like any other", async () => {
  const record = JSON.parse(
    '{"toString":"1","__proto__":"2","constructor":"3","hasOwnProperty":"4","length":"5"}',
  );
  const csv = "toString,__proto__,constructor,hasOwnProperty,length\n1,2,3,4,5\n";
  assert.equal(await written([record]), csv);
  assert.equal(await written([record], { columns: Object.keys(record) }), csv);
  assert.equal(
    await written([{ a: 1 }, record], { columns: ["a", ...Object.keys(record)] }),
    "a,toString,__proto__,constructor,hasOwnProperty,length\n1,,,,,\n,1,2,3,4,5\n",
  );
});

test("names that look like numbers", async () => {
  assert.equal(await written([{ b: 1, 1: 2, 0: 3 }]), "0,1,b\n3,2,1\n");
  assert.equal(await written([{ b: 1, 1: 2 }], { columns: ["b", "1"] }), "b,1\n1,2\n");
});

test("names that must be quoted", async () => {
  assert.equal(await written([{ 'a"b': 1, "c,d": 2, "e\nf": 3 }]), '"a""b","c,d","e\nf"\n1,2,3\n');
});

test("parents: there, partial, null and absent", async () => {
  const records = [
    { Id: 1, Account: { Name: "Acme", Ext__c: "e" } },
    { Id: 2, Account: { Ext__c: "f" } },
    { Id: 3, Account: null },
    { Id: 4, Account: undefined },
    { Id: 5 },
    { Id: 6, Account: {} },
    { Id: 7, "Account.Name": "dotted" },
  ];
  const csv = (none) =>
    `Id,Account.Name,Account.Ext__c\n1,Acme,e\n2,,f\n3,${none},${none}\n4,,\n5,,\n6,,\n7,dotted,\n`;
  assert.equal(await written(records), csv(""));
  assert.equal(await written(records, { null: "#N/A" }), csv("#N/A"));
  const columns = ["Id", "Account.Name", "Account.Ext__c"];
  assert.equal(await written(records, { columns, null: "#N/A" }), csv("#N/A"));
});

test("a parent that comes later than its null", async () => {
  const records = [{ Account: null }, { Account: { Name: "x" } }, {}];
  assert.equal(await written(records, { null: "#N/A" }), 'Account.Name\n#N/A\nx\n""\n');
});

test("values of parents are values like any other", async () => {
  const records = [
    { Account: { a: null, b: true, c: ["x", "y"], d: new Date(0), e: 'q"' } },
    { Account: { b: 1n } },
  ];
  assert.equal(
    await written(records),
    'Account.a,Account.b,Account.c,Account.d,Account.e\n,true,x;y,1970-01-01T00:00:00.000Z,"q"""\n,1,,,\n',
  );
});

test("errors inside parents name the whole field", async () => {
  const bad = [{ Account: { Name: "x" } }, { Account: { Name: Number.NaN } }];
  await failure(written(bad), { code: "record", row: 2, field: "Account.Name" });
  const unknown = written([{ Account: { Odd: 1 } }], { columns: ["Account.Name"] });
  await failure(unknown, { code: "record", row: 1, field: "Account.Odd" });
});

test("a parent's parent is too deep", async () => {
  const records = [{ Id: 1 }, { Account: { Owner: { Name: "x" } } }];
  await failure(written(records), { code: "record", row: 2 });
});

test("attributes, which Salesforce's REST API adds, are no field", async () => {
  const attributes = { type: "Contact", url: "/services/data/v66.0/sobjects/Contact/003" };
  const records = [
    { attributes, Id: 1, Account: { attributes: { type: "Account" }, Name: "x" } },
    { attributes, Id: 2, Account: null },
  ];
  const csv = "Id,Account.Name\n1,x\n2,\n";
  assert.equal(await written(records), csv);
  assert.equal(await written(records, { columns: ["Id", "Account.Name"] }), csv);
});

test("but a text called attributes is a field", async () => {
  assert.equal(await written([{ attributes: "x", a: 1 }]), "attributes,a\nx,1\n");
});
