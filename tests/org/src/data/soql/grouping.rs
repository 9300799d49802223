//! GROUP BY and aggregate functions, checked against the schema.

use super::ast::{At, Expression, Item, Selected, Statement};
use super::error::SoqlError;
use super::filter::node_of;
use super::plan::{Key, Leaf, Node, Path};
use super::resolve::Names;
use crate::data::schema::{Field, FieldType};

/// How rows are put into groups, and what is told of each.
///
/// The values of a group are those of its keys and then those of the aggregates.
#[derive(Clone, Debug)]
pub struct Grouping {
    pub keys: Vec<Path>,
    pub aggregates: Vec<Aggregate>,
    pub columns: Vec<GroupColumn>,
    /// What a group must meet, by the places of its values.
    pub having: Option<Node>,
    pub order: Vec<Key>,
    pub limit: Option<u64>,
    pub offset: u64,
    /// It is `COUNT()`.
    pub only_counts: bool,
}

/// What is told of a group.
#[derive(Clone, Debug)]
pub struct GroupColumn {
    /// Its name: `expr0` and so on, if the query gives none.
    pub name: String,
    /// Whether it is an aggregate, not a key.
    pub aggregate: bool,
    /// The type of its values.
    pub kind: FieldType,
    /// Which of the group's values it is.
    pub(super) place: usize,
}

/// A function of the values of all rows of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    pub function: Function,
    pub path: Path,
    pub kind: FieldType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Count,
    CountDistinct,
    Sum,
    Average,
    Least,
    Greatest,
}

impl Function {
    fn parse(name: &str) -> Option<Function> {
        Some(match name.to_ascii_uppercase().as_str() {
            "COUNT" => Function::Count,
            "COUNT_DISTINCT" => Function::CountDistinct,
            "SUM" => Function::Sum,
            "AVG" => Function::Average,
            "MIN" => Function::Least,
            "MAX" => Function::Greatest,
            _ => return None,
        })
    }

    fn takes(self, field: &Field) -> bool {
        use FieldType::{Boolean, Compound, MultiPicklist};
        let plain = field.filterable && !matches!(field.kind, Boolean | Compound | MultiPicklist);
        match self {
            Function::Sum | Function::Average => field.kind.is_number(),
            _ => plain,
        }
    }

    fn kind(self, of: FieldType) -> FieldType {
        match self {
            Function::Count | Function::CountDistinct => FieldType::Int,
            Function::Average => FieldType::Double,
            Function::Sum | Function::Least | Function::Greatest => of,
        }
    }
}

/// Whether a statement answers groups.
pub fn is_grouped(statement: &Statement) -> bool {
    let aggregate = |item: &Selected| matches!(&item.it, Item::Value(Expression::Call(name, _)) if Function::parse(name).is_some());
    statement.group.is_some() || statement.select.iter().any(aggregate)
}

/// Checks the groups of a statement.
///
/// # Errors
/// When a field cannot be grouped or aggregated, or is neither.
pub fn of(names: &Names<'_>, statement: &Statement) -> Result<Grouping, SoqlError> {
    let mut groups = Groups { names, keys: Vec::new(), aggregates: Vec::new() };
    for key in statement.group.iter().flat_map(|group| &group.it.keys) {
        groups.add_key(key)?;
    }
    let only_counts = only_counts(names, statement)?;
    let columns = if only_counts { Vec::new() } else { groups.columns(&statement.select)? };
    let having = statement.group.as_ref().and_then(|group| group.it.having.as_ref());
    let having = having
        .map(|condition| node_of(names, condition, &mut |subject| groups.subject(subject)))
        .transpose()?;
    let order = statement.order.iter().map(|sort| {
        let (path, _) = groups.subject(&sort.by)?;
        Ok(Key { path, descending: sort.descending, nulls_last: sort.nulls_last })
    });
    Ok(Grouping {
        order: order.collect::<Result<_, _>>()?,
        keys: groups.keys.into_iter().map(|(path, _)| path).collect(),
        aggregates: groups.aggregates,
        columns,
        having,
        limit: statement.limit,
        offset: statement.offset.as_ref().map_or(0, |offset| offset.it),
        only_counts,
    })
}

/// Whether it is `SELECT COUNT()`, which stands alone.
fn only_counts(names: &Names<'_>, statement: &Statement) -> Result<bool, SoqlError> {
    let bare = |item: &&Selected| {
        matches!(&item.it, Item::Value(Expression::Call(name, arguments))
            if name.eq_ignore_ascii_case("COUNT") && arguments.is_empty())
    };
    match statement.select.iter().find(bare) {
        None => Ok(false),
        Some(_) if statement.select.len() == 1 && statement.group.is_none() => Ok(true),
        Some(item) => Err(SoqlError::syntax(names.soql, item.at)),
    }
}

/// What is known of the groups while a statement is checked.
struct Groups<'a, 'n> {
    names: &'a Names<'n>,
    keys: Vec<(Path, Field)>,
    aggregates: Vec<Aggregate>,
}

impl Groups<'_, '_> {
    fn add_key(&mut self, key: &At<Expression>) -> Result<(), SoqlError> {
        let found = self.names.field(key)?;
        if !found.field.is_groupable() {
            let message =
                format!("field '{}' can not be grouped in a query call", found.field.name);
            return Err(self.names.malformed(key.at, message));
        }
        self.keys.push((found.path, found.field.clone()));
        Ok(())
    }

    fn columns(&mut self, select: &[Selected]) -> Result<Vec<GroupColumn>, SoqlError> {
        let mut columns: Vec<GroupColumn> = Vec::new();
        let mut unnamed = 0;
        for item in select {
            let Item::Value(expression) = &item.it else {
                return Err(SoqlError::syntax(self.names.soql, item.at));
            };
            let (place, field) = self.place(&At { at: item.at, it: expression.clone() })?;
            let aggregate = matches!(expression, Expression::Call(..));
            let name = match &item.alias {
                Some(alias) => alias.it.clone(),
                None if aggregate => {
                    unnamed += 1;
                    format!("expr{}", unnamed - 1)
                }
                None => field.name.clone(),
            };
            if columns.iter().any(|column| column.name.eq_ignore_ascii_case(&name)) {
                return Err(self.names.malformed(item.at, format!("duplicate alias: {name}")));
            }
            columns.push(GroupColumn { name, aggregate, kind: field.kind, place });
        }
        Ok(columns)
    }

    /// An expression as the path to one of a group's values.
    fn subject(&mut self, expression: &At<Expression>) -> Result<(Path, Field), SoqlError> {
        let (place, field) = self.place(expression)?;
        Ok((Path { steps: Vec::new(), leaf: Leaf::At(place) }, field))
    }

    /// Which of a group's values an expression is, and a field like it.
    fn place(&mut self, expression: &At<Expression>) -> Result<(usize, Field), SoqlError> {
        let aggregate = match &expression.it {
            Expression::Path(_) => return self.key(expression),
            Expression::Call(name, arguments) => {
                self.aggregate(expression.at, name, arguments.as_slice())?
            }
        };
        let like = Field::made(aggregate.kind);
        let known = self.aggregates.iter().position(|own| *own == aggregate);
        let place = known.unwrap_or_else(|| {
            self.aggregates.push(aggregate);
            self.aggregates.len() - 1
        });
        Ok((self.keys.len() + place, like))
    }

    fn key(&self, expression: &At<Expression>) -> Result<(usize, Field), SoqlError> {
        let found = self.names.field(expression)?;
        let place = self.keys.iter().position(|(path, _)| *path == found.path);
        let place = place.ok_or_else(|| {
            let message = format!("Field must be grouped or aggregated: {}", found.field.name);
            self.names.malformed(expression.at, message)
        })?;
        Ok((place, found.field.clone()))
    }

    fn aggregate(
        &self,
        at: usize,
        name: &str,
        arguments: &[Vec<String>],
    ) -> Result<Aggregate, SoqlError> {
        let (Some(function), [path]) = (Function::parse(name), arguments) else {
            return Err(SoqlError::syntax(self.names.soql, at));
        };
        let found = self.names.resolve(&At { at, it: path.clone() })?;
        if !function.takes(found.field) {
            let (field, name) = (&found.field.name, name.to_ascii_uppercase());
            let message = format!("field {field} does not support aggregate operator {name}");
            return Err(self.names.malformed(at, message));
        }
        Ok(Aggregate { function, path: found.path, kind: function.kind(found.field.kind) })
    }
}
