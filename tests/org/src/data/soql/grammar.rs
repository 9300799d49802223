//! The grammar of SOQL.
//!
//! Once a clause has begun, what follows must belong to it: the place where it does not is where
//! the message points.

use winnow::ascii::multispace0;
use winnow::combinator::{
    alt, cut_err, delimited, opt, peek, preceded, repeat, repeat_till, separated, terminated,
};
use winnow::error::{ContextError, ErrMode};
use winnow::prelude::*;
use winnow::stream::LocatingSlice;

use super::ast::{
    At, Condition, Expression, Group, Item, Operand, Operator, Selected, Sort, Statement, Test,
};
use super::lexeme::{Parsed, Text, anything, at, count, keyword, literal, mark, name, unreserved};

/// Parses a query.
///
/// # Errors
/// The place (in bytes) of the first thing that does not belong.
pub fn parse(soql: &str) -> Result<Statement, usize> {
    let mut whole = preceded(multispace0, statement);
    whole.parse(LocatingSlice::new(soql)).map_err(|error| error.offset())
}

/// How many parentheses are open at once, at most; those in quotes count too.
pub fn depth(soql: &str) -> usize {
    let count = |(open, most): (usize, usize), c| match c {
        '(' => (open + 1, most.max(open + 1)),
        ')' => (open.saturating_sub(1), most),
        _ => (open, most),
    };
    soql.chars().fold((0, 0), count).1
}

fn statement(input: &mut Text<'_>) -> Parsed<Statement> {
    let items = cut_err(several(selected));
    let select = preceded(keyword("SELECT"), items).parse_next(input)?;
    let from = preceded(cut_err(keyword("FROM")), cut_err(at(name))).parse_next(input)?;
    Ok(Statement {
        select,
        from,
        alias: opt(preceded(opt(keyword("AS")), unreserved)).parse_next(input)?,
        scope: opt(scope).parse_next(input)?,
        filter: opt(filter).parse_next(input)?,
        group: opt(at(group)).parse_next(input)?,
        order: opt(order).parse_next(input)?.unwrap_or_default(),
        limit: opt(limit).parse_next(input)?,
        offset: opt(at(offset)).parse_next(input)?,
        all_rows: opt(at(all_rows)).parse_next(input)?.map(|all_rows| all_rows.at),
    })
}

/// One or more things with commas between them. After a comma another one must follow.
fn several<'a, T>(
    mut one: impl Parser<Text<'a>, T, ErrMode<ContextError>>,
) -> impl FnMut(&mut Text<'a>) -> Parsed<Vec<T>> {
    move |input| {
        let mut things = vec![one.parse_next(input)?];
        while opt(mark(",")).parse_next(input)?.is_some() {
            things.push(cut_err(one.by_ref()).parse_next(input)?);
        }
        Ok(things)
    }
}

fn selected(input: &mut Text<'_>) -> Parsed<Selected> {
    let At { at: place, it } = at(item).parse_next(input)?;
    // What is no alias is a word out of place, which the message shall point to.
    let ends = peek(alt((mark(","), keyword("FROM"))));
    let alias = opt(terminated(at(unreserved), ends)).parse_next(input)?;
    Ok(Selected { at: place, it, alias })
}

fn item(input: &mut Text<'_>) -> Parsed<Item> {
    let children = delimited(mark("("), statement, cut_err(mark(")")));
    let type_of = (keyword("TYPEOF"), path, type_of_rest).map(|_| Item::TypeOf);
    let children = children.map(|it| Item::Children(Box::new(it)));
    alt((children, type_of, expression.map(Item::Value))).parse_next(input)
}

/// Everything up to the END of a TYPEOF.
fn type_of_rest(input: &mut Text<'_>) -> Parsed<()> {
    let rest = repeat_till::<_, _, (), _, _, _, _>(1.., anything, keyword("END"));
    preceded(keyword("WHEN"), rest).void().parse_next(input)
}

fn expression(input: &mut Text<'_>) -> Parsed<Expression> {
    alt((call, path.map(Expression::Path))).parse_next(input)
}

/// A function of fields.
fn call(input: &mut Text<'_>) -> Parsed<Expression> {
    let argument = separated::<_, _, Vec<String>, _, _, _, _>(1.., name, mark("."));
    let arguments = separated::<_, _, Vec<Vec<String>>, _, _, _, _>(0.., argument, mark(","));
    (name, delimited(mark("("), cut_err(arguments), cut_err(mark(")"))))
        .map(|(name, arguments)| Expression::Call(name, arguments))
        .parse_next(input)
}

fn path(input: &mut Text<'_>) -> Parsed<Vec<String>> {
    (unreserved, repeat(0.., preceded(mark("."), cut_err(name))))
        .map(|(first, rest): (String, Vec<String>)| [vec![first], rest].concat())
        .parse_next(input)
}

fn scope(input: &mut Text<'_>) -> Parsed<At<String>> {
    preceded((keyword("USING"), cut_err(keyword("SCOPE"))), cut_err(at(name))).parse_next(input)
}

fn filter(input: &mut Text<'_>) -> Parsed<Condition> {
    let subject = |input: &mut Text<'_>| path.map(Expression::Path).parse_next(input);
    let condition = |input: &mut Text<'_>| condition(subject, input);
    preceded(keyword("WHERE"), cut_err(condition)).parse_next(input)
}

/// What a condition asks about.
type Subject = fn(&mut Text<'_>) -> Parsed<Expression>;

/// Terms with AND between them or OR between them; a mix needs parentheses.
fn condition(subject: Subject, input: &mut Text<'_>) -> Parsed<Condition> {
    let mut term = |input: &mut Text<'_>| term(subject, input);
    let first = term.by_ref().parse_next(input)?;
    let more = |word| repeat(1.., preceded(keyword(word), cut_err(term)));
    let joined = |rest: Vec<Condition>| [vec![first.clone()], rest].concat();
    let all = more("AND").map(|rest| Condition::And(joined(rest)));
    let some = more("OR").map(|rest| Condition::Or(joined(rest)));
    opt(alt((all, some))).map(|joined| joined.unwrap_or(first.clone())).parse_next(input)
}

/// A test or a group. Any number of NOT before it counts as none or one.
fn term(subject: Subject, input: &mut Text<'_>) -> Parsed<Condition> {
    let negations: usize = repeat(0.., keyword("NOT")).parse_next(input)?;
    let inside = |input: &mut Text<'_>| condition(subject, input);
    let test = |input: &mut Text<'_>| test(subject, input);
    let group = delimited(mark("("), cut_err(inside), cut_err(mark(")")));
    let mut term = alt((group, test.map(Condition::Test)));
    let term = match negations {
        0 => term.parse_next(input),
        _ => cut_err(term).parse_next(input),
    };
    term.map(|it| if negations % 2 == 1 { Condition::Not(Box::new(it)) } else { it })
}

fn test(subject: Subject, input: &mut Text<'_>) -> Parsed<Test> {
    let subject = at(subject).parse_next(input)?;
    let operator = cut_err(operator).parse_next(input)?;
    let operand = match operator {
        Operator::In | Operator::NotIn | Operator::Includes | Operator::Excludes => {
            cut_err(at(list)).parse_next(input)?
        }
        _ => cut_err(at(literal.map(Operand::One))).parse_next(input)?,
    };
    Ok(Test { subject, operator, operand })
}

fn operator(input: &mut Text<'_>) -> Parsed<Operator> {
    let signs = alt((
        mark("<>").value(Operator::NotEqual),
        mark("!=").value(Operator::NotEqual),
        mark("<=").value(Operator::LessOrEqual),
        mark(">=").value(Operator::GreaterOrEqual),
        mark("=").value(Operator::Equal),
        mark("<").value(Operator::Less),
        mark(">").value(Operator::Greater),
    ));
    let words = alt((
        keyword("LIKE").value(Operator::Like),
        keyword("IN").value(Operator::In),
        (keyword("NOT"), cut_err(keyword("IN"))).value(Operator::NotIn),
        keyword("INCLUDES").value(Operator::Includes),
        keyword("EXCLUDES").value(Operator::Excludes),
    ));
    alt((signs, words)).parse_next(input)
}

fn list(input: &mut Text<'_>) -> Parsed<Operand> {
    let literals = several(at(literal)).map(Operand::List);
    let inside = alt((statement.map(|it| Operand::Query(Box::new(it))), literals));
    delimited(mark("("), cut_err(inside), cut_err(mark(")"))).parse_next(input)
}

fn group(input: &mut Text<'_>) -> Parsed<Group> {
    let by = (keyword("GROUP"), cut_err(keyword("BY")));
    let keys = preceded(by, cut_err(several(at(expression)))).parse_next(input)?;
    let condition = |input: &mut Text<'_>| condition(expression, input);
    let having = preceded(keyword("HAVING"), cut_err(condition));
    Ok(Group { keys, having: opt(having).parse_next(input)? })
}

fn order(input: &mut Text<'_>) -> Parsed<Vec<Sort>> {
    let by = (keyword("ORDER"), cut_err(keyword("BY")));
    preceded(by, cut_err(several(sort))).parse_next(input)
}

fn sort(input: &mut Text<'_>) -> Parsed<Sort> {
    let direction = alt((keyword("ASC").value(false), keyword("DESC").value(true)));
    let place = alt((keyword("FIRST").value(false), keyword("LAST").value(true)));
    let nulls = preceded(keyword("NULLS"), cut_err(place));
    (at(expression), opt(direction), opt(nulls))
        .map(|(by, descending, nulls_last): (At<Expression>, _, _)| Sort {
            by,
            descending: descending.unwrap_or(false),
            nulls_last: nulls_last.unwrap_or(false),
        })
        .parse_next(input)
}

fn limit(input: &mut Text<'_>) -> Parsed<u64> {
    preceded(keyword("LIMIT"), cut_err(count)).parse_next(input)
}

fn offset(input: &mut Text<'_>) -> Parsed<u64> {
    preceded(keyword("OFFSET"), cut_err(count)).parse_next(input)
}

fn all_rows(input: &mut Text<'_>) -> Parsed<()> {
    (keyword("ALL"), cut_err(keyword("ROWS"))).void().parse_next(input)
}
