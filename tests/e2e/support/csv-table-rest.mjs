/** Delimiters, names, white space, marks of the encoding, and characters of every kind. */

const LAST = "PapaParse gives a row with one empty cell for the line end; csv does as we do";
const COMMENTS = "PapaParse and csv can be told to leave comments out";
const GUESS = "PapaParse guesses the delimiter; csv does as we do";
const TYPED = "PapaParse can be told to make numbers, booleans, dates and nulls of texts";
const TRIM = "PapaParse can trim names and transform cells; csv can trim both";
const RENAMES = "PapaParse gives the second name a number; csv does as we do";
const DECODES = "PapaParse takes the encoding's name as an option; csv reads on";

/** The six, by the names that Bulk API 2.0 has for them. */
export const DELIMITERS = {
  COMMA: ",",
  SEMICOLON: ";",
  TAB: "\t",
  PIPE: "|",
  CARET: "^",
  BACKQUOTE: "`",
};

const two = [
  ["a", "b"],
  ["c", "d"],
];
const BOM = [0xef, 0xbb, 0xbf];
const ascii = (text) => [...text].map((character) => character.charCodeAt(0));
const notUtf8 = { error: { code: "csv", row: 1, byte: 0 }, differs: DECODES };

/** In each dialect the delimiters of the others are characters. */
const dialects = Object.entries(DELIMITERS).flatMap(([name, character]) => {
  const others = Object.values(DELIMITERS).filter((other) => other !== character);
  const input = `a${character}b\r\n"x${character}y"${character}${others.join("")}`;
  return [name, character].map((delimiter) => ({
    name: `the delimiter ${JSON.stringify(delimiter)}`,
    input,
    options: { delimiter },
    records: [
      ["a", "b"],
      [`x${character}y`, others.join("")],
    ],
  }));
});

export const rest = [
  ...dialects,
  {
    name: "no delimiter is guessed",
    input: "a;b\nc;d",
    records: [["a;b"], ["c;d"]],
    differs: GUESS,
  },
  { name: "nothing but a delimiter", input: ",", records: [["", ""]] },
  {
    name: "a delimiter at the end of the header",
    input: "a,b,\n",
    records: [["a", "b", ""]],
    differs: LAST,
  },
  {
    name: "delimiters at the ends of rows",
    input: "a,b,\nx,y,",
    records: [
      ["a", "b", ""],
      ["x", "y", ""],
    ],
  },
  {
    name: "delimiters at the ends of rows, CR",
    input: "a,b,\rx,y,\r",
    records: [
      ["a", "b", ""],
      ["x", "y", ""],
    ],
    differs: LAST,
  },
  {
    name: "empty cells in a row",
    input: "a,b,c,d,e,f\n1,,,,2,\n,,3,,,4",
    records: [
      ["a", "b", "c", "d", "e", "f"],
      ["1", "", "", "", "2", ""],
      ["", "", "3", "", "", "4"],
    ],
  },
  {
    name: "rows of nothing but empty cells",
    input: "a,b\n,\n,",
    records: [
      ["a", "b"],
      ["", ""],
      ["", ""],
    ],
  },
  {
    name: "an empty cell first",
    input: "a,b\r\n,e",
    records: [
      ["a", "b"],
      ["", "e"],
    ],
  },
  { name: "a header and no rows", input: "A,B,C", records: [["A", "B", "C"]] },
  {
    name: "names that are empty",
    input: ",b,\n1,2,3",
    records: [
      ["", "b", ""],
      ["1", "2", "3"],
    ],
  },
  {
    name: "names that occur twice",
    input: "a,b,a\n1,2,3",
    records: [
      ["a", "b", "a"],
      ["1", "2", "3"],
    ],
    differs: RENAMES,
  },
  {
    name: "data without a header",
    input: "1,2\n3,4",
    options: { header: ["a", "b"] },
    records: [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ],
    differs:
      "PapaParse and csv give rows without names; their names cannot be given, or only changed",
  },
  {
    name: "no data, and the header was given",
    input: "",
    options: { header: ["a", "b"] },
    records: [["a", "b"]],
  },
  {
    name: "spaces and tabs are kept",
    input: "a,\tb ,c\n 1 ,  2,3\t",
    records: [
      ["a", "\tb ", "c"],
      [" 1 ", "  2", "3\t"],
    ],
    differs: TRIM,
  },
  {
    name: "spaces around names are kept",
    input: "  A , B  \r\na,b ",
    records: [
      ["  A ", " B  "],
      ["a", "b "],
    ],
    differs: TRIM,
  },
  {
    name: "a comment is a record",
    input: "a\n# hi\n # ho\nb",
    records: [["a"], ["# hi"], [" # ho"], ["b"]],
    differs: COMMENTS,
  },
  {
    name: "a comment first is the header",
    input: "#comment\na",
    records: [["#comment"], ["a"]],
    differs: COMMENTS,
  },
  {
    name: "a number sign in a row",
    input: "a,b#ar,#c\n1,2#,#3",
    records: [
      ["a", "b#ar", "#c"],
      ["1", "2#", "#3"],
    ],
  },
  {
    name: "numbers and truths are texts",
    input:
      "a,b,c,d\n1,2.2,1e3,-4e-5\ntrue,FALSE,null,undefined\n007,NaN,0x10,2018-05-04T21:08:03.269Z",
    records: [
      ["a", "b", "c", "d"],
      ["1", "2.2", "1e3", "-4e-5"],
      ["true", "FALSE", "null", "undefined"],
      ["007", "NaN", "0x10", "2018-05-04T21:08:03.269Z"],
    ],
    differs: TYPED,
  },
  {
    name: "what CSV of spreadsheets takes for formulas",
    input: "a,b\n=1+1,@x\n-2,+3",
    records: [
      ["a", "b"],
      ["=1+1", "@x"],
      ["-2", "+3"],
    ],
  },
  { name: "a byte order mark", input: [...BOM, ...ascii("a,b\nc,d")], records: two },
  { name: "a byte order mark and quotes", input: [...BOM, ...ascii('"a",b\nc,d')], records: two },
  {
    name: "a byte order mark and an empty line",
    input: [...BOM, ...ascii("\na,b\nc,d")],
    records: two,
  },
  { name: "nothing but a byte order mark", input: BOM },
  {
    name: "a second byte order mark",
    input: [...BOM, ...BOM, ...ascii("a\nb")],
    records: [["\ufeffa"], ["b"]],
  },
  { name: "a byte order mark in a row", input: "a\n\ufeffb", records: [["a"], ["\ufeffb"]] },
  {
    name: "a byte order mark in a cell",
    input: "a\ufeff,\ufeffb",
    records: [["a\ufeff", "\ufeffb"]],
  },
  {
    name: "a byte order mark of data whose header was given",
    input: [...BOM, ...ascii("c,d")],
    options: { header: ["a", "b"] },
    records: two,
  },
  { name: "two bytes of a byte order mark", input: [0xef, 0xbb], records: [["\ufffd"]] },
  { name: "UTF-16, little endian", input: [0xff, 0xfe, 0x61, 0, 0x0a, 0], ...notUtf8 },
  { name: "UTF-16, big endian", input: [0xfe, 0xff, 0, 0x61, 0, 0x0a], ...notUtf8 },
  { name: "UTF-32, little endian", input: [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0], ...notUtf8 },
  { name: "UTF-32, big endian", input: [0, 0, 0xfe, 0xff, 0, 0, 0, 0x61], ...notUtf8 },
  { name: "NULs", input: "\0\0\n\0\nx\0y", records: [["\0\0"], ["\0"], ["x\0y"]] },
  {
    name: "characters of one to four bytes",
    input: 'ä,€\n😀,"é😀"\n\u{10ffff},\u0080',
    records: [
      ["ä", "€"],
      ["😀", "é😀"],
      ["\u{10ffff}", "\u0080"],
    ],
  },
  {
    name: "characters of Unicode that look like line ends are none",
    input: "a\nx\u2028y\u0085z\u000bw\u000c",
    records: [["a"], ["x\u2028y\u0085z\u000bw\u000c"]],
  },
  {
    name: "separators of ASCII are characters",
    input: "a\x1fb\x1ec,d",
    records: [["a\x1fb\x1ec", "d"]],
    differs: "PapaParse and csv take any delimiter, csv any terminator too: here it is one of six",
  },
  {
    name: "bytes that are not UTF-8",
    input: [...ascii("a,b\n"), 0xff, 0x2c, 0xc3, 0x0a, 0xa9, 0x2c, ...ascii("x")],
    records: [
      ["a", "b"],
      ["\ufffd", "\ufffd"],
      ["\ufffd", "x"],
    ],
    differs: "csv refuses them where rows are texts; PapaParse does as we do",
  },
  {
    name: "bytes that are not UTF-8, in quotes",
    input: [...ascii('a\n"'), 0xe2, 0x82, ...ascii('"'), 0x0a, 0xed, 0xa0, 0x80],
    records: [["a"], ["\ufffd"], ["\ufffd\ufffd\ufffd"]],
    differs: "csv refuses them where rows are texts; PapaParse does as we do",
  },
  {
    name: "bytes that are not UTF-8, to be refused",
    input: [...ascii("a,b\n1,2\n3,"), 0xff, 0x0a],
    options: { fatal: true },
    records: [
      ["a", "b"],
      ["1", "2"],
    ],
    error: { code: "csv", row: 3, column: 2, byte: 10 },
  },
  {
    name: "U+FFFD where what is not UTF-8 is refused",
    input: "a\n\ufffd",
    options: { fatal: true },
    records: [["a"], ["\ufffd"]],
  },
  {
    name: "a text that means null",
    input: 'a,b\n#N/A,x#N/A\n"#N/A",',
    options: { null: "#N/A", empty: "" },
    records: [
      ["a", "b"],
      [null, "x#N/A"],
      [null, ""],
    ],
    differs: "PapaParse could do it in a transform; csv leaves it to those who take the rows",
  },
  {
    name: "a text that means null is a name like any other",
    input: "#N/A\n#N/A\n",
    options: { null: "#N/A" },
    records: [["#N/A"], [null]],
    differs: LAST,
  },
  {
    name: "empty cells are nulls unless something else is asked for",
    input: 'a,b\n,""\n1,',
    options: { empty: undefined },
    records: [
      ["a", "b"],
      [null, null],
      ["1", null],
    ],
    differs: "PapaParse gives empty texts, or nulls when it makes types; csv gives empty texts",
  },
];
