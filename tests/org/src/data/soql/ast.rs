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
    pub select: Vec<At<Item>>,
    pub from: At<String>,
    pub alias: Option<String>,
    pub scope: Option<At<String>>,
    pub filter: Option<Condition>,
    /// GROUP BY and all after it, which no Bulk API runs.
    pub group: Option<usize>,
    pub order: Vec<Sort>,
    pub limit: Option<u64>,
    pub offset: Option<usize>,
    pub all_rows: Option<usize>,
}

/// One item of a SELECT.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// `Account.Name`
    Path(Vec<String>),
    /// `COUNT(Id)`, `FIELDS(ALL)`: the name and what stands in the parentheses.
    Call(String, Vec<String>),
    /// `(SELECT … FROM Contacts)`
    Children(Box<Statement>),
    /// `TYPEOF … END`
    TypeOf,
}

/// A condition of a WHERE.
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
    pub path: At<Vec<String>>,
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
    pub path: At<Vec<String>>,
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
                test.path.it.last().is_some_and(|name| name.to_lowercase().contains(part))
            }
        }
    }
}
