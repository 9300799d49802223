/** Quotes, where they belong and where they do not. */

const LAST = "PapaParse gives a row with one empty cell for the line end; csv does as we do";
const SPACES = "PapaParse drops spaces between a closing quote and the delimiter; csv keeps them";
const LITERAL =
  "PapaParse calls it an invalid quote and reads on to one that a delimiter or line end follows; csv does as we do";
const OPEN =
  "PapaParse gives the rest of the data as the cell, with a warning; csv gives it without one";
const ESCAPE =
  "PapaParse and csv can be given an escape character; here a quote is only ever doubled";
const QUOTE = "PapaParse and csv can be given another quote, or none";

export const quotes = [
  { name: "a quoted cell", input: 'A,"B",C', records: [["A", "B", "C"]] },
  { name: "a quoted cell with spaces in it", input: 'A," B  ",C', records: [["A", " B  ", "C"]] },
  { name: "a delimiter in quotes", input: 'A,"B,B",C', records: [["A", "B,B", "C"]] },
  { name: "a line break in quotes", input: 'A,"B\nB",C', records: [["A", "B\nB", "C"]] },
  { name: "CRLF in quotes", input: 'A,"B\r\nB",C', records: [["A", "B\r\nB", "C"]] },
  { name: "CR in quotes", input: 'A,"B\rB",C', records: [["A", "B\rB", "C"]] },
  {
    name: "line breaks in several cells",
    input: 'A,"B\nB","C\nC\nC"',
    records: [["A", "B\nB", "C\nC\nC"]],
  },
  {
    name: "a delimiter and a line break in the last cell of a row",
    input: 'a,b,"c,c\nc"\nd,e,f',
    records: [
      ["a", "b", "c,c\nc"],
      ["d", "e", "f"],
    ],
  },
  {
    name: "CRLF in a quoted name, where lines end with LF",
    input: '"a\r\na","b"\n"c","d"\n',
    records: [
      ["a\r\na", "b"],
      ["c", "d"],
    ],
    differs: LAST,
  },
  {
    name: "LF in a quoted name, where lines end with CRLF",
    input: '"a\na","b"\r\n"c","d"\r\n',
    records: [
      ["a\na", "b"],
      ["c", "d"],
    ],
    differs: LAST,
  },
  { name: "doubled quotes", input: 'A,"B""B""B",C', records: [["A", 'B"B"B', "C"]] },
  { name: "doubled quotes at both ends", input: 'A,"""B""",C', records: [["A", '"B"', "C"]] },
  { name: "doubled quotes around a delimiter", input: 'A,""",""",C', records: [["A", '","', "C"]] },
  { name: "doubled quotes after a delimiter", input: 'A,",""",C', records: [["A", ',"', "C"]] },
  { name: "doubled quotes before a delimiter", input: 'A,""",",C', records: [["A", '",', "C"]] },
  {
    name: "five quotes in a row, and delimiters",
    input: '"1","cnonce="""",nc=""""","2"',
    records: [["1", 'cnonce="",nc=""', "2"]],
  },
  { name: "nothing but a doubled quote", input: 'a,""""', records: [["a", '"']] },
  { name: "nothing but doubled quotes", input: 'a,""""""', records: [["a", '""']] },
  {
    name: "a doubled quote at the end of a row",
    input: 'a,b,"c""c"""\nd,e,f',
    records: [
      ["a", "b", 'c"c"'],
      ["d", "e", "f"],
    ],
  },
  {
    name: "every cell quoted",
    input: 'a,b\n"g","h"\n"j","k"',
    records: [
      ["a", "b"],
      ["g", "h"],
      ["j", "k"],
    ],
  },
  {
    name: "a quoted cell at the start of a line",
    input: 'a,b\n"d",e',
    records: [
      ["a", "b"],
      ["d", "e"],
    ],
  },
  {
    name: "a quoted cell at the end of a line, the next begins with an empty one",
    input: 'a,b,"c"\r\n,"h","i"\r\n,"k","l"',
    records: [
      ["a", "b", "c"],
      ["", "h", "i"],
      ["", "k", "l"],
    ],
  },
  {
    name: "empty quoted cells",
    input: 'a,b,c\n"",b,""\na,"",""',
    records: [
      ["a", "b", "c"],
      ["", "b", ""],
      ["a", "", ""],
    ],
  },
  { name: "an empty quoted cell is all there is", input: '""', records: [[""]] },
  { name: "an empty quoted cell and a line end", input: '""\n', records: [[""]], differs: LAST },
  { name: "a quoted space", input: '" "', records: [[" "]] },
  { name: "a quoted cell with spaces is all there is", input: '" a "', records: [[" a "]] },
  {
    name: "spaces around quotes",
    input: 'A, "B" ,C',
    records: [["A", ' "B" ', "C"]],
  },
  { name: "spaces around the quotes of all", input: '  "a"  ', records: [['  "a"  ']] },
  {
    name: "a space before a quote, and a delimiter in it",
    input: 'a,b,c\n1, "2,3"',
    records: [
      ["a", "b", "c"],
      ["1", ' "2', '3"'],
    ],
  },
  {
    name: "spaces after a closing quote",
    input: 'A,"B" ,C\nE,"F"  ,"G"  \n',
    records: [
      ["A", "B ", "C"],
      ["E", "F  ", "G  "],
    ],
    differs: SPACES,
  },
  { name: "a quote at the end of a cell", input: 'A,B",C', records: [["A", 'B"', "C"]] },
  { name: "quotes in a cell", input: 'A,B "B",C', records: [["A", 'B "B"', "C"]] },
  { name: "doubled quotes in a cell without", input: 'A,B""B,C', records: [["A", 'B""B', "C"]] },
  {
    name: "text after a closing quote",
    input: 'a,"b"c,d\ne,f,g',
    records: [
      ["a", "bc", "d"],
      ["e", "f", "g"],
    ],
    differs: LITERAL,
  },
  {
    name: "text and another quote after a closing quote",
    input: 'a,b\n"x"y"z",1',
    records: [
      ["a", "b"],
      ['xy"z"', "1"],
    ],
    differs: LITERAL,
  },
  {
    name: "a line end in what looks like the second quotes of a cell",
    input: 'a\n"x"y"z\nw"',
    records: [["a"], ['xy"z'], ['w"']],
    differs: LITERAL,
  },
  {
    name: "a closing quote before text makes another delimiter count",
    input: '"a,"b,c"\nd,e',
    records: [
      ["a,b", 'c"'],
      ["d", "e"],
    ],
    differs: LITERAL,
  },
  {
    name: "a closing quote after a delimiter, and text",
    input: 'a,"b,"c\nd,e',
    records: [
      ["a", "b,c"],
      ["d", "e"],
    ],
    differs: LITERAL,
  },
  {
    name: "a closing quote after a line break, and text",
    input: 'a,"b,c\nd"e,f',
    records: [["a", "b,c\nde", "f"]],
    differs: LITERAL,
  },
  {
    name: "a quote that is never closed",
    input: 'a,b\n1,2\n3,"4\n5,6\n',
    records: [
      ["a", "b"],
      ["1", "2"],
    ],
    error: { code: "csv", row: 3, column: 2, byte: 10 },
    differs: OPEN,
  },
  {
    name: "a quote that is never closed, in the header",
    input: 'a,"b,c\nd,e,f',
    error: { code: "csv", row: 1, column: 2, byte: 2 },
    differs: OPEN,
  },
  {
    name: "a quote and nothing else",
    input: '"',
    error: { code: "csv", row: 1, column: 1, byte: 0 },
    differs: OPEN,
  },
  {
    name: "a doubled quote at the end, and no other",
    input: 'a,b\n1,"""',
    records: [["a", "b"]],
    error: { code: "csv", row: 2, column: 2, byte: 6 },
    differs: OPEN,
  },
  {
    name: "a backslash before a quote",
    input: 'a,b\n"x\\"y",z',
    records: [
      ["a", "b"],
      ['x\\y"', "z"],
    ],
    differs: ESCAPE,
  },
  { name: "a backslash is a character", input: 'a,b,"c\\d"', records: [["a", "b", "c\\d"]] },
  {
    name: "single quotes are characters",
    input: "a,b\n'c,d'",
    records: [
      ["a", "b"],
      ["'c", "d'"],
    ],
    differs: QUOTE,
  },
  { name: "a quoted name", input: '"a ""b"""\nx', records: [['a "b"'], ["x"]] },
];
