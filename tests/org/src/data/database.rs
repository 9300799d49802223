//! The database of an org.

use std::collections::HashMap;
use std::sync::Arc;

use super::ids::RecordId;
use super::schema::{Field, FieldType, Object, standard_objects, system};
use super::seed;
use super::table::{Cell, Table};
use super::value::Value;

/// The objects and rows of an org.
///
/// A clone costs little and is a snapshot: rows that are loaded later do not show in it.
#[derive(Clone, Debug)]
pub struct Database {
    objects: Arc<Vec<Object>>,
    tables: Vec<Arc<Table>>,
    locks: HashMap<RecordId, Option<u32>>,
    now: i64,
}

impl Database {
    /// The standard schema and no rows, but for the user who loads them.
    pub fn new() -> Database {
        Database::with_objects(standard_objects())
    }

    /// A schema of one's own. Where it has a `User`, one made-up user loads the rows.
    pub fn with_objects(objects: Vec<Object>) -> Database {
        let tables = objects.iter().map(|_| Arc::default()).collect();
        let objects = Arc::new(objects);
        let mut database = Database { objects, tables, locks: HashMap::new(), now: 0 };
        database.seed("User", 1);
        database
    }

    /// Sets the clock (milliseconds since 1970) that dates rows and that date literals count from.
    pub fn set_now(&mut self, millis: i64) {
        self.now = millis;
    }

    /// The clock.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Adds that many rows made up from their numbers, and answers whether the object exists.
    ///
    /// References of made-up rows point to made-up rows, so seed what is pointed to first.
    pub fn seed(&mut self, object: &str, rows: u64) -> bool {
        let Some(at) = self.position(object) else { return false };
        if let Some(table) = self.table_mut(at) {
            table.seed(rows);
        }
        true
    }

    /// Gives a row values, whatever the rules say; fields that are not there are left out.
    pub fn set_values(&mut self, id: RecordId, values: &[(&str, Value)]) {
        let objects = self.shared_objects();
        let Some((at, ordinal)) = self.find(id) else { return };
        let (Some(object), Some(table)) = (objects.get(at), self.table_mut(at)) else { return };
        for (name, value) in values {
            let Some(position) = object.position(name) else { continue };
            let lookup = object.fields.get(position).is_some_and(|it| it.is_key() || it.unique);
            table.set(ordinal, position, value.clone(), lookup);
        }
    }

    /// The object of this name, in any case of letters.
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.objects.iter().find(|object| object.name.eq_ignore_ascii_case(name))
    }

    /// All objects.
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// The id of the user who loads rows.
    pub fn user(&self) -> RecordId {
        RecordId::new("005", 0)
    }

    /// Chosen fields of every row outside the recycle bin, in the order of their ids; `None` where
    /// the object or a field is not there.
    pub fn rows<'a>(
        &'a self,
        object: &str,
        fields: &[&str],
    ) -> Option<impl Iterator<Item = Vec<Value>> + use<'a>> {
        let at = self.position(object)?;
        let (object, table) = self.objects.get(at).zip(self.table(at))?;
        let fields: Vec<usize> =
            fields.iter().map(|name| object.position(name)).collect::<Option<_>>()?;
        let ordinals = table.runs(0..table.end(), false).into_iter().flatten();
        Some(ordinals.map(move |row| fields.iter().map(|f| self.value(at, row, *f)).collect()))
    }

    /// The first and the last id of the object's rows, deleted ones too.
    pub fn pk_range(&self, object: &str) -> Option<(RecordId, RecordId)> {
        let at = self.position(object)?;
        let last = self.table(at)?.end().checked_sub(1)?;
        let id = |ordinal| RecordId::new(&self.objects[at].prefix, ordinal);
        Some((id(0), id(last)))
    }

    /// Locks a row: the next so many writes to it fail (all, when no number is given).
    pub fn lock(&mut self, id: RecordId, times: Option<u32>) {
        self.locks.insert(id, times);
    }

    /// Takes a lock away.
    pub fn unlock(&mut self, id: RecordId) {
        self.locks.remove(&id);
    }

    /// Whether a write to the row finds it locked. Each question counts as a write.
    pub(super) fn meets_lock(&mut self, id: RecordId) -> bool {
        let Some(times) = self.locks.get_mut(&id) else { return false };
        let Some(left) = times else { return true };
        let locked = *left > 0;
        *left = left.saturating_sub(1);
        if *left == 0 {
            self.locks.remove(&id);
        }
        locked
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.objects.iter().position(|object| object.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn object_at(&self, at: usize) -> Option<&Object> {
        self.objects.get(at)
    }

    pub(super) fn shared_objects(&self) -> Arc<Vec<Object>> {
        Arc::clone(&self.objects)
    }

    pub(super) fn table(&self, at: usize) -> Option<&Table> {
        self.tables.get(at).map(Arc::as_ref)
    }

    pub(super) fn table_mut(&mut self, at: usize) -> Option<&mut Table> {
        self.tables.get_mut(at).map(Arc::make_mut)
    }

    /// The object and the ordinal that an id stands for, if the row exists.
    pub(super) fn find(&self, id: RecordId) -> Option<(usize, u64)> {
        let at = self.objects.iter().position(|object| object.prefix == id.prefix())?;
        let ordinal = id.ordinal();
        (id.is_local() && self.table(at)?.exists(ordinal)).then_some((at, ordinal))
    }

    /// The value of one field of one row.
    pub(super) fn value(&self, at: usize, ordinal: u64, position: usize) -> Value {
        let Some((object, table)) = self.objects.get(at).zip(self.table(at)) else {
            return Value::Null;
        };
        match position {
            system::ID => return Value::Id(RecordId::new(&object.prefix, ordinal)),
            system::IS_DELETED => return Value::Bool(table.is_deleted(ordinal)),
            _ => (),
        }
        match (table.cell(ordinal, position), object.fields.get(position)) {
            (Cell::Held(value), _) => value.clone(),
            (Cell::Seeded, Some(field)) => self.seeded(object, position, field, ordinal),
            _ => Value::Null,
        }
    }

    /// The rows outside the recycle bin that hold this text in this field.
    pub(super) fn holders(&self, at: usize, position: usize, text: &str) -> Vec<u64> {
        let Some(table) = self.table(at) else { return Vec::new() };
        let lower = text.to_lowercase();
        let holds = |ordinal: u64| {
            table.exists(ordinal)
                && !table.is_deleted(ordinal)
                && self.value(at, ordinal, position).csv_text().to_lowercase() == lower
        };
        let known = table.held(position, text).iter().copied().chain(seed::holders(text));
        let mut rows: Vec<u64> = known.filter(|ordinal| holds(*ordinal)).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn seeded(&self, object: &Object, position: usize, field: &Field, ordinal: u64) -> Value {
        if field.kind != FieldType::Reference {
            return seed::value(object, position, field, ordinal);
        }
        let target = seed::reference(object, field, ordinal).and_then(|number| {
            let target = self.target(field, number)?;
            let table = self.table(target)?;
            let row = table.nth_seeded(number.checked_rem(table.seeded_rows())?)?;
            let itself = self.objects[target].name == object.name && row >= ordinal;
            (!itself || field.targets == ["User"])
                .then(|| RecordId::new(&self.objects[target].prefix, row))
        });
        target.map_or(Value::Null, Value::Id)
    }

    /// Which of the field's targets a made-up reference points to.
    fn target(&self, field: &Field, number: u64) -> Option<usize> {
        let which = (number >> 32).checked_rem(field.targets.len() as u64)?;
        self.position(field.targets.get(usize::try_from(which).ok()?)?)
    }
}

impl Default for Database {
    fn default() -> Database {
        Database::new()
    }
}
