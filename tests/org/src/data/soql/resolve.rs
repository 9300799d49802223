//! From names in a query to fields of the schema.

use super::ast::{At, Expression};
use super::error::SoqlError;
use super::plan::{Leaf, Path};
use super::query::Column;
use crate::data::Database;
use crate::data::schema::{Field, FieldType, Object};

/// What a message about a missing name advises.
fn advice(what: &str, suffix: &str, name: &str) -> String {
    format!(
        "If you are attempting to use a custom {what}, be sure to append the '{suffix}' after the \
         {name} name. Please reference your WSDL or the describe call for the appropriate names."
    )
}

/// How many relationships a path may follow.
const DEPTH: usize = 5;

/// What the names of one statement mean.
pub struct Names<'a> {
    pub database: &'a Database,
    pub soql: &'a str,
    /// The object after FROM.
    pub root: usize,
    pub alias: Option<&'a str>,
}

/// What a path of names means.
pub struct Resolved<'a> {
    pub path: Path,
    pub column: Column,
    pub field: &'a Field,
}

/// How far a path has been followed.
struct Way {
    object: usize,
    steps: Vec<usize>,
    /// The names of the relationships, and of the objects that they lead to.
    column: (Vec<String>, Vec<String>),
}

/// The object of this name.
///
/// # Errors
/// When there is none.
pub fn object(database: &Database, soql: &str, name: &At<String>) -> Result<usize, SoqlError> {
    let queryable = |at: &usize| database.object_at(*at).is_some_and(|it| !it.prefix.is_empty());
    database.position(&name.it).filter(queryable).ok_or_else(|| {
        let advice = advice("object", "__c", "entity");
        let message = format!("sObject type '{}' is not supported. {advice}", name.it);
        SoqlError::at("INVALID_TYPE", soql, name.at, message)
    })
}

impl<'a> Names<'a> {
    /// What an expression means that must be a field.
    ///
    /// # Errors
    /// When it is something else, or a name in it does not exist.
    pub fn field(&self, expression: &At<Expression>) -> Result<Resolved<'a>, SoqlError> {
        match &expression.it {
            Expression::Path(path) => self.resolve(&At { at: expression.at, it: path.clone() }),
            Expression::Call(..) => Err(SoqlError::syntax(self.soql, expression.at)),
        }
    }

    /// What a path means from the object after FROM.
    ///
    /// # Errors
    /// When a relationship or the field does not exist.
    pub fn resolve(&self, path: &At<Vec<String>>) -> Result<Resolved<'a>, SoqlError> {
        let (last, relationships) = match self.unqualified(&path.it) {
            [relationships @ .., last] if relationships.len() <= DEPTH => (last, relationships),
            _ => return Err(self.refuse(path.at, format!("A path has at most {DEPTH} levels"))),
        };
        let mut way =
            Way { object: self.root, steps: Vec::new(), column: (Vec::new(), Vec::new()) };
        for name in relationships {
            self.follow(&mut way, name, path.at)?;
        }
        self.end(way, last, path.at)
    }

    /// A refusal that points to a place.
    pub fn refuse(&self, at: usize, message: impl std::fmt::Display) -> SoqlError {
        SoqlError::at("INVALID_FIELD", self.soql, at, message)
    }

    /// A complaint about the query that points to a place.
    pub fn malformed(&self, at: usize, message: impl std::fmt::Display) -> SoqlError {
        SoqlError::at("MALFORMED_QUERY", self.soql, at, message)
    }

    pub fn object(&self, at: usize) -> Option<&'a Object> {
        self.database.object_at(at)
    }

    /// The path without the alias or the name of the object itself before it.
    fn unqualified<'p>(&self, path: &'p [String]) -> &'p [String] {
        let own = |first: &String| {
            let named = self.object(self.root).map(|object| object.name.as_str());
            [self.alias, named].iter().flatten().any(|name| name.eq_ignore_ascii_case(first))
        };
        match path {
            [first, rest @ ..] if !rest.is_empty() && own(first) => rest,
            whole => whole,
        }
    }

    fn follow(&self, way: &mut Way, name: &str, place: usize) -> Result<(), SoqlError> {
        let found = self.object(way.object).and_then(|object| {
            let field = object.relationship(name)?;
            let target = if field.is_polymorphic() { "Name" } else { field.targets.first()? };
            Some((object.position(&field.name)?, field, self.database.position(target)?))
        });
        let Some((step, field, target)) = found else {
            let advice = advice("relationship", "__r", "custom relationship");
            let message =
                format!("Didn't understand relationship '{name}' in field path. {advice}");
            return Err(self.refuse(place, message));
        };
        way.steps.push(step);
        way.object = target;
        way.column.0.extend(field.relationship.clone());
        way.column.1.extend(self.object(target).map(|it| it.name.clone()));
        Ok(())
    }

    fn end(&self, way: Way, name: &str, place: usize) -> Result<Resolved<'a>, SoqlError> {
        let object = self.object(way.object);
        let found = object.and_then(|it| Some((it, it.position(name)?, it.field(name)?)));
        let Some((object, position, field)) = found else {
            let entity = object.map_or("", |object| &object.name);
            let advice = advice("field", "__c", "custom field");
            let message = format!("No such column '{name}' on entity '{entity}'. {advice}");
            return Err(self.refuse(place, message));
        };
        let leaf = match field.kind {
            _ if object.prefix.is_empty() => Leaf::Named(field.name.clone()),
            FieldType::Compound => Leaf::Compound(parts(object, &field.name)),
            _ => Leaf::At(position),
        };
        let (mut path, objects) = way.column;
        path.push(field.name.clone());
        let column = Column { path, objects, kind: field.kind };
        Ok(Resolved { path: Path { steps: way.steps, leaf }, column, field })
    }
}

/// The parts of a compound field, by their names within it: `BillingStreet` is its `street`.
fn parts(object: &Object, compound: &str) -> Vec<(String, usize)> {
    let prefix = compound.trim_end_matches("Address");
    let part = |(at, field): (usize, &Field)| {
        let own = field.compound.as_deref() == Some(compound);
        let name = field.name.strip_prefix(prefix).filter(|_| own)?;
        let first = name.get(..1)?.to_lowercase();
        Some((format!("{first}{}", name.get(1..)?), at))
    };
    object.fields.iter().enumerate().filter_map(part).collect()
}
