//! CSV: reading what clients upload, strictly, and writing what the org answers.

/// Which line ending an upload must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnding {
    /// LF or CRLF, as Bulk 1.0 takes them.
    Any,
    /// LF only.
    Lf,
    /// CRLF only.
    CrLf,
}

impl LineEnding {
    /// The bytes that end a line when writing.
    pub fn text(self) -> &'static str {
        if self == Self::CrLf { "\r\n" } else { "\n" }
    }

    /// The name in job descriptions.
    pub fn name(self) -> &'static str {
        if self == Self::CrLf { "CRLF" } else { "LF" }
    }
}

/// An upload taken apart. A byte order mark is left where it is: it spoils the first header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The header line as it was sent.
    pub header_line: String,
    /// The header's cells.
    pub header: Vec<String>,
    /// The rows below it; blank lines are none.
    pub rows: Vec<Row>,
}

/// One row of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its cells, unquoted.
    pub cells: Vec<String>,
    /// Whether a quote stood where none may stand.
    pub misquoted: bool,
}

/// Reads an upload.
///
/// # Errors
/// What fails the whole of it, without the code in front.
pub fn parse(text: &str, delimiter: char, ending: LineEnding) -> Result<Sheet, String> {
    let mut scanner = Scanner { rest: text, delimiter, ending };
    let (header, _) = scanner.row()?;
    let header_line = text[..text.len() - scanner.rest.len()].trim_end_matches(['\r', '\n']);
    let mut sheet =
        Sheet { header_line: header_line.to_owned(), header: header.cells, rows: Vec::new() };
    while !scanner.rest.is_empty() {
        let (row, blank) = scanner.row()?;
        if !blank {
            sheet.rows.push(row);
        }
    }
    Ok(sheet)
}

struct Scanner<'a> {
    rest: &'a str,
    delimiter: char,
    ending: LineEnding,
}

impl Scanner<'_> {
    /// The next row, and whether its line was empty.
    fn row(&mut self) -> Result<(Row, bool), String> {
        let mut row = Row::default();
        loop {
            let quoted = self.rest.starts_with('"');
            let cell = if quoted { self.quoted(&mut row)? } else { self.bare(&mut row) };
            row.cells.push(cell);
            if self.skip(self.delimiter) {
                continue;
            }
            let blank = !quoted && matches!(row.cells.as_slice(), [only] if only.is_empty());
            self.end_of_line()?;
            return Ok((row, blank));
        }
    }

    fn quoted(&mut self, row: &mut Row) -> Result<String, String> {
        const UNCLOSED: &str = "Failed to parse CSV. EOF reached before closing an opened quote";
        let mut cell = String::new();
        self.skip('"');
        loop {
            let end = self.rest.find('"').ok_or(UNCLOSED)?;
            cell.push_str(&self.rest[..end]);
            self.rest = &self.rest[end + 1..];
            if !self.skip('"') {
                break;
            }
            cell.push('"');
        }
        let tail = self.bare(row);
        row.misquoted |= !tail.is_empty();
        Ok(cell + &tail)
    }

    fn bare(&mut self, row: &mut Row) -> String {
        let end = self.rest.find([self.delimiter, '\n']).unwrap_or(self.rest.len());
        let at_line_end = self.rest[end..].starts_with('\n');
        let end = if at_line_end && self.rest[..end].ends_with('\r') { end - 1 } else { end };
        let cell = self.rest[..end].to_owned();
        row.misquoted |= cell.contains('"');
        self.rest = &self.rest[end..];
        cell
    }

    fn end_of_line(&mut self) -> Result<(), String> {
        let crlf = self.rest.starts_with("\r\n");
        let allowed = match self.ending {
            LineEnding::Any => true,
            LineEnding::Lf => !crlf,
            LineEnding::CrLf => crlf || self.rest.is_empty(),
        };
        if !allowed {
            let name = self.ending.name();
            return Err(format!(
                "LineEnding is invalid on user data. Current LineEnding setting is {name}"
            ));
        }
        self.skip('\r');
        self.skip('\n');
        Ok(())
    }

    fn skip(&mut self, char: char) -> bool {
        let Some(rest) = self.rest.strip_prefix(char) else { return false };
        self.rest = rest;
        true
    }
}

/// One line with every cell quoted.
pub fn line<I: IntoIterator<Item = S>, S: AsRef<str>>(
    cells: I,
    delimiter: char,
    ending: LineEnding,
) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(delimiter);
        }
        line.push('"');
        line.push_str(&cell.as_ref().replace('"', "\"\""));
        line.push('"');
    }
    line + ending.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let sheet = parse(text, delimiter, LineEnding::Any).expect(text);
        let rows = sheet.rows.into_iter().map(|row| row.cells);
        std::iter::once(sheet.header).chain(rows).collect()
    }

    #[test]
    fn cells_are_split_and_never_trimmed() {
        let cases: [(&str, char, &[&[&str]]); 7] = [
            ("A,B\n1,2\n", ',', &[&["A", "B"], &["1", "2"]]),
            ("A,B\r\n1, 2", ',', &[&["A", "B"], &["1", " 2"]]),
            ("A\n\"a\"\"b\r\nc,d\"\n", ',', &[&["A"], &["a\"b\r\nc,d"]]),
            ("A;B\n1,1;\n", ';', &[&["A", "B"], &["1,1", ""]]),
            ("A\n\n\"\"\n", ',', &[&["A"], &[""]]),
            ("\u{feff}A\n1", ',', &[&["\u{feff}A"], &["1"]]),
            ("A,B\n,\n", ',', &[&["A", "B"], &["", ""]]),
        ];
        for (text, delimiter, expected) in cases {
            assert_eq!(cells(text, delimiter), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quote_out_of_place_marks_its_row_only() {
        let sheet = parse("A,B\n\"J\", \"S\"\n\"a\"b,c\n1,2\n", ',', LineEnding::Any).expect("csv");
        let marks: Vec<bool> = sheet.rows.iter().map(|row| row.misquoted).collect();
        assert_eq!(marks, [true, true, false]);
    }

    #[test]
    fn the_line_ending_must_be_the_jobs() {
        let cases = [
            ("A\n1\n", LineEnding::Lf, true),
            ("A\n1\n", LineEnding::CrLf, false),
            ("A\r\n1\r\n", LineEnding::Lf, false),
            ("A\r\n1\r\n", LineEnding::CrLf, true),
            ("A\r\n1", LineEnding::CrLf, true),
            ("A\n\"x\r\ny\"\n", LineEnding::Lf, true),
            ("A\n1\r\n", LineEnding::Any, true),
        ];
        for (text, ending, fine) in cases {
            assert_eq!(parse(text, ',', ending).is_ok(), fine, "{text:?} {ending:?}");
        }
    }

    #[test]
    fn an_open_quote_fails_the_whole() {
        let error = parse("A\n\"x\n", ',', LineEnding::Any).expect_err("open quote");
        assert_eq!(error, "Failed to parse CSV. EOF reached before closing an opened quote");
    }

    #[test]
    fn lines_are_written_with_every_cell_quoted() {
        assert_eq!(
            line(["a\"b", "", "c\nd"], ';', LineEnding::CrLf),
            "\"a\"\"b\";\"\";\"c\nd\"\r\n"
        );
    }
}
