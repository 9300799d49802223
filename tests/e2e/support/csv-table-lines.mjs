/** Line ends, empty lines and records of other lengths than the header. */

const ONE_KIND =
  "PapaParse takes one kind of line end for all of the data, and leaves the others in the cells; csv does as we do";
const BLANK =
  "PapaParse gives a row with one empty cell, unless skipEmptyLines is set; csv does as we do";
const BLANK_CELL =
  "csv drops the line; PapaParse gives it as we do, and one more for a line end at the end of the data";
const LAST = "PapaParse gives a row with one empty cell for the line end; csv does as we do";
const RAGGED = "PapaParse gives the row and a warning; csv refuses it, unless flexible is set";
const SURPLUS =
  "PapaParse puts the cells into __parsed_extra; csv gives a longer record when flexible is set";

const two = [
  ["a", "b"],
  ["c", "d"],
];
const three = [...two, ["e", "f"]];

export const lines = [
  { name: "one cell", input: "a", records: [["a"]] },
  { name: "one row", input: "A,b,c", records: [["A", "b", "c"]] },
  { name: "one cell and LF", input: "a\n", records: [["a"]], differs: LAST },
  { name: "one cell and CRLF", input: "a\r\n", records: [["a"]], differs: LAST },
  { name: "one cell and CR", input: "a\r", records: [["a"]], differs: LAST },
  { name: "rows of one cell", input: "a\nb\nc", records: [["a"], ["b"], ["c"]] },
  { name: "LF", input: "a,b\nc,d\n", records: two, differs: LAST },
  { name: "LF, none at the end", input: "a,b\nc,d", records: two },
  { name: "CRLF", input: "a,b\r\nc,d\r\n", records: two, differs: LAST },
  { name: "CRLF, none at the end", input: "a,b\r\nc,d", records: two },
  { name: "CR", input: "a,b\rc,d\r", records: two, differs: LAST },
  { name: "CR, none at the end", input: "a,b\rc,d", records: two },
  { name: "LF, then CR", input: "a,b\nc,d\re,f\n", records: three, differs: ONE_KIND },
  { name: "LF, then CRLF", input: "a,b\nc,d\r\ne,f", records: three, differs: ONE_KIND },
  { name: "CRLF, then LF", input: "a,b\r\nc,d\ne,f", records: three, differs: ONE_KIND },
  { name: "CR, then LF after an empty line", input: "a,b\r\r\nc,d", records: two, differs: BLANK },
  {
    name: "quoted cells before every line end",
    input: '"a","b"\r"c","d"\r\n"e","f"\n',
    records: three,
    differs: ONE_KIND,
  },
  { name: "nothing", input: "" },
  { name: "nothing but LF", input: "\n\n\n", differs: BLANK },
  { name: "nothing but CRLF", input: "\r\n\r\n", differs: BLANK },
  { name: "nothing but CR", input: "\r\r", differs: BLANK },
  { name: "nothing but line ends of all kinds", input: "\r\n\n\r\n\n\r", differs: BLANK },
  { name: "empty lines before the header", input: "\n\n\na,b\nc,d", records: two, differs: BLANK },
  { name: "empty lines at the end", input: "a,b\nc,d\n\n\n", records: two, differs: BLANK },
  { name: "empty lines between", input: "\n\na,b\n\n\nc,d\n", records: two, differs: BLANK },
  { name: "empty lines, CRLF", input: "\r\na,b\r\n\r\nc,d\r\n\r\n", records: two, differs: BLANK },
  { name: "empty lines, CR", input: "\r\ra,b\r\r\rc,d\r\r", records: two, differs: BLANK },
  { name: "empty lines, mixed", input: "\n\r\na,b\r\n\n\r\nc,d\n\r", records: two, differs: BLANK },
  {
    name: "empty lines in data of one column are rows",
    input: "a\nb\n\n\nc\n",
    records: [["a"], ["b"], [""], [""], ["c"]],
    differs: BLANK_CELL,
  },
  {
    name: "empty lines at the end of data of one column are rows",
    input: "a\r\n\r\n\r\n",
    records: [["a"], [""], [""]],
    differs: BLANK_CELL,
  },
  {
    name: "empty lines of CR in data of one column",
    input: "a\r\rx\r\r",
    records: [["a"], [""], ["x"], [""]],
    differs: BLANK_CELL,
  },
  {
    name: "empty lines before a header of one column are none",
    input: "\n\r\na\nb",
    records: [["a"], ["b"]],
    differs: BLANK,
  },
  {
    name: "an empty line before data of one column whose header was given",
    input: "\nb",
    options: { header: ["a"] },
    records: [["a"], [""], ["b"]],
    differs: BLANK_CELL,
  },
  {
    name: "an empty quoted cell in data of one column",
    input: 'a\n""\nb\n""',
    records: [["a"], [""], ["b"], [""]],
  },
  {
    name: "a line of spaces in data of one column",
    input: "a\n \nb",
    records: [["a"], [" "], ["b"]],
  },
  {
    name: "a line of spaces is a record",
    input: "a,b\n \nc,d",
    records: [["a", "b"]],
    error: { code: "csv", row: 2, column: 2, byte: 4 },
    differs: RAGGED,
  },
  {
    name: "a line of spaces is a record, which may be padded",
    input: "a,b\n \nc,d",
    options: { ragged: "pad" },
    records: [
      ["a", "b"],
      [" ", ""],
      ["c", "d"],
    ],
    differs: RAGGED,
  },
  {
    name: "an empty line is no record to be padded",
    input: "a,b\n\nc,d",
    options: { ragged: "pad" },
    records: two,
    differs: BLANK,
  },
  {
    name: "too few cells",
    input: "a,b,c\r\n1,2,3\r\n4,5\r\n6,7,8",
    records: [
      ["a", "b", "c"],
      ["1", "2", "3"],
    ],
    error: { code: "csv", row: 3, column: 3, byte: 14 },
    differs: RAGGED,
  },
  {
    name: "too few cells, at the end of the data",
    input: "a,b\n1",
    records: [["a", "b"]],
    error: { code: "csv", row: 2, column: 2, byte: 4 },
    differs: RAGGED,
  },
  {
    name: "too few cells, to be padded",
    input: "a,b,c\n1\n2,3\n4,5,6\n",
    options: { ragged: "pad" },
    records: [
      ["a", "b", "c"],
      ["1", "", ""],
      ["2", "3", ""],
      ["4", "5", "6"],
    ],
    differs: "PapaParse leaves the fields out of the row, and warns; csv gives a shorter record",
  },
  {
    name: "too many cells",
    input: "a,b\n1,2\n3,4,5,6\n7,8",
    records: [
      ["a", "b"],
      ["1", "2"],
    ],
    error: { code: "csv", row: 3, column: 3, byte: 8 },
    differs: SURPLUS,
  },
  {
    name: "too many cells, where those that are too few are padded",
    input: "a,b\n1\n3,4,5",
    options: { ragged: "pad" },
    records: [
      ["a", "b"],
      ["1", ""],
    ],
    error: { code: "csv", row: 3, column: 3, byte: 6 },
    differs: SURPLUS,
  },
  {
    name: "a surplus cell that is empty",
    input: "a,b\n1,2,\n",
    records: [["a", "b"]],
    error: { code: "csv", row: 2, column: 3, byte: 4 },
    differs: SURPLUS,
  },
  {
    name: "a surplus cell in data of one column",
    input: "a\n1,2",
    records: [["a"]],
    error: { code: "csv", row: 2, column: 2, byte: 2 },
    differs: SURPLUS,
  },
  {
    name: "the first record of data whose header was given is row 1",
    input: "1,2\n3\n",
    options: { header: ["a", "b"] },
    records: [
      ["a", "b"],
      ["1", "2"],
    ],
    error: { code: "csv", row: 2, column: 2, byte: 4 },
    differs: RAGGED,
  },
  {
    name: "empty lines have no number",
    input: "a,b\n\n\r\n1,2\n\n3",
    records: [
      ["a", "b"],
      ["1", "2"],
    ],
    error: { code: "csv", row: 3, column: 2, byte: 12 },
    differs: "csv counts lines and records, and says both; PapaParse counts empty lines as rows",
  },
];
