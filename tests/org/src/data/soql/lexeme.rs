//! The words, marks and literals of SOQL. Each parser here takes the space after it too.

use winnow::ascii::{Caseless, digit1, multispace0};
use winnow::combinator::{alt, cut_err, delimited, not, opt, preceded, repeat, terminated};
use winnow::error::{ContextError, ErrMode};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, none_of, one_of, take_while};

use super::ast::{At, Glob, Literal, Quoted};
use super::period;
use crate::data::calendar;

/// The rest of a query.
pub type Text<'a> = LocatingSlice<&'a str>;
/// What a parser answers.
pub type Parsed<T> = Result<T, ErrMode<ContextError>>;

/// Words that cannot be an alias.
const RESERVED: &[&str] = &[
    "AND", "ASC", "DESC", "EXCLUDES", "FIRST", "FROM", "GROUP", "HAVING", "IN", "INCLUDES", "LAST",
    "LIKE", "LIMIT", "NOT", "NULL", "NULLS", "OFFSET", "OR", "ORDER", "SELECT", "USING", "WHERE",
    "WITH", "FOR", "UPDATE", "ALL",
];

fn lexeme<'a, T>(
    parser: impl Parser<Text<'a>, T, ErrMode<ContextError>>,
) -> impl Parser<Text<'a>, T, ErrMode<ContextError>> {
    terminated(parser, multispace0)
}

/// A parser's answer and where it began.
pub fn at<'a, T>(
    mut parser: impl Parser<Text<'a>, T, ErrMode<ContextError>>,
) -> impl FnMut(&mut Text<'a>) -> Parsed<At<T>> {
    move |input| {
        let at = input.current_token_start();
        parser.parse_next(input).map(|it| At { at, it })
    }
}

/// The word itself, in any case of letters, and not the beginning of a longer one.
pub fn keyword<'a>(word: &'static str) -> impl Parser<Text<'a>, (), ErrMode<ContextError>> {
    lexeme(terminated(Caseless(word), not(one_of(is_inner)))).void()
}

/// The mark itself.
pub fn mark<'a>(mark: &'static str) -> impl Parser<Text<'a>, (), ErrMode<ContextError>> {
    lexeme(mark).void()
}

/// The name of an object, a field or a function.
pub fn name(input: &mut Text<'_>) -> Parsed<String> {
    let word = (one_of(|c: char| c.is_ascii_alphabetic()), take_while(0.., is_inner));
    lexeme(word.take()).map(String::from).parse_next(input)
}

/// A name that is no word of SOQL itself.
pub fn unreserved(input: &mut Text<'_>) -> Parsed<String> {
    let free = |word: &String| !RESERVED.iter().any(|own| own.eq_ignore_ascii_case(word));
    name.verify(free).parse_next(input)
}

/// A whole number.
pub fn count(input: &mut Text<'_>) -> Parsed<u64> {
    lexeme(terminated(digit1.parse_to(), not(one_of(is_inner)))).parse_next(input)
}

/// One thing of any kind.
pub fn anything(input: &mut Text<'_>) -> Parsed<()> {
    alt((name.void(), string.void(), lexeme(any).void())).parse_next(input)
}

/// Any literal.
pub fn literal(input: &mut Text<'_>) -> Parsed<Literal> {
    alt((string.map(Literal::Text), date_or_time, number, word)).parse_next(input)
}

fn is_inner(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn string(input: &mut Text<'_>) -> Parsed<Quoted> {
    let characters = repeat(0.., alt((escape, plain)));
    lexeme(delimited('\'', cut_err(characters), cut_err('\'')))
        .map(|parts: Vec<(char, Glob)>| {
            let (text, pattern) = parts.into_iter().unzip();
            Quoted { text, pattern }
        })
        .parse_next(input)
}

fn plain(input: &mut Text<'_>) -> Parsed<(char, Glob)> {
    let meaning = |c| match c {
        '%' => Glob::Any,
        '_' => Glob::One,
        other => Glob::Exactly(other),
    };
    none_of(['\'', '\\']).map(|c| (c, meaning(c))).parse_next(input)
}

fn escape(input: &mut Text<'_>) -> Parsed<(char, Glob)> {
    preceded('\\', alt((code_point, cut_err(any.verify_map(escaped)))))
        .map(|c| (c, Glob::Exactly(c)))
        .parse_next(input)
}

fn code_point(input: &mut Text<'_>) -> Parsed<char> {
    let digits = take_while(4, |c: char| c.is_ascii_hexdigit());
    let code = preceded('u', digits);
    code.verify_map(|hex| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32))
        .parse_next(input)
}

fn escaped(c: char) -> Option<char> {
    Some(match c {
        'n' | 'N' => '\n',
        'r' | 'R' => '\r',
        't' | 'T' => '\t',
        'b' | 'B' => '\u{8}',
        'f' | 'F' => '\u{c}',
        '"' | '\'' | '\\' | '_' | '%' => c,
        _ => return None,
    })
}

/// `2026-11-23`, `2026-11-23T06:11:17.5+01:00`
fn date_or_time(input: &mut Text<'_>) -> Parsed<Literal> {
    let digits = |n: usize| take_while(n, |c: char| c.is_ascii_digit());
    let date = (digits(4), '-', digits(2), '-', digits(2)).take();
    let time = (one_of(['T', 't']), take_while(1.., ('0'..='9', ':', '.', '+', '-', 'Z', 'z')));
    let both = (date, opt(time.take()), not(one_of(is_inner))).verify_map(|(date, time, ())| {
        let Some(time) = time else { return calendar::parse_date(date).map(Literal::Date) };
        calendar::parse_datetime(&format!("{date}{time}")).map(Literal::DateTime)
    });
    lexeme(both).parse_next(input)
}

fn number(input: &mut Text<'_>) -> Parsed<Literal> {
    let sign = opt(one_of(['+', '-']));
    let exponent = (one_of(['e', 'E']), opt(one_of(['+', '-'])), digit1);
    let digits = alt(((digit1, opt(('.', digit1))).void(), ('.', digit1).void()));
    let number = (sign, digits, opt(exponent)).take().parse_to();
    lexeme(terminated(number, not(one_of(is_inner)))).map(Literal::Number).parse_next(input)
}

/// `null`, `TRUE`, `LAST_N_DAYS:7`
fn word(input: &mut Text<'_>) -> Parsed<Literal> {
    (name, opt(preceded(mark(":"), count)))
        .verify_map(|(name, count)| {
            let count = count.map(u32::try_from).transpose().ok()?;
            named(name.to_ascii_uppercase(), count)
        })
        .parse_next(input)
}

fn named(name: String, count: Option<u32>) -> Option<Literal> {
    match (name.as_str(), count) {
        ("NULL", None) => Some(Literal::Null),
        ("TRUE", None) => Some(Literal::Bool(true)),
        ("FALSE", None) => Some(Literal::Bool(false)),
        _ => period::is_known(&name, count).then_some(Literal::Named(name, count)),
    }
}
