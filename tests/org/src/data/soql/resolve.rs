//! From names in a query to fields of the schema.

use super::ast::At;
use super::error::SoqlError;
use super::plan::{Leaf, Path};
use super::query::Column;
use crate::data::Database;
use crate::data::schema::{Field, Object};

const CUSTOM: &str = "Please reference your WSDL or the describe call for the appropriate names.";
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

/// The object of this name.
///
/// # Errors
/// When there is none.
pub fn object(database: &Database, soql: &str, name: &At<String>) -> Result<usize, SoqlError> {
    let queryable = |at: &usize| database.object_at(*at).is_some_and(|it| !it.prefix.is_empty());
    database.position(&name.it).filter(queryable).ok_or_else(|| {
        let own = "If you are attempting to use a custom object, be sure to append the '__c' after the entity name.";
        let message = format!("sObject type '{}' is not supported. {own} {CUSTOM}", name.it);
        SoqlError::at("INVALID_TYPE", soql, name.at, message)
    })
}

impl<'a> Names<'a> {
    /// What a path means from the object after FROM.
    ///
    /// # Errors
    /// When a relationship or the field does not exist.
    pub fn resolve(&self, path: &At<Vec<String>>) -> Result<Resolved<'a>, SoqlError> {
        let (last, relationships) = self
            .unqualified(&path.it)
            .split_last()
            .ok_or_else(|| self.refuse(path.at, "a field is missing"))?;
        if relationships.len() > DEPTH {
            return Err(self.refuse(path.at, format!("Relationship path exceeds {DEPTH} levels")));
        }
        let mut at = self.root;
        let mut steps = Vec::new();
        let mut column = (Vec::new(), Vec::new());
        for name in relationships {
            let (step, target) = self.follow(at, name, path.at)?;
            let names = self.object(at).and_then(|it| it.fields.get(step)?.relationship.clone());
            column.0.extend(names);
            column.1.extend(self.object(target).map(|it| it.name.clone()));
            steps.push(step);
            at = target;
        }
        self.end(at, last, path.at, steps, column)
    }

    /// A refusal that points to a place.
    pub fn refuse(&self, at: usize, message: impl std::fmt::Display) -> SoqlError {
        SoqlError::at("INVALID_FIELD", self.soql, at, message)
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

    fn follow(&self, at: usize, name: &str, place: usize) -> Result<(usize, usize), SoqlError> {
        let found = self.object(at).and_then(|object| {
            let field = object.relationship(name)?;
            let target = if field.is_polymorphic() { "Name" } else { field.targets.first()? };
            Some((object.position(&field.name)?, self.database.position(target)?))
        });
        found.ok_or_else(|| {
            let own = "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.";
            let message = format!("Didn't understand relationship '{name}' in field path. {own} {CUSTOM}");
            self.refuse(place, message)
        })
    }

    fn end(
        &self,
        at: usize,
        name: &str,
        place: usize,
        steps: Vec<usize>,
        (mut path, objects): (Vec<String>, Vec<String>),
    ) -> Result<Resolved<'a>, SoqlError> {
        let object = self.object(at);
        let found = object.and_then(|it| Some((it, it.position(name)?, it.field(name)?)));
        let Some((object, position, field)) = found else {
            let entity = object.map_or("", |object| &object.name);
            let own = "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.";
            let message = format!("No such column '{name}' on entity '{entity}'. {own} {CUSTOM}");
            return Err(self.refuse(place, message));
        };
        let leaf = match object.prefix.is_empty() {
            true => Leaf::Named(field.name.clone()),
            false => Leaf::At(position),
        };
        path.push(field.name.clone());
        Ok(Resolved {
            path: Path { steps, leaf },
            column: Column { path, objects, kind: field.kind },
            field,
        })
    }
}
