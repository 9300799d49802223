//! A query as it was written.

/// Something and where it stands in the query's text (in bytes).
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    pub at: usize,
    pub it: T,
}

/// A whole query, or one in parentheses inside another.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub select: Vec<Selected>,
    pub from: At<String>,
    pub alias: Option<String>,
    pub scope: Option<At<String>>,
    pub filter: Option<Condition>,
    pub group: Option<At<Group>>,
    pub order: Vec<Sort>,
    pub limit: Option<u64>,
    pub offset: Option<At<u64>>,
    pub all_rows: Option<usize>,
}

/// One item of a SELECT, where it stands, and the name that is given to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    pub at: usize,
    pub it: Item,
    pub alias: Option<At<String>>,
}

/// What can be selected.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Value(Expression),
    /// `(SELECT … FROM Contacts)`
    Children(Box<Statement>),
    /// `TYPEOF … END`
    TypeOf,
}

/// A field, or something made of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// `Account.Name`
    Path(Vec<String>),
    /// `COUNT(Id)`, `FIELDS(ALL)`: the name and the paths in the parentheses.
    Call(String, Vec<Vec<String>>),
}

/// A GROUP BY and its HAVING.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub keys: Vec<At<Expression>>,
    pub having: Option<Condition>,
}

/// A condition of a WHERE or a HAVING.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Test(Test),
}

/// A field compared with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub subject: At<Expression>,
    pub operator: Operator,
    pub operand: At<Operand>,
}

/// How to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
    In,
    NotIn,
    Includes,
    Excludes,
}

/// What to compare with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    One(Literal),
    List(Vec<At<Literal>>),
    /// `IN (SELECT …)`
    Query(Box<Statement>),
}

/// A literal of a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Text(Quoted),
    Bool(bool),
    Number(f64),
    /// Days since 1970-01-01.
    Date(i64),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    DateTime(i64),
    /// `TODAY`, `LAST_N_DAYS:7`
    Named(String, Option<u32>),
}

/// Text in quotes, with its escapes resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    pub text: String,
    /// What the text means to LIKE.
    pub pattern: Vec<Glob>,
}

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glob {
    /// `%`
    Any,
    /// `_`
    One,
    /// The character itself.
    Exactly(char),
}

/// One key of an ORDER BY.
#[derive(Clone, Debug, PartialEq)]
pub struct Sort {
    pub by: At<Expression>,
    pub descending: bool,
    pub nulls_last: bool,
}

impl Condition {
    /// Whether it looks at a field with this in its name.
    pub fn names(&self, part: &str) -> bool {
        match self {
            Condition::And(parts) | Condition::Or(parts) => parts.iter().any(|it| it.names(part)),
            Condition::Not(it) => it.names(part),
            Condition::Test(test) => {
                let Expression::Path(path) = &test.subject.it else { return false };
                path.last().is_some_and(|name| name.to_lowercase().contains(part))
            }
        }
    }
}
